"""送达: the union's own lists, from the parcel at the door to the answer."""

import pytest
from django.utils import timezone

from mashang.cases.models import Access
from mashang.unions.models import Post
from mashang.unions.roles import Role
from mashang.wishes.actions import complaints, confirmations, goods_photos
from mashang.wishes.actions import thanks as thanks_actions
from mashang.wishes.models import Claim, Complaint, Handover, Parcel, Thanks
from tests.builders import make_staff, sign_in
from tests.pictures import make_jpeg
from tests.wishes.deliveries import claimed, fresh, fulfilled, handed_over, received, sent, to_home

pytestmark = pytest.mark.django_db
ALL = {"as_wished": "on", "is_new": "on", "is_fresh": "on", "act": "pass"}


@pytest.fixture
def claim(branch_a):
    return claimed(branch_a)


@pytest.fixture
def clerk(branch_a):
    return make_staff("何敏", branch_a["own"], Role.CLERK)


@pytest.fixture
def desk(clerk):
    return sign_in(clerk)


def listed(desk, show):
    return desk.get(f"/desk/deliveries/?show={show}").text


def test_a_parcel_is_checked_at_the_door(desk, claim):
    parcel = sent(claim, mode="courier", carrier="顺丰", tracking="SF77")
    assert "SF77" in listed(desk, "arrivals")

    page = f"/desk/parcels/{parcel.pk}/"
    assert desk.post(page, {"as_wished": "on", "act": "pass"}).status_code == 422
    desk.post(page, ALL)

    assert fresh(claim).state == Claim.State.RECEIVED
    assert claim.wish.number in listed(desk, "hand_over")


def test_what_goes_straight_home_is_seen_and_checked_nowhere(desk, branch_a):
    claim = to_home(branch_a)
    sent(claim, mode="to_home")

    assert claim.wish.number not in listed(desk, "arrivals")
    assert "直接送到家，等家里确认" in listed(desk, "hand_over")
    confirmations.confirm(claim, by=claim.wish.holder.user)
    assert claim.wish.number in listed(desk, "ledger")


def test_what_does_not_fit_goes_back_with_its_reason(desk, claim):
    parcel = sent(claim)
    page = f"/desk/parcels/{parcel.pk}/"

    assert "请写明哪里不符合" in desk.post(page, {"act": "reject"}).text
    desk.post(page, {"act": "reject", "why": "是旧的"})
    assert "登记退回" in listed(desk, "arrivals")
    desk.post(f"/desk/parcels/{parcel.pk}/return/")

    assert Parcel.objects.get().state == Parcel.State.RETURNED


def test_a_photo_seen_before_is_pointed_out_with_its_other_wish(desk, claim, branch_a):
    other = claimed(branch_a, claim.giver)
    goods_photos.add(other, data=make_jpeg(), by=claim.giver)
    again = goods_photos.add(claim, data=make_jpeg(quality=40), by=claim.giver)
    parcel = sent(claim)

    page = desk.get(f"/desk/parcels/{parcel.pk}/").text
    assert "像用过的照片" in page and other.wish.number in page
    photo = desk.get(f"/desk/goods-photos/{again.pk}/")
    assert photo.content.startswith(b"\xff\xd8") and photo["Cache-Control"] == "no-store"


def test_goods_that_nobody_announced_are_found_by_the_number_on_the_box(desk, claim):
    found = desk.get(f"/desk/deliveries/?show=arrivals&number={claim.wish.number}").text
    assert f"/desk/claims/{claim.pk}/take-in/" in found
    assert "没有查到" in desk.get("/desk/deliveries/?number=XY0").text

    page = f"/desk/claims/{claim.pk}/take-in/"
    assert desk.get(page).status_code == 200
    desk.post(page, {"mode": "in_person", "goods": "电饭煲"})
    assert fresh(claim).state == Claim.State.RECEIVED


def test_who_keeps_the_file_reads_the_name_and_the_look_is_written(desk, claim, clerk):
    received(claim, clerk)
    page = f"/desk/claims/{claim.pk}/hand-over/"

    assert claim.wish.holder.name in desk.get(page).text
    assert Access.objects.filter(viewer=clerk, what="心愿转交").exists()
    desk.post(page, {"handed_on": timezone.localdate(), "words": "本人签收"})
    assert Handover.objects.get().handed_by == clerk
    assert claim.wish.number in listed(desk, "confirm")


