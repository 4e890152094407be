"""送达的页面: what giver, family and helper do about the goods, each only their own."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mashang.accounts.models import Consent
from mashang.cases.models import Access
from mashang.wishes.actions import complaints, confirmations, deliveries
from mashang.wishes.actions import thanks as thanks_actions
from mashang.wishes.models import Claim, Complaint, GoodsPhoto, Parcel, Thanks
from tests.builders import make_worker
from tests.pictures import make_jpeg
from tests.wishes.builders import make_giver, make_organisation
from tests.wishes.deliveries import (
    GOOD,
    claimed,
    fresh,
    fulfilled,
    handed_over,
    make_helper,
    received,
    sent,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(branch_a):
    return claimed(branch_a)


@pytest.fixture
def giver(claim, signed_in):
    return signed_in(claim.giver)


@pytest.fixture
def family(claim, signed_in):
    return signed_in(claim.wish.holder.user)


@pytest.fixture
def helper(claim, signed_in):
    person = make_helper(claim, make_worker("黄志强"))
    Consent.objects.create(
        subject_id=claim.wish.holder_id,
        purpose=Consent.Purpose.HELPER,
        version="1",
        recorded_by=claim.wish.holder.user,
        given_at=timezone.now(),
    )
    return signed_in(person)


def upload(name="photo", **also):
    return SimpleUploadedFile(f"{name}.jpg", make_jpeg(**also), "image/jpeg")


def test_the_giver_reads_where_to_send_and_registers_it_with_a_photo(claim, giver):
    page = f"/giving/claims/{claim.pk}/send/"
    said = giver.get(page).text
    assert "青山县总工会" in said and claim.union.name not in said and "孩子的脸" in said

    told = {"mode": "courier", "goods": "电饭煲", "carrier": "顺丰", "tracking": "SF1"}
    answer = giver.post(page, told | {"photo": upload()})

    assert answer.url == f"/giving/claims/{claim.pk}/"
    assert Parcel.objects.get().tracking == "SF1" and GoodsPhoto.objects.count() == 1
    assert "SF1" in giver.get(answer.url).text


def test_what_is_missing_is_said_beside_its_field(claim, giver):
    page = f"/giving/claims/{claim.pk}/send/"

    answer = giver.post(page, {"mode": "courier", "goods": "电饭煲"})
    assert answer.status_code == 422 and "请填写快递单号" in answer.text
    assert "刚才选的照片" not in answer.text
    wrong = {"mode": "courier", "goods": "电饭煲", "photo": upload()}
    assert "刚才选的照片没有留在这一页，请再选一次" in giver.post(page, wrong).text
    bad = {"mode": "in_person", "goods": "电饭煲", "photo": upload(width=60, height=20)}
    assert giver.post(page, bad).status_code == 422
    assert not Parcel.objects.exists()


def test_who_gives_is_not_asked_whether_it_came(claim, giver):
    page = f"/giving/claims/{claim.pk}/problem/"

    assert "没有收到" not in giver.get(page).text
    assert giver.post(page, {"kind": "not_received"}).status_code == 422
    assert giver.post(page, {"kind": "conduct"}).status_code == 302


def test_a_service_asks_for_no_courier(branch_a, signed_in):
    claim = claimed(branch_a, delivery_mode="service")
    client, page = signed_in(claim.giver), f"/giving/claims/{claim.pk}/send/"
    for address in (page, f"/giving/claims/{claim.pk}/", "/giving/"):
        shown = client.get(address).text
        assert "包裹上写" not in shown and "送到工会" not in shown and "请备好物品" not in shown

    assert "快递单号" not in client.get(page).text
    client.post(page, {"mode": "service", "goods": "周六理发"})
    assert fresh(claim).state == Claim.State.UNDER_WAY


def test_every_step_of_the_goods_is_on_the_givers_page(claim, giver, chen):
    page = f"/giving/claims/{claim.pk}/"
    assert "去登记" in giver.get(page).text
    parcel = deliveries.reject_parcel(sent(claim), why="包装破了", by=chen)
    assert "包装破了" in giver.get(page).text
    deliveries.return_parcel(parcel, by=chen)
    assert "不合格的物品已退回" in giver.get(page).text
    deliveries.pass_parcel(sent(claim), by=chen, **GOOD)
    assert "等工会转交" in giver.get(page).text

    done = fulfilled_from_received(claim, chen)
    thanks = thanks_actions.write(done, words="谢谢好心人", by=claim.wish.holder.user)
    before = giver.get(page).text
    assert "心愿实现了" in before and done.certificate.number in before
    assert "谢谢好心人" not in before
    thanks_actions.show(thanks, by=chen)
    assert "谢谢好心人" in giver.get(page).text


def fulfilled_from_received(claim, chen):
    deliveries.hand_over(claim, handed_on=timezone.localdate(), by=chen)
    return confirmations.confirm(claim, by=claim.wish.holder.user)


def test_the_givers_page_never_says_whose_wish_it_was(claim, giver, chen):
    handed_over(claim, chen)
    holder = claim.wish.holder
    complaints.raise_complaint(claim, kind="other", words="家里的话", by=holder.user)

    said = giver.get(f"/giving/claims/{claim.pk}/").text

    for word in (holder.name, holder.phone.reveal(), holder.union.name, "家里的话"):
        assert word not in said


def test_a_giver_sees_the_own_photo_and_not_the_helpers(claim, giver, helper, chen, signed_in):
    giver.post(f"/giving/claims/{claim.pk}/photos/", {"photo": upload(width=640)})
    mine = GoodsPhoto.objects.get()
    page = f"/giving/claims/{claim.pk}/goods-photos/{mine.pk}/"
    assert giver.get(page).content.startswith(b"\xff\xd8")
    assert signed_in(make_worker("路人")).get(page).status_code == 404

    handed_over(claim, chen)
    helper.post(f"/families/{claim.wish.holder.case.pk}/wish/", {"photo": upload()})

    proof = GoodsPhoto.objects.exclude(pk=mine.pk).get()
    assert giver.get(page.replace(str(mine.pk), str(proof.pk))).status_code == 404


def test_colleagues_of_an_organisation_see_each_others_photos(claim, giver, branch_a, signed_in):
    organisation = make_organisation(branch_a["county"], claim.giver)
    colleague = make_giver()
    organisation.representatives.create(user=colleague, role="member")
    Claim.objects.filter(pk=claim.pk).update(kind="organisation", organisation=organisation)
    signed_in(colleague).post(f"/giving/claims/{claim.pk}/photos/", {"photo": upload()})

    page = giver.get(f"/giving/claims/{claim.pk}/").text

    assert f"goods-photos/{GoodsPhoto.objects.get().pk}" in page


def test_the_family_says_yes_with_one_tap(claim, family, chen):
    handed_over(claim, chen)
    page = f"/my-wishes/{claim.wish_id}/received/"
    assert "东西收到了吗" in family.get(page).text

    assert "心愿实现了" in family.post(page, follow=True).text
    assert fresh(claim).state == Claim.State.FULFILLED


def test_before_the_hand_over_there_is_nothing_to_confirm(claim, family, chen):
    received(claim, chen)
    page = f"/my-wishes/{claim.wish_id}/received/"

    assert "确认收到" not in family.get(page).text
    assert family.post(page).status_code == 409


def test_the_family_says_what_is_wrong_and_reads_the_answer(claim, family, chen):
    handed_over(claim, chen)
    page = f"/my-wishes/{claim.wish_id}/problem/"

    assert family.post(page, {}).status_code == 422
    family.post(page, {"kind": "not_received", "words": "没有收到"})
    Complaint.objects.update(state="answered", answer="明天重新送来", answered_at=timezone.now())

    said = family.get(f"/my-wishes/{claim.wish_id}/received/").text
    assert "没有收到" in said and "明天重新送来" in said


def test_thanks_are_written_once_and_lead_to_nobody(claim, family, chen):
    fulfilled(claim, chen)
    page = f"/my-wishes/{claim.wish_id}/thanks/"

    led = family.post(page, {"words": "谢谢，电话13800138000"})
    assert led.status_code == 422 and "像是电话号码，请去掉" in led.text
    family.post(page, {"words": "谢谢您"})
    assert family.post(page, {"words": "再谢"}).status_code == 409
    assert Thanks.objects.get().words == "谢谢您"


def test_another_familys_wish_is_not_there(claim, signed_in, chen):
    handed_over(claim, chen)
    for who in (make_worker("路人"), claim.giver):
        client = signed_in(who)
        for part in ("received", "problem", "thanks"):
            assert client.get(f"/my-wishes/{claim.wish_id}/{part}/").status_code == 404


def test_the_helper_confirms_with_a_photo_and_the_look_is_written(claim, helper, chen):
    handed_over(claim, chen)
    page = f"/families/{claim.wish.holder.case.pk}/wish/"
    assert claim.wish.item in helper.get(page).text

    assert helper.post(page, {}).status_code == 422
    helper.post(page, {"photo": upload()})

    assert fresh(claim).state == Claim.State.FULFILLED
    assert Access.objects.filter(what="心愿送达情况", basis="pairing").exists()


def test_the_helper_speaks_up_for_the_family(claim, helper, chen):
    handed_over(claim, chen)
    case = claim.wish.holder.case

    helper.post(f"/families/{case.pk}/wish/problem/", {"kind": "wrong_goods"})

    assert Complaint.objects.get().kind == "wrong_goods"
    assert "东西不对" in helper.get(f"/families/{case.pk}/wish/").text


def test_somebody_elses_helper_finds_nothing(claim, signed_in):
    page = f"/families/{claim.wish.holder.case.pk}/wish/"

    assert signed_in(make_worker("路人")).get(page).status_code == 404
