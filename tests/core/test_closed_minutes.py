"""A minute is sealed when every row of it is there: also those whose transaction is still under way."""

import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from mashang.cases.actions.access import log_access
from mashang.core.audit import bound, seals
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def to_the_millisecond(monkeypatch):
    """Without the minute of grace, which would hide what is tried here."""
    monkeypatch.setattr(seals, "GRACE", timedelta(0))
    monkeypatch.setattr(seals, "_minute", lambda moment: moment)
    monkeypatch.setattr("mashang.cases.actions.access._key_of_minute", lambda now, *parts: key(now))


def key(now):
    return bound.UUID(int=bound.first_key(now).int + 1)


def looks_before(until) -> int:
    return len(list(bound.table_called("cases.access").rows(None, until, 1)))


def seen_and_there() -> tuple[int, int]:
    """Looks that a seal would count while a colleague's page is still being built, and afterwards."""
    clerk = make_staff("陈经办", (branch := make_branch())["own"], Role.CLERK)
    case, begun = make_case(branch["own"], by=clerk), Event()

    def page() -> None:
        try:
            with transaction.atomic():
                log_access(case.holder, by=clerk, what="档案·概况")
                begun.set()
                time.sleep(0.4)
        finally:
            connections.close_all()

    reader = Thread(target=page, daemon=True)
    reader.start()
    begun.wait()
    time.sleep(0.02)
    until = seals.closed_until()
    seen = looks_before(until)
    reader.join()
    return seen, looks_before(until)


def test_a_page_that_is_still_being_built_is_waited_for(to_the_millisecond):
    seen, there = seen_and_there()

    assert seen == there


def test_without_waiting_its_look_would_come_into_a_sealed_minute(to_the_millisecond, monkeypatch):
    monkeypatch.setattr(seals, "OLDEST_WRITER", "SELECT NULL")
    if connection.vendor == "sqlite":
        monkeypatch.setattr(seals, "closed_until", timezone.now)
    seen, there = seen_and_there()

    assert (seen, there) == (0, 1)
