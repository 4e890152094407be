"""直接送到家的页面: the tick of its own, the address behind a press, the family's yes, the tick taken back."""

import re

import pytest

from mashang import workflows
from mashang.accounts.models import Consent
from mashang.cases.models import Access
from mashang.notices.models import Message, Notice
from mashang.unions.models import RuleCard
from mashang.wishes.actions import claims
from mashang.wishes.models import Claim, Parcel, Wish
from tests.builders import make_worker, sign_in
from tests.mobile.test_wishes import POST, TYPED, key_in
from tests.wishes.builders import make_giver
from tests.wishes.deliveries import claimed, fresh, make_helper, sent, to_home
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db
HOME = {**TYPED, "delivery_mode": "to_home"}
ADDRESS = "幸福里 3 栋 201"


@pytest.fixture
def claim(branch_a):
    return to_home(branch_a)


@pytest.fixture
def giver(claim):
    return sign_in(claim.giver)


@pytest.fixture
def family(claim):
    return sign_in(claim.wish.holder.user)


def page_of(claim, rest=""):
    return f"/giving/claims/{claim.pk}/{rest}"


def private_of(claim):
    holder = claim.wish.holder
    return (ADDRESS, holder.name, holder.phone.reveal())


def shows_any(text, claim):
    return any(word in text for word in private_of(claim))


# The family --------------------------------------------------------------------------------------


def test_the_tick_is_asked_on_the_preview_and_never_given_beforehand(branch_a):
    room = make_wish_room(branch_a)
    phone = sign_in(room.worker)
    preview = phone.post(POST, {**HOME, "step": "preview"}).text
    tick = re.search(r'<input[^>]*name="agrees_address"[^>]*>', preview)[0]
    assert "checked" not in tick and "让认领人看到收货地址" in preview
    assert "可以不同意" not in preview and "选由工会转交" in preview
    assert "姓名、单位、电话、住址都不会出现" not in preview

    told = {**HOME, "step": "send", "key": key_in(preview)}
    assert phone.post(POST, told).status_code == 422 and not Wish.objects.exists()
    assert phone.post(POST, {**told, "agrees_address": "on"}).status_code == 302
    assert Wish.objects.get().delivery_mode == "to_home"
    assert Consent.objects.filter(purpose="address", withdrawn_at=None).exists()


def test_through_the_union_no_such_tick_is_asked(branch_a):
    phone = sign_in(make_wish_room(branch_a).worker)

    assert "agrees_address" not in phone.post(POST, {**TYPED, "step": "preview"}).text


def test_where_the_union_sends_nothing_home_it_is_not_offered(branch_a):
    phone = sign_in(make_wish_room(branch_a).worker)
    assert 'value="to_home"' in phone.get(POST, {"own": "1"}).text
    RuleCard.objects.create(
        union=branch_a["county"], kind="wish", code="may_go_home", body={"value": 0}, source="x",
        valid_from="2026-01-01",
    )  # fmt: skip

    assert 'value="to_home"' not in phone.get(POST, {"own": "1"}).text
    refused = phone.post(POST, {**HOME, "step": "preview"})
    assert refused.status_code == 422 and "都由工会转交" in refused.text


def test_for_a_child_the_sentence_stands_beside_the_choice(branch_a):
    phone = sign_in(make_wish_room(branch_a).worker)

    page = phone.post(POST, {**HOME, "for_whom": "child", "step": "preview"})

    assert page.status_code == 422 and "给孩子的心愿由工会转交" in page.text


def test_the_worker_takes_it_back_from_the_wishs_own_page(claim, family, giver):
    page = f"/my-wishes/{claim.wish_id}/"
    take_back = "/me/consents/address/withdraw/"
    assert take_back in family.get(page).text

    assert "马上看不到" in family.get(take_back).text
    family.post(take_back)

    assert take_back not in family.get(page).text
    assert "查看收货地址" not in giver.get(page_of(claim)).text
    assert giver.post(page_of(claim, "address/")).status_code == 403


