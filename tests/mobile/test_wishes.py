"""我的心愿: posting in three steps, the preview, correcting and withdrawing."""

import re

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent
from mashang.notices.models import Notice
from mashang.wishes.models import Wish
from tests.builders import make_holder, make_worker
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db
POST = "/my-wishes/post/"
TYPED = {
    "category": "goods",
    "item": "电饭煲",
    "price_fen": "199",
    "spec": "3 升",
    "for_whom": "family",
    "reason": "家里的锅坏了，想换一个小的",
    "needed_by": "",
    "delivery_mode": "through_union",
}


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


@pytest.fixture
def phone(room, signed_in):
    return signed_in(room.worker)


def key_in(page: str) -> str:
    return re.findall(r'name="key" value="([^"]+)"', page)[0]


def send(phone, address: str = POST, **changed):
    preview = phone.post(address, {**TYPED, **changed, "step": "preview"})
    told = {**TYPED, **changed, "step": "send", "key": key_in(preview.text)}
    return phone.post(address, told)


def test_the_list_offers_the_usual_things_with_their_prices(phone):
    page = phone.get(POST).text

    assert "电饭煲" in page and "199.00 元" in page and "我自己写" in page


def test_what_is_chosen_is_filled_in(phone):
    page = phone.get(POST, {"item": "书包"}).text

    assert 'value="书包"' in page and 'value="129.00"' in page and 'value="study"' in page
    assert 'value="书包"' not in phone.get(POST, {"own": "1"}).text


def test_a_lesson_from_the_list_is_a_service_by_itself(phone):
    def chosen(item: str) -> str:
        page = phone.get(POST, {"item": item}).text
        return re.search(r'name="delivery_mode" value="(\w+)"[^>]*checked', page)[1]

    assert (chosen("全家福拍摄"), chosen("电饭煲")) == ("service", "through_union")


def test_nothing_is_sent_before_the_preview(phone):
    page = phone.post(POST, {**TYPED, "step": "preview"}).text

    assert "陌生人会看到什么" in page and "200 元" in page and "199" not in page.split("<form")[0]
    assert not Wish.objects.exists()


def test_the_preview_says_no_name_and_no_employer(phone, room):
    shown = phone.post(POST, {**TYPED, "step": "preview"}).text.split("<form")[0]

    assert room.holder.name not in shown and "纺织厂" not in shown


def test_sent_it_is_under_way_and_tapped_again_it_is_the_same_wish(phone):
    preview = phone.post(POST, {**TYPED, "step": "preview"})
    told = {**TYPED, "step": "send", "key": key_in(preview.text)}
    first = phone.post(POST, told)

    wish = Wish.objects.get()
    assert first.status_code == 302 and first["Location"] == f"/my-wishes/{wish.pk}/"
    assert "正在初审" in phone.get(first["Location"]).text
    again = phone.post(POST, told)
    assert again.status_code == 302 and again["Location"] == first["Location"]
    other = {**told, "item": "棉被"}
    assert phone.post(POST, other).status_code == 422  # the same key with another wish
    assert Wish.objects.count() == 1


def test_back_from_the_preview_nothing_typed_is_lost(phone):
    page = phone.post(POST, {**TYPED, "step": "edit"}).text

    assert TYPED["reason"] in page and 'value="3 升"' in page


def test_what_does_not_fit_stands_beside_its_field(phone):
    page = phone.post(POST, {**TYPED, "reason": "加我微信 abc12345", "step": "preview"})
    assert page.status_code == 422 and "像是" in page.text and "abc12345" in page.text

    assert phone.post(POST, {**TYPED, "price_fen": "600", "step": "send"}).status_code == 422
    assert phone.post(POST, {**TYPED, "item": "茅台酒", "step": "send"}).status_code == 422
    assert not Wish.objects.exists()


def test_the_consent_is_a_tick_of_its_own(phone, room):
    workflows.withdraw_consent(room.holder, "wish", by=room.worker)
    preview = phone.post(POST, {**TYPED, "step": "preview"}).text
    assert "我同意把隐去姓名的心愿放上心愿墙" in preview and "checked" not in preview

    told = {**TYPED, "step": "send", "key": key_in(preview)}
    assert phone.post(POST, told).status_code == 422 and not Wish.objects.exists()
    assert phone.post(POST, {**told, "agree": "on"}).status_code == 302
    given = Consent.objects.get(subject_id=room.holder.pk, purpose="wish", withdrawn_at=None)
    assert given.way == "self" and given.version


def test_the_same_category_within_a_year_warns_and_refuses_nothing(phone, room):
    make_wish(room.holder, state="fulfilled", fulfilled_at=timezone.now(), item="棉被")

    assert "您家发布过同一类的“棉被”" in phone.post(POST, {**TYPED, "step": "preview"}).text
    assert send(phone).status_code == 302


