"""排队号: one ticket serves one purpose from one network, once, for a quarter of an hour."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang.accounts import tickets
from mashang.accounts.devices import Origin, new_device
from mashang.accounts.tickets import ComeAgain, Ticket
from tests.tickets import worked

pytestmark = pytest.mark.django_db
WHO = Origin(new_device(), "10.0.0.1")


@pytest.fixture
def ticket() -> Ticket:
    return tickets.issue("code", "a phone", WHO)


@pytest.fixture
def brought(ticket: Ticket) -> Origin:
    return replace(WHO, ticket=ticket.text, work=worked(ticket))


def test_with_its_work_it_is_good_at_once_and_once_only(brought: Origin) -> None:
    tickets.require("code", "a phone", brought)

    with pytest.raises(ComeAgain) as refusal:
        tickets.require("code", "a phone", brought)
    assert refusal.value.ticket.text != brought.ticket


def test_another_device_of_that_network_may_bring_it(brought: Origin) -> None:
    tickets.require("code", "a phone", replace(brought, device=new_device()))


@pytest.mark.parametrize(
    ("what", "account", "network"),
    [
        ("password", "a phone", "10.0.0.1"),
        ("code", "another phone", "10.0.0.1"),
        ("code", "a phone", "10.0.0.2"),
    ],
)
def test_it_serves_nothing_else(brought: Origin, what: str, account: str, network: str) -> None:
    with pytest.raises(ComeAgain):
        tickets.require(what, account, replace(brought, network=network))


def test_it_ends_after_a_quarter_of_an_hour(brought: Origin) -> None:
    with (
        time_machine.travel(timezone.now() + timedelta(seconds=tickets.LASTS + 2)),
        pytest.raises(ComeAgain),
    ):
        tickets.require("code", "a phone", brought)


def test_without_work_it_is_good_after_two_minutes(ticket: Ticket) -> None:
    waiting = replace(WHO, ticket=ticket.text)

    with (
        time_machine.travel(timezone.now() + timedelta(seconds=tickets.WAIT - 5)),
        pytest.raises(ComeAgain),
    ):
        tickets.require("code", "a phone", waiting)
    with time_machine.travel(timezone.now() + timedelta(seconds=tickets.WAIT + 1)):
        tickets.require("code", "a phone", waiting)


def test_nobody_makes_one_of_their_own(brought: Origin) -> None:
    for text in ("", "x", brought.ticket[:-2] + "xx"):
        with pytest.raises(ComeAgain):
            tickets.require("code", "a phone", replace(brought, ticket=text))


def test_work_for_another_ticket_or_half_of_it_is_none(ticket: Ticket) -> None:
    right = worked(ticket)
    other = worked(tickets.issue("code", "a phone", WHO))

    assert tickets.is_worked(ticket.seed, right)
    for work in (other, right.rpartition(".")[0], f"{right}.1", "1" * 10_000, "." * 7, "好"):
        assert not tickets.is_worked(ticket.seed, work)


def test_guessing_costs_as_much_as_working(ticket: Ticket) -> None:
    assert not any(tickets.is_worked(ticket.seed, ".".join([str(n)] * 8)) for n in range(2_000))