def test_it_stands_among_the_consents_and_is_not_given_there(claim, family):
    assert "让认领人看到收货地址" in family.get("/me/consents/").text

    workflows.withdraw_consent(claim.wish.holder, "address", by=claim.wish.holder.user)
    page = family.get("/me/consents/").text
    assert "已撤回" in page and "/me/consents/address/give/" not in page
    assert family.post("/me/consents/address/give/").status_code == 404


def test_the_family_says_that_it_has_come(claim, family):
    sent(claim, mode="to_home")
    assert "正直接送往您家" in family.get(f"/my-wishes/{claim.wish_id}/").text
    page = f"/my-wishes/{claim.wish_id}/received/"
    assert "没有收到，或者不对" in family.get(page).text

    family.post(page)

    assert fresh(claim).state == Claim.State.FULFILLED
    assert "家里收到了" in sign_in(claim.giver).get(page_of(claim)).text


# The giver ---------------------------------------------------------------------------------------


def test_the_address_is_behind_a_press_of_its_own(claim, giver):
    before = giver.get(page_of(claim)).text
    assert "查看收货地址" in before and not shows_any(before, claim)
    assert not Access.objects.filter(basis="claim").exists()

    assert "住址不公开" not in before + giver.get(page_of(claim, "send/")).text
    shown = giver.post(page_of(claim, "address/"))

    assert all(word in shown.text for word in private_of(claim))
    assert shown.headers["Cache-Control"] == "no-store"
    assert Access.objects.get(basis="claim").viewer == claim.giver
    assert giver.get(page_of(claim, "address/")).status_code == 405


def test_it_asks_who_is_there_before_it_shows_the_address(claim, giver):
    session = giver.session
    session["proved_at"] = 0
    session.save()

    page = giver.post(page_of(claim, "address/"))

    assert not shows_any(page.text, claim) and "确认" in page.text
    assert not Access.objects.filter(basis="claim").exists()


def test_the_worker_reads_who_looked(claim, giver, family):
    giver.post(page_of(claim, "address/"))

    looks = family.get("/own/looks/").text

    assert (
        "认领人 热心人" in looks and "姓名、电话和收货地址" in looks and claim.wish.number in looks
    )


def test_no_other_page_notice_or_message_says_it(claim, giver):
    giver.post(page_of(claim, "address/"))
    sent(claim, mode="to_home")

    for page in ("/giving/", page_of(claim), page_of(claim, "send/"), "/wishes/"):
        assert not shows_any(giver.get(page).text, claim)
    assert not any(shows_any(one.body, claim) for one in Notice.objects.all())
    assert not any(shows_any(str(vars(one)), claim) for one in Message.objects.all())


def test_nobody_else_gets_it(claim):
    helper = make_helper(claim, make_worker("黄志强"))

    for nobody in (make_giver("路人甲"), make_worker("路人"), helper, claim.wish.holder.user):
        assert sign_in(nobody).post(page_of(claim, "address/")).status_code == 404


def test_a_claim_that_has_ended_shows_nothing(claim, giver):
    claims.give_up(claim, by=claim.giver)

    page = giver.post(page_of(claim, "address/"))

    assert page.status_code == 403 and not shows_any(page.text, claim)


def test_home_is_one_of_the_ways_to_send_only_where_it_may_be(branch_a, claim, giver):
    assert 'value="to_home"' in giver.get(page_of(claim, "send/")).text
    other = claimed(branch_a)
    assert 'value="to_home"' not in sign_in(other.giver).get(page_of(other, "send/")).text

    giver.post(page_of(claim, "send/"), {"mode": "to_home", "goods": "电饭煲"})

    assert Parcel.objects.get().mode == "to_home"
    after = giver.get(page_of(claim)).text
    assert "已直接送往家里" in after and "等家里确认收到" in after