def test_only_who_is_on_file_posts(signed_in, branch_a):
    stranger = make_worker("路人")
    make_holder(branch_a["own"], applicant := make_worker("申请人"))
    for person in (stranger, applicant):
        answer = signed_in(person).get(POST)
        assert answer.status_code == 403 and "建了帮扶档案的职工" in answer.text
        assert "建了帮扶档案以后" in signed_in(person).get("/my-wishes/").text


def test_a_second_wish_is_refused_with_its_sentence(phone, room):
    room.post()

    assert phone.get(POST).status_code == 409
    assert "发布一个心愿" not in phone.get("/my-wishes/").text


def test_another_family_sees_and_changes_nothing(room, signed_in, branch_a):
    wish, other = room.post(), signed_in(make_worker("路人"))
    for rest in ("", "correct/", "withdraw/"):
        assert other.get(f"/my-wishes/{wish.pk}/{rest}").status_code in (403, 404)
    assert other.post(f"/my-wishes/{wish.pk}/withdraw/").status_code == 404
    assert Wish.objects.get().state == "submitted"


def test_a_wish_is_corrected_until_it_is_claimed(phone, room):
    wish = room.post()
    address = f"/my-wishes/{wish.pk}/correct/"
    assert wish.reason in phone.get(address).text

    assert send(phone, address, item="毛毯").status_code == 302
    assert Wish.objects.get().item == "毛毯"

    Wish.objects.update(state="claimed", **moderated(room))
    assert phone.get(address).status_code == 409


def moderated(room):
    return {"checked_by": room.clerk, "opened_by": room.reviewer, "opened_at": timezone.now()}


def test_withdrawing_asks_once(phone, room):
    wish = room.post()
    address = f"/my-wishes/{wish.pk}/withdraw/"
    assert "不影响帮扶" in phone.get(address).text and Wish.objects.get().state == "submitted"

    phone.post(address)

    assert Wish.objects.get().state == "withdrawn"


def test_who_has_it_and_by_when_in_plain_words(phone, room):
    wish = make_wish(room.holder)
    claim = make_claim(wish)
    page = phone.get(f"/my-wishes/{wish.pk}/").text

    assert "热心人认领了" in page and f"{claim.due_on.month}月{claim.due_on.day}日" in page
    claim.giver.giver.shown_as = "nobody"
    claim.giver.giver.save()
    assert "爱心人士认领了" in phone.get(f"/my-wishes/{wish.pk}/").text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("checked", "终审"),
        ("returned", "请写清尺码"),
        ("open", "今天上了心愿墙"),
        ("fulfilled", "实现了"),
        ("withdrawn", "已按您的意思撤回"),
        ("closed", "与项目重复"),
    ],
)
def test_every_state_has_its_sentence(phone, room, state, words):
    reasons = {"returned_why": "请写清尺码", "closed_why": "与项目重复"}
    wish = make_wish(room.holder, state=state, fulfilled_at=timezone.now(), **reasons)

    assert words in phone.get(f"/my-wishes/{wish.pk}/").text
    assert words in phone.get("/my-wishes/").text


def test_the_consent_withdrawn_in_the_settings_takes_the_wish_down(phone, room):
    wish = make_wish(room.holder)

    phone.post("/me/consents/wish/withdraw/")

    assert Wish.objects.get(pk=wish.pk).state == "withdrawn"
    assert Notice.objects.filter(user=room.worker, kind="wish.taken_down").exists()


def test_a_claimed_wish_comes_back_to_the_wall_with_the_consent(phone, room):
    make_claim(make_wish(room.holder))
    phone.post("/me/consents/wish/withdraw/")
    assert not Wish.objects.on_wall().exists()

    phone.post("/me/consents/wish/give/")
    assert Wish.objects.on_wall().exists()


@pytest.fixture
def unshown(room):
    """Hidden while it was claimed, and then the claim came to nothing."""
    return make_wish(room.holder, is_hidden=True)


def test_a_wish_that_is_not_shown_says_so_and_what_can_be_done(phone, unshown):
    page = phone.get(f"/my-wishes/{unshown.pk}/").text

    assert "爱心人士看不到" in page and "没有公开" in page and "待认领" not in page
    assert "/me/consents/wish/give/" in page and f"/my-wishes/{unshown.pk}/withdraw/" in page
    assert "没有公开" in phone.get("/my-wishes/").text


def test_of_what_the_union_took_down_the_reason_is_said_and_no_consent_asked(phone, room):
    wish = make_wish(room.holder, is_hidden=True, hidden_why="写了学校")
    page = phone.get(f"/my-wishes/{wish.pk}/").text

    assert "写了学校" in page and f"/my-wishes/{wish.pk}/correct/" in page
    assert "/me/consents/wish/give/" not in page


def test_it_is_shown_again_from_its_page(phone, unshown):
    phone.post("/me/consents/wish/give/")
    assert Wish.objects.on_wall().get() == unshown


def test_or_it_is_taken_back_there(phone, unshown):
    phone.post(f"/my-wishes/{unshown.pk}/withdraw/")
    assert Wish.objects.get(pk=unshown.pk).state == "withdrawn"