def test_the_county_hands_over_without_reading_the_name(claim, chen):
    received(claim, chen)
    county = sign_in(chen)

    page = county.get(f"/desk/claims/{claim.pk}/hand-over/").text
    sheet = county.get("/desk/deliveries/sheet/").text

    for said in (page, sheet):
        assert claim.wish.holder.name not in said and claim.wish.holder.id_tail in said


def test_the_sheet_to_be_signed_lists_what_waits(desk, claim, clerk):
    assert "没有等着转交的心愿" in desk.get("/desk/deliveries/sheet/").text
    received(claim, clerk)

    page = desk.get("/desk/deliveries/sheet/").text
    assert claim.wish.number in page and claim.wish.holder.name in page


def test_a_refusal_of_the_hand_over_stands_on_the_form(desk, claim):
    page = f"/desk/claims/{claim.pk}/hand-over/"

    answer = desk.post(page, {"handed_on": timezone.localdate()})
    assert answer.status_code == 422 and "没有验收合格的物品" in answer.text


def test_a_complaint_is_answered_by_another_colleague(desk, claim, clerk, chen):
    handed_over(claim, clerk)
    raised = complaints.raise_complaint(
        claim, kind="not_received", words="没有人来过", by=claim.wish.holder.user
    )
    page = f"/desk/problems/{raised.pk}/"
    assert "还有 5 个工作日" in listed(desk, "complaints")
    refused = desk.post(page, {"words": "我送了"})
    assert refused.status_code == 422 and "另一位同志" in refused.text

    county = sign_in(chen)
    assert "没有人来过" in county.get(page).text
    county.post(page, {"words": "送错了门，重送", "is_accepted": "on"})

    assert Complaint.objects.get().state == "answered"
    assert fresh(claim).state == Claim.State.RECEIVED
    assert Access.objects.filter(viewer=chen, basis="wish").exists()


@pytest.mark.parametrize(("act", "state"), [("show", "shown"), ("hold_back", "held_back")])
def test_thanks_are_read_before_they_are_passed_on(desk, claim, clerk, act, state):
    done = fulfilled(claim, clerk)
    thanks = thanks_actions.write(done, words="谢谢好心人", by=claim.wish.holder.user)
    assert "谢谢好心人" in listed(desk, "thanks")

    desk.post(f"/desk/thanks/{thanks.pk}/", {"act": act})

    assert Thanks.objects.get().state == state


def test_what_no_ledger_knows_is_entered_by_a_colleague(desk, claim, chen):
    handed_over(claim, chen)
    Post.objects.filter(user=chen).update(to_on="2026-01-02")
    confirmations.confirm(claim, by=claim.wish.holder.user)
    assert claim.wish.number in listed(desk, "ledger")

    desk.post(f"/desk/claims/{claim.pk}/ledger/")

    assert fresh(claim).proposal and claim.wish.number not in listed(desk, "ledger")


def test_another_branch_finds_nothing_of_it(claim, lu, clerk):
    parcel = sent(claim)
    photo = goods_photos.add(claim, data=make_jpeg(), by=claim.giver)
    raised = complaints.raise_complaint(claim, kind="other", by=claim.wish.holder.user)
    beside = sign_in(lu)

    assert claim.wish.number not in listed(beside, "arrivals")
    for page in (
        f"parcels/{parcel.pk}/",
        f"claims/{claim.pk}/take-in/",
        f"claims/{claim.pk}/hand-over/",
        f"problems/{raised.pk}/",
        f"goods-photos/{photo.pk}/",
    ):
        assert beside.get(f"/desk/{page}").status_code == 404


def test_without_the_right_the_desk_is_closed(branch_a, claim):
    treasurer = sign_in(make_staff("财务", branch_a["own"], Role.TREASURER))

    assert treasurer.get("/desk/deliveries/").status_code == 403


def test_an_unknown_list_is_not_there(desk):
    assert desk.get("/desk/deliveries/?show=x").status_code == 404
