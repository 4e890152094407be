"""心愿督办 at the desk: counts and rows of one's own branch, and the union's fund behind a fresh sign-in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.aid import actions as ledger
from mashang.unions.roles import Role
from mashang.wishes.models import Claim, Complaint, FairWish, Wish
from tests.builders import make_staff
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.fairs import make_fair

pytestmark = pytest.mark.django_db
PAGE = "/desk/wishes/board/"


@pytest.fixture
def approver(branch_a):
    return make_staff("审批人", branch_a["county"], Role.APPROVER)


@pytest.fixture
def old(branch_a):
    return make_wish(union=branch_a["own"], opened_at=timezone.now() - timedelta(days=45))


def test_the_board_shows_what_waits_with_its_days(chen, signed_in, old, branch_a, li):
    late = make_claim(
        make_wish(union=branch_a["own"]), due_on=timezone.localdate() - timedelta(days=3)
    )
    Complaint.objects.create(
        wish=late.wish,
        kind="wrong_goods",
        raised_by=li,
        due_on=timezone.localdate() - timedelta(days=2),
    )

    page = signed_in(chen).get(PAGE)

    assert page.status_code == 200
    for number in (old.number, late.wish.number):
        assert number in page.text
    assert '<td class="right is-bad">45</td>' in page.text and "东西不对或有问题" in page.text
    assert old.holder.name not in page.text
    assert f"/desk/claims/{late.pk}/revoke/" in page.text


def test_the_other_branch_and_the_giver_see_nothing_of_it(lu, li, signed_in, old):
    assert old.number not in signed_in(lu).get(PAGE).text
    assert signed_in(li).get(PAGE).status_code == 404


def test_the_approver_funds_the_ticked_wishes(approver, signed_in, old):
    answer = signed_in(approver).post("/desk/wishes/fund/", {"wishes": [old.pk]})

    assert answer.url == PAGE
    assert Claim.objects.get().kind == "union"


def test_a_wish_that_is_not_shown_stands_apart_and_may_be_funded(approver, chen, signed_in, old):
    Wish.objects.filter(pk=old.pk).update(is_hidden=True)
    page = signed_in(chen).get(PAGE)

    assert "家里不愿公开" in page.text and old.number in page.text
    assert page.context["board"].unclaimed.count == 0
    signed_in(approver).post("/desk/wishes/fund/", {"wishes": [old.pk]})
    assert Claim.objects.get().wish == old


def test_nothing_ticked_or_another_branchs_wish_is_said_so(approver, signed_in, branch_b):
    foreign = make_wish(union=branch_b["own"])
    client = signed_in(approver)
    for chosen in ([], [foreign.pk]):
        page = client.post("/desk/wishes/fund/", {"wishes": chosen}, follow=True)
        assert "请先选好要兜底的心愿" in page.text
    assert not Claim.objects.exists()


def test_a_clerk_is_not_offered_the_fund_but_a_fair(chen, signed_in, old, branch_a):
    fair = make_fair(branch_a["county"], chen)
    client = signed_in(chen)

    assert "desk/wishes/fund/" not in client.get(PAGE).text
    assert client.post("/desk/wishes/fund/", {"wishes": [old.pk]}).status_code == 403
    client.post("/desk/events/place/", {"wishes": [old.pk], "fair": fair.pk})

    assert FairWish.objects.get().wish == old
    assert fair.name in client.get(PAGE).text


def test_what_was_turned_down_is_put_back_from_here(approver, signed_in, old, branch_a):
    client = signed_in(approver)
    client.post("/desk/wishes/fund/", {"wishes": [old.pk]})
    claim = Claim.objects.get()
    ledger.reject(claim.proposal, by=make_staff("财务", branch_a["county"], Role.TREASURER))

    assert "兜底登记被退回" in client.get(PAGE).text
    client.post(f"/desk/claims/{claim.pk}/put-back/")

    assert Wish.objects.get(pk=old.pk).state == "open"


def test_another_branchs_claim_cannot_be_put_back(signed_in, branch_a, branch_b):
    claim = make_claim(make_wish(union=branch_a["own"]))
    stranger = make_staff("绿水审批", branch_b["county"], Role.APPROVER)

    assert signed_in(stranger).post(f"/desk/claims/{claim.pk}/put-back/").status_code == 404
