"""心愿督办: whatever waits too long stands on the board of its branch, with the days, and nothing else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang.aid import actions as ledger
from mashang.unions.roles import Role
from mashang.wishes.actions import union_fund
from mashang.wishes.models import Claim, Complaint, Handover, Parcel, Wish
from mashang.wishes.queries import board as boards
from mashang.wishes.queries.board import board
from tests.builders import make_staff
from tests.wishes.builders import make_claim, make_wish

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def make_late_claim(union, days):
    return make_claim(make_wish(union=union), due_on=TODAY() - timedelta(days=days))


def pairs(backlog):
    return [(row, row.days) for row in backlog.rows]


def test_a_wish_comes_to_the_board_on_the_thirtieth_day(chen, branch_a):
    old = make_wish(union=branch_a["own"], opened_at=days_ago(30))
    make_wish(union=branch_a["own"], opened_at=days_ago(29))
    make_claim(make_wish(union=branch_a["own"], opened_at=days_ago(60)))

    found = board(chen, TODAY())

    assert found.after_days == 30
    assert pairs(found.unclaimed) == [(old, 30)] and found.unclaimed.count == 1


def test_a_wish_that_is_not_shown_waits_for_no_giver_but_is_not_forgotten(chen, branch_a):
    hidden = make_wish(union=branch_a["own"], opened_at=days_ago(40), is_hidden=True)
    old = make_wish(union=branch_a["own"], opened_at=days_ago(30))

    found = board(chen, TODAY())

    assert pairs(found.unclaimed) == [(old, 30)] and found.unclaimed.count == 1
    assert pairs(found.unshown) == [(hidden, 40)] and found.unshown.count == 1


def test_a_county_may_set_its_own_days(chen, branch_a):
    branch_a["county"].rule_cards.create(
        kind="wish",
        code="days_unclaimed",
        body={"value": 14},
        source="x",
        valid_from="2026-01-01",
    )
    wish = make_wish(union=branch_a["own"], opened_at=days_ago(20))

    assert pairs(board(chen, TODAY()).unclaimed) == [(wish, 20)]


def test_an_overdue_claim_shows_the_days_over(chen, branch_a):
    late = make_late_claim(branch_a["own"], 3)
    make_late_claim(branch_a["own"], 0)

    assert pairs(board(chen, TODAY()).overdue) == [(late, 3)]


def test_spending_that_was_turned_down_comes_back_at_once(chen, branch_a):
    approver = make_staff("审批人", branch_a["county"], Role.APPROVER)
    [claim] = union_fund.fund([make_wish(union=branch_a["own"])], by=approver)
    ledger.reject(claim.proposal, by=make_staff("财务", branch_a["county"], Role.TREASURER))

    assert pairs(board(chen, TODAY()).turned_down) == [(claim, 0)]


def test_goods_at_the_union_wait_from_their_check_on(chen, branch_a):
    claim = make_claim(make_wish(union=branch_a["own"]), state="received")
    Parcel.objects.create(
        claim=claim,
        mode="courier",
        goods="电饭煲",
        state="passed",
        matches=True,
        is_new=True,
        is_fresh=True,
        checked_at=days_ago(6),
    )

    assert pairs(board(chen, TODAY()).undelivered) == [(claim, 6)]


def test_a_hand_over_waits_for_the_family(chen, branch_a):
    claim = make_claim(make_wish(union=branch_a["own"]), state="handed_over")
    Handover.objects.create(claim=claim, handed_by=chen, handed_on=TODAY() - timedelta(days=4))

    assert pairs(board(chen, TODAY()).unconfirmed) == [(claim, 4)]


def test_a_complaint_stands_there_once_its_answer_is_late(chen, branch_a, li):
    wish = make_wish(union=branch_a["own"])
    late = Complaint.objects.create(
        wish=wish, kind="other", raised_by=li, due_on=TODAY() - timedelta(days=2)
    )
    Complaint.objects.create(wish=wish, kind="other", raised_by=chen, due_on=TODAY())

    assert pairs(board(chen, TODAY()).complaints) == [(late, 2)]


def test_a_clerk_sees_her_own_branch_and_nothing_beside_it(lu, branch_a):
    make_wish(union=branch_a["own"], opened_at=days_ago(40))
    make_late_claim(branch_a["own"], 9)

    found = board(lu, TODAY())

    assert (found.unclaimed.count, found.overdue.count) == (0, 0)


def test_the_longest_waiting_come_first_and_the_count_tells_all(chen, branch_a, monkeypatch):
    monkeypatch.setattr(boards, "MOST", 2)
    late = [make_late_claim(branch_a["own"], days) for days in (2, 9, 5)]

    found = board(chen, TODAY()).overdue

    assert pairs(found) == [(late[1], 9), (late[2], 5)] and found.count == 3


def test_it_takes_four_queries_whatever_waits(branch_a):
    someone = make_staff("督办人", branch_a["county"], Role.APPROVER)
    make_late_claim(branch_a["own"], 1)
    make_wish(union=branch_a["own"], opened_at=days_ago(31))
    list(someone.posts.all())
    board(someone, TODAY())  # reads the posts once per person

    with CaptureQueriesContext(
        connection,
    ) as asked:
        board(someone, TODAY())

    assert len(asked) == 4
    assert Claim.objects.count() == 1 and Wish.objects.count() == 2
