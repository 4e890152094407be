"""结对: two people of the union give a family its helper, for a time."""

from datetime import date

import pytest

from mashang import workflows
from mashang.cases.actions import pairings
from mashang.cases.models import Case, Pairing
from mashang.cases.refusals import AlreadyPaired, SamePerson
from mashang.core.errors import Missing, NotAllowed, WrongState
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff, make_worker
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_branch()


@pytest.fixture
def first(county):
    return make_staff("复核甲", county["county"], Role.REVIEWER)


@pytest.fixture
def second(county):
    return make_staff("审批乙", county["county"], Role.APPROVER)


@pytest.fixture
def case(county):
    return make_case(county["own"])


@pytest.fixture
def helper():
    return make_worker("黄志强")


def test_a_helper_sees_the_family_after_the_second_person_has_confirmed(
    case, first, second, helper
):
    proposed = pairings.propose(case, helper=helper, by=first)
    assert case not in Case.objects.paired_to(helper)

    pairings.confirm(proposed, by=second)

    assert case in Case.objects.paired_to(helper)
    assert "黄志强" in str(case.facts.get(key="helper").body.reveal())


def test_the_same_person_does_not_propose_and_confirm(case, first, helper):
    with pytest.raises(SamePerson):
        pairings.confirm(pairings.propose(case, helper=helper, by=first), by=first)


def test_the_helper_is_not_the_second_person(case, first, second):
    with pytest.raises(NotAllowed):
        pairings.confirm(pairings.propose(case, helper=second, by=first), by=second)


def test_a_clerk_without_the_right_does_not_pair(case, county, helper):
    with pytest.raises(NotAllowed):
        pairings.propose(case, helper=helper, by=make_staff("陈", county["own"], Role.CLERK))


def test_nobody_is_their_own_helper(case, first):
    with pytest.raises(NotAllowed):
        pairings.propose(case, helper=case.holder.user, by=first)


def test_a_helper_is_paired_once(case, first, helper):
    pairings.propose(case, helper=helper, by=first)

    with pytest.raises(AlreadyPaired):
        pairings.propose(case, helper=helper, by=first)


def test_after_the_end_the_helper_sees_nothing(case, first, second, helper):
    live = pairings.propose(case, helper=helper, by=first)
    pairings.confirm(live, by=second)

    workflows.end_pairing(live, why="调离", by=first)

    assert case not in Case.objects.paired_to(helper)
    with pytest.raises(WrongState):
        workflows.end_pairing(Pairing.objects.get(pk=live.pk), why="", by=first)
    with pytest.raises(Missing):
        pairings.note(case, body="去看过", talked_on=date(2026, 11, 1), by=helper)


def test_a_helper_writes_a_note_and_a_stranger_does_not(case, first, second, helper):
    pairings.confirm(pairings.propose(case, helper=helper, by=first), by=second)

    note = pairings.note(case, body="孩子要买棉衣", talked_on=date(2026, 11, 1), by=helper)

    assert note.body.reveal() == "孩子要买棉衣"
    with pytest.raises(Missing):
        pairings.note(case, body="x", talked_on=date(2026, 11, 1), by=make_worker("路人"))
