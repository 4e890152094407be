"""微心愿数字: a branch from posted to come true, and nothing beside it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.aid import actions as ledger
from mashang.stats.wishes import wish_figures
from mashang.unions.roles import Role
from mashang.wishes.actions import confirmations, deliveries, union_fund
from mashang.wishes.models import Wish
from tests.builders import make_staff
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.deliveries import claimed, fulfilled

pytestmark = pytest.mark.django_db


@pytest.fixture
def approver(branch_a):
    return make_staff("审批人", branch_a["county"], Role.APPROVER, Role.CLERK)


def figures(branch):
    return wish_figures(branch["county"], timezone.localdate())


def test_it_counts_from_posted_to_come_true(branch_a, chen):
    make_wish(union=branch_a["own"])
    make_claim(make_wish(union=branch_a["own"]))
    late = timezone.localdate() - timedelta(days=1)
    make_claim(make_wish(union=branch_a["own"]), due_on=late)
    long_ago = timezone.now() - timedelta(days=12)
    fulfilled(claimed(branch_a, opened_at=long_ago), chen)

    found = figures(branch_a)

    assert (found.posted, found.waiting, found.under_way) == (4, 1, 2)
    assert (found.overdue, found.overdue_percent) == (1, 50)
    assert (found.fulfilled, found.by_union, found.median_days) == (1, 0, 12)


def test_a_wish_that_is_not_shown_waits_for_nobody(branch_a):
    make_wish(union=branch_a["own"], is_hidden=True)

    assert (figures(branch_a).posted, figures(branch_a).waiting) == (1, 0)


def test_what_the_union_bought_has_its_share(branch_a, chen, approver):
    fulfilled(claimed(branch_a), chen)
    [claim] = union_fund.fund([make_wish(union=branch_a["own"])], by=approver)
    treasurer = make_staff("财务", branch_a["county"], Role.TREASURER)
    ledger.confirm(claim.proposal, by=treasurer)
    deliveries.hand_over(claim, handed_on=timezone.localdate(), by=chen)
    confirmations.confirm(claim, by=claim.wish.holder.user)

    found = figures(branch_a)

    assert (found.fulfilled, found.by_union, found.by_union_percent) == (2, 1, 50)


def test_an_empty_branch_has_no_shares(branch_a, branch_b):
    make_wish(union=branch_b["own"])

    found = figures(branch_a)

    assert (found.posted, found.overdue_percent, found.by_union_percent) == (0, None, None)
    assert found.median_days is None


def test_last_years_wishes_are_not_this_years(branch_a, chen):
    fulfilled(claimed(branch_a), chen)
    before = timezone.now() - timedelta(days=400)
    Wish.objects.update(created_at=before)

    assert (figures(branch_a).posted, figures(branch_a).fulfilled) == (0, 1)


def test_the_chair_reads_it_on_the_page_of_the_branch(branch_a, approver, signed_in):
    make_wish(union=branch_a["own"])

    page = signed_in(approver).get("/desk/branch/").text

    assert "年微心愿" in page and "其中工会兜底" in page
