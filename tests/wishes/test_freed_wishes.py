"""放回心愿墙: a claim came to nothing, and meanwhile the household has moved, ended or been merged."""

import pytest

from mashang import workflows
from mashang.cases.actions import transfers
from mashang.cases.models import Case, Holder
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import claims
from mashang.wishes.models import Claim, Wish
from mashang.wishes.refusals import NotReinstated
from tests.builders import make_staff
from tests.cases.households import make_case, merge
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


@pytest.fixture
def claim(room) -> Claim:
    return make_claim(make_wish(room.holder))


def wish_of(claim) -> Wish:
    return Wish.objects.get(pk=claim.wish_id)


def given_up(claim) -> Wish:
    fresh = Claim.objects.select_related("wish", "union").get(pk=claim.pk)
    claims.give_up(fresh, by=fresh.giver)
    return wish_of(claim)


def move(room, to) -> None:
    asked = transfers.ask(
        room.case, to=to, why="搬家", by=make_staff("甲", room.case.union, Role.REVIEWER)
    )
    workflows.accept_transfer(asked, by=make_staff("乙", to, Role.REVIEWER))


def test_where_the_family_stayed_it_hangs_again_as_before(room, claim):
    wish = given_up(claim)
    assert (wish.state, wish.union) == ("open", room.case.union)


def test_after_a_move_it_hangs_at_the_union_that_has_the_file_now(room, claim, branch_b):
    move(room, branch_b["own"])
    assert wish_of(claim).union == room.case.union  # delivered where it was claimed

    wish = given_up(claim)

    assert (wish.state, wish.union, wish.union_path) == (
        "open",
        branch_b["own"],
        branch_b["own"].path,
    )
    clerk = make_staff("丙", branch_b["own"], Role.CLERK)
    assert Wish.objects.visible_to(clerk).filter(pk=wish.pk).exists()


def test_what_lapses_by_the_clock_goes_there_too(room, claim, branch_b):
    move(room, branch_b["own"])
    Claim.objects.filter(pk=claim.pk).update(due_on="2026-01-02")

    assert claims.lapse_overdue() == 1
    assert wish_of(claim).union == branch_b["own"]


def test_the_old_union_does_not_take_it_back_for_the_same_giver(room, claim, branch_b):
    move(room, branch_b["own"])
    Claim.objects.filter(pk=claim.pk).update(due_on="2026-01-02")
    claims.lapse_overdue()

    lapsed = Claim.objects.select_related("wish__holder", "union").get(pk=claim.pk)
    with pytest.raises(NotReinstated):
        claims.reinstate(lapsed, by=room.clerk)


def test_with_the_file_ended_it_does_not_hang_again_and_the_family_is_told(room, claim):
    workflows.close_case(Case.objects.get(pk=room.case.pk), reason="脱困", by=room.clerk)

    wish = given_up(claim)

    assert (wish.state, wish.closed_why) == ("closed", "帮扶档案已办结")
    assert Notice.objects.filter(user=room.worker, kind="wish.closed").exists()
    assert not Notice.objects.filter(kind="claim.ended").exists()


def test_beside_another_wish_of_the_merged_household_it_ends_with_the_reason(room, claim, branch_a):
    other = make_case(room.case.union).holder
    Holder.objects.filter(pk=other.pk).update(id_index=room.holder.id_index)
    other.refresh_from_db()
    make_wish(other)
    reviewer = make_staff("甲", branch_a["county"], Role.REVIEWER)
    merge(Holder.objects.get(pk=room.holder.pk), into=other, by=reviewer)
    assert wish_of(claim).state == "claimed"  # so that nobody loses what is on its way

    wish = given_up(claim)

    assert (wish.state, wish.holder) == ("closed", other)
    assert "一户同时只能有一个" in wish.closed_why
