"""认领管理: the branch's claims with their days; the union revokes, and brings back what lapsed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mashang.unions.roles import Role
from mashang.wishes.actions import claims
from mashang.wishes.models import Claim, Wish
from tests.builders import make_staff, sign_in
from tests.wishes.builders import make_claim, make_giver, make_wish

pytestmark = pytest.mark.django_db
LIST = "/desk/claims/"


@pytest.fixture
def made(branch_a):
    return make_claim(make_wish(union=branch_a["own"]), make_giver("大山"))


@pytest.fixture
def lapsed(made):
    Claim.objects.filter(pk=made.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    claims.lapse_overdue()
    return made


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


def test_a_clerk_sees_the_claims_of_her_branch(made, chen, lu):
    assert made.wish.number in sign_in(chen).get(LIST).text
    assert "大山" in sign_in(chen).get(LIST).text
    assert made.wish.number not in sign_in(lu).get(LIST).text


def test_what_is_overdue_stands_there_with_its_days(made, chen):
    yesterday = timezone.localdate() - timedelta(days=7)
    Claim.objects.filter(pk=made.pk).update(due_on=yesterday, state="under_way")

    assert "已超期 5 个工作日" in sign_in(chen).get(f"{LIST}?show=overdue").text


def test_a_reviewer_does_not_manage_claims(made, branch_a):
    reviewer = sign_in(make_staff("复核", branch_a["county"], Role.REVIEWER))

    assert reviewer.get(LIST).status_code == 403


def test_revoking_asks_for_the_reason(made, chen):
    page, desk = reverse("desk:revoke-claim", args=[made.pk]), sign_in(chen)

    assert "认领立即结束" in desk.get(page).text
    assert desk.post(page, {"why": ""}).status_code == 422
    assert desk.post(page, {"why": "联系不上"}).status_code == 302

    assert state_of(made) == "revoked" and state_of(made.wish) == Wish.State.OPEN


def test_what_lapsed_comes_back_while_nobody_else_has_it(lapsed, chen):
    desk, page = sign_in(chen), reverse("desk:reinstate-claim", args=[lapsed.pk])

    assert lapsed.wish.number in desk.get(f"{LIST}?show=lapsed").text
    assert "只是登记晚了" in desk.get(page).text
    desk.post(page)

    assert state_of(lapsed) == "claimed"


def test_not_when_the_wish_is_taken_by_now(lapsed, chen):
    claims.claim(Wish.objects.get(pk=lapsed.wish_id), by=make_giver())

    answer = sign_in(chen).post(reverse("desk:reinstate-claim", args=[lapsed.pk]))

    assert answer.status_code == 409 and "别人认领" in answer.text


def test_the_neighbour_does_not_find_it(made, lu):
    for name in ("revoke-claim", "reinstate-claim"):
        assert sign_in(lu).get(reverse(f"desk:{name}", args=[made.pk])).status_code == 404
