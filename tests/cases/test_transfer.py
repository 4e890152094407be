"""转移: both unions agree, the file moves, nothing is lost."""

import pytest

from mashang import workflows
from mashang.cases.actions import changes, files, pairings, transfers
from mashang.cases.models import Application, Case, Transfer
from mashang.cases.refusals import TransferOpen
from mashang.core.errors import NotAllowed, WrongState
from mashang.unions.roles import Role
from tests.builders import make_application, make_branch, make_staff, make_worker
from tests.cases.households import make_case
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make_branch()


@pytest.fixture
def there(here):
    return make_branch(here["province"], word="绿水")


@pytest.fixture
def giver(here):
    return make_staff("甲", here["county"], Role.KEEPER)


@pytest.fixture
def taker(there):
    return make_staff("乙", there["county"], Role.KEEPER)


def test_a_file_moves_when_both_sides_agree(here, there, giver, taker):
    case = make_case(here["own"])
    transfer = transfers.ask(case, to=there["own"], why="换了单位", by=giver)
    assert case in Case.objects.visible_to(giver) and case not in Case.objects.visible_to(taker)
    assert transfer in Transfer.objects.coming_to(taker)

    workflows.accept_transfer(transfer, by=taker)

    assert case not in Case.objects.visible_to(giver) and case in Case.objects.visible_to(taker)
    case.refresh_from_db()
    assert case.holder.union == there["own"] and case.versions.count() == 2


def test_only_the_taking_side_accepts(here, there, giver):
    transfer = transfers.ask(make_case(here["own"]), to=there["own"], why="", by=giver)

    with pytest.raises(NotAllowed):
        workflows.accept_transfer(transfer, by=giver)


def test_a_declined_transfer_leaves_the_file_and_can_be_asked_again(here, there, giver, taker):
    case = make_case(here["own"])
    transfer = transfers.ask(case, to=there["own"], why="", by=giver)
    with pytest.raises(TransferOpen):
        transfers.ask(case, to=there["own"], why="", by=giver)

    transfers.decline(transfer, by=taker)

    case.refresh_from_db()
    assert case.union == here["own"]
    with pytest.raises(WrongState):
        workflows.accept_transfer(Transfer.objects.get(pk=transfer.pk), by=taker)
    transfers.ask(case, to=there["own"], why="再次申请", by=giver)


def test_a_file_waits_for_an_application_that_is_under_way(here, there, giver, taker):
    """Its papers would be in one place and its reviewers in another."""
    case = make_case(here["own"])
    transfer = transfers.ask(case, to=there["own"], why="搬家", by=giver)
    one_off = make_application(case.holder, kind="one_off")

    with pytest.raises(WrongState, match="正在办理的申请"):
        workflows.accept_transfer(transfer, by=taker)
    Application.objects.filter(pk=one_off.pk).update(state="ended", ending="refused")
    workflows.accept_transfer(transfer, by=taker)


def test_nobody_may_act_for_a_union_that_the_file_has_left(here, there, giver, taker):
    """A page that was opened before, and sent after the file had moved."""
    as_it_was = make_case(here["own"])
    clerk = make_staff("老经办", here["own"], Role.CLERK)
    reviewer = make_staff("老复核", here["county"], Role.REVIEWER)
    transfer = transfers.ask(as_it_was, to=there["own"], why="搬家", by=giver)
    workflows.accept_transfer(Transfer.objects.get(pk=transfer.pk), by=taker)

    acts = [
        lambda: workflows.close_case(as_it_was, reason="脱困", by=clerk),
        lambda: changes.change(as_it_was, {"address": "新村"}, why="搬家", by=clerk),
        lambda: files.check_fact(as_it_was, "income", by=clerk),
        lambda: pairings.propose(as_it_was, helper=make_worker("韦助"), by=reviewer),
        lambda: transfers.ask(as_it_was, to=here["county"], why="再转", by=giver),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_is_told_so(here, there, giver, taker):
    transfer = transfers.ask(make_case(here["own"]), to=there["own"], why="搬家", by=giver)
    second = make_staff("覃接", there["county"], Role.REVIEWER)

    told = press_at_once(
        [
            lambda by=by: workflows.accept_transfer(Transfer.objects.get(pk=transfer.pk), by=by)
            for by in (taker, second)
        ]
    )

    assert sum(answer is None for answer in told) == 1
    assert all(answer is None or isinstance(answer, WrongState) for answer in told)


def test_a_file_is_not_sent_to_where_it_is(here, giver):
    with pytest.raises(NotAllowed):
        transfers.ask(make_case(here["own"]), to=here["own"], why="", by=giver)
