"""微心愿审核的页面: the list, one wish with its findings and k, and posting for a worker."""

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent
from mashang.aid import actions as ledger
from mashang.cases.models import Access
from mashang.core.seen import mark_of
from mashang.unions.roles import Role
from mashang.wishes import text_check
from mashang.wishes.actions import complaints, moderation, wishes
from mashang.wishes.models import Wish
from mashang.wishes.words import words_shown
from tests.builders import make_staff, sign_in
from tests.cases.households import make_case
from tests.wishes.builders import make_wish
from tests.wishes.deliveries import to_home
from tests.wishes.families import make_wish_room, words

pytestmark = pytest.mark.django_db
TYPED = {
    "category": "goods",
    "item": "电饭煲",
    "price_fen": "199",
    "for_whom": "family",
    "reason": "家里的锅坏了",
    "delivery_mode": "through_union",
    "assist_reason": "本人不会用手机",
    "agreed": "on",
}


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


@pytest.fixture
def wish(room):
    return room.post()


@pytest.fixture
def desk(signed_in, room):
    return signed_in(room.clerk)


@pytest.fixture
def county(signed_in, room):
    return signed_in(room.reviewer)


def address(wish, rest=""):
    return f"/desk/wishes/{wish.pk}/{rest}"


def now(wish):
    return Wish.objects.get(pk=wish.pk)


def give_aid(room):
    proposal = ledger.propose(
        room.holder, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=80_000, by=room.clerk,
    )  # fmt: skip
    ledger.confirm(proposal, by=make_staff("覃芳", room.case.union, Role.TREASURER))


def test_the_list_shows_what_waits_for_me(desk, county, wish, room, signed_in, lu):
    assert wish.number in desk.get("/desk/wishes/").text
    assert wish.number not in county.get("/desk/wishes/").text
    assert wish.number in county.get("/desk/wishes/?show=submitted").text
    assert wish.number not in signed_in(lu).get("/desk/wishes/?show=submitted").text

    moderation.check(wish, by=room.clerk)
    assert wish.number in county.get("/desk/wishes/").text
    assert wish.number not in desk.get("/desk/wishes/").text


def test_a_town_reviewer_is_not_asked_to_open(signed_in, wish, room):
    town = make_staff("何平", wish.union.parent, Role.REVIEWER)
    moderation.check(wish, by=room.clerk)

    assert wish.number not in signed_in(town).get("/desk/wishes/").text
    assert "终审通过" not in signed_in(town).get(address(wish)).text


def test_the_list_costs_the_same_for_one_wish_and_for_many(
    desk, wish, branch_a, django_assert_max_num_queries
):
    for _ in range(8):
        make_wish(union=branch_a["own"], state="submitted")
    desk.get("/desk/wishes/")
    with django_assert_max_num_queries(9):
        desk.get("/desk/wishes/")


def test_the_page_shows_the_household_so_far_and_writes_the_look_down(desk, wish, room):
    make_wish(room.holder, state="fulfilled", fulfilled_at=timezone.now(), item="棉被")
    give_aid(room)
    page = desk.get(address(wish)).text

    assert "800.00 元" in page
    assert "棉被" in page and "有过同类心愿" in page and "今年已实现 1 个" in page
    assert room.holder.name not in page
    look = Access.objects.get(viewer=room.clerk, basis="wish")
    assert look.holder == room.holder and look.what


def test_who_does_not_moderate_reads_the_wish_and_nothing_of_the_household(county, wish, room):
    page = county.get(address(wish)).text

    assert (
        wish.item in page
        and wish.reason not in page
        and "已得到的帮扶" not in page
        and "不由您办理" in page
    )
    assert not Access.objects.filter(viewer=room.reviewer).exists()


def test_kin_reads_nothing_of_the_household(desk, wish, room):
    room.clerk.relatives.create(id_index=room.holder.id_index, relation="兄弟")
    page = desk.get(address(wish)).text

    assert "要回避" in page and "初审通过" not in page and "已得到的帮扶" not in page


def test_what_the_check_finds_is_marked(desk, wish):
    Wish.objects.filter(pk=wish.pk).update(reason="请打13912345678，李小雨要用")
    page = desk.get(address(wish)).text

    assert "<mark>13912345678</mark>" in page and "<mark>李小雨</mark>" in page


def test_what_a_service_outside_advises_is_shown(desk, wish, monkeypatch):
    said = text_check.Opinion(text_check.Advice.REVIEW, "疑似诈骗")
    monkeypatch.setattr("mashang.desk.wishes.moderation.opinion", lambda text: said)

    assert "疑似诈骗" in desk.get(address(wish)).text


def test_from_the_desk_to_the_wall(desk, county, wish):
    assert (
        desk.post(address(wish, "check/"), {"seen": mark_of(words_shown(wish))}).status_code == 302
    )
    page = county.get(address(wish)).text
    assert "符合 1 户" in page and "陌生人会看到什么" in page

    told = {"story": "家里的锅坏了", "rung": "4", "seen": mark_of(words_shown(wish))}
    narrow = county.post(address(wish, "open/"), {**told, "rung": "0"})
    assert narrow.status_code == 422 and "太少" in narrow.text
    assert county.post(address(wish, "open/"), told).status_code == 422  # a town of one
    assert county.post(address(wish, "open/"), {**told, "rung": "5"}).status_code == 302
    assert Wish.objects.on_wall().get().story == "家里的锅坏了"


def test_the_narrowest_description_that_fits_enough_is_proposed(county, wish, room, branch_a):
    for _ in range(4):
        make_case(branch_a["own"])
    moderation.check(wish, by=room.clerk)
    page = county.get(address(wish)).text

    assert "符合 5 户" in page and "青山县青山镇" in page
    assert 'value="0"' in page.split("checked")[0].rsplit("<input", 1)[1]


def test_words_that_changed_meanwhile_are_not_passed(desk, wish, room):
    seen = mark_of(words_shown(wish))
    wishes.correct(wish, words=words(item="毛毯"), by=room.worker)

    late = desk.post(address(wish, "check/"), {"seen": seen})
    assert late.status_code == 409 and "毛毯" in late.text
    assert now(wish).state == "submitted"


def test_a_story_with_a_contact_comes_back_with_its_sentence(county, wish, room):
    moderation.check(wish, by=room.clerk)
    told = {"story": "加微信 abc12345", "rung": "5", "seen": mark_of(words_shown(wish))}
    page = county.post(address(wish, "open/"), told)

    assert page.status_code == 422 and "abc12345" in page.text and "像是" in page.text


def test_sent_back_or_closed_with_words(desk, county, wish, room):
    assert desk.post(address(wish, "send-back/"), {"why": ""}).status_code == 422
    assert desk.post(address(wish, "send-back/"), {"why": "请写清尺码"}).status_code == 302
    assert now(wish).returned_why == "请写清尺码"

    wishes.correct(now(wish), words=words(), by=room.worker)
    assert desk.post(address(wish, "close/"), {"why": "与项目重复"}).status_code == 302
    assert now(wish).closed_why == "与项目重复"


def test_a_leak_on_a_wish_that_has_come_true_is_taken_down_and_shown_again(desk, county, branch_a):
    wish = make_wish(union=branch_a["own"], state="fulfilled")
    complaint = complaints.report(wish, kind="leak")
    assert address(wish, "#hide") in desk.get(f"/desk/problems/{complaint.pk}/").text
    assert address(wish, "hide/") in desk.get(address(wish)).text

    assert desk.post(address(wish, "hide/"), {"hidden_why": ""}).status_code == 422
    assert desk.post(address(wish, "hide/"), {"hidden_why": "写了学校"}).status_code == 302
    assert desk.get(f"/wishes/{wish.number}/").status_code == 404
    assert "写了学校" in county.get(address(wish)).text

    assert desk.post(address(wish, "show-again/")).status_code == 403
    assert county.post(address(wish, "show-again/")).status_code == 302
    assert not now(wish).hidden_why


def test_another_branch_finds_nothing(signed_in, lu, wish, room):
    client = signed_in(lu)
    for rest in ("", "correct/", "withdraw/"):
        assert client.get(address(wish, rest)).status_code == 404
    for rest in ("check/", "send-back/", "close/", "hide/"):
        assert client.post(address(wish, rest), {"why": "x"}).status_code == 404
    assert client.get(f"/desk/holders/{room.holder.pk}/post-wish/").status_code == 404
    assert now(wish).state == "submitted"


def test_posting_for_a_worker_shows_the_preview_first(desk, room):
    page = f"/desk/holders/{room.holder.pk}/post-wish/"
    assert "代发心愿" in desk.get(f"/desk/holders/{room.holder.pk}/").text
    first = desk.post(page, {**TYPED, "step": "preview"})
    assert "陌生人会看到什么" in first.text and not Wish.objects.exists()
    assert Access.objects.filter(viewer=room.clerk, basis="wish").exists()

    assert desk.post(page, {**TYPED, "step": "send"}).status_code == 302
    wish = Wish.objects.get()
    assert (wish.posted_by, wish.assist_reason) == (room.clerk, "本人不会用手机")
    given = Consent.objects.filter(subject_id=room.holder.pk, purpose="wish", withdrawn_at=None)
    assert given.exists()


@pytest.mark.parametrize(
    "changed",
    [{"assist_reason": ""}, {"agreed": ""}, {"item": "香烟"}, {"price_fen": "600"}],
)
def test_posting_for_a_worker_keeps_the_same_rules(desk, room, changed):
    page = f"/desk/holders/{room.holder.pk}/post-wish/"

    assert desk.post(page, {**TYPED, **changed, "step": "send"}).status_code == 422
    assert not Wish.objects.exists()


def test_the_signed_consent_is_kept_as_paper(desk, branch_a):
    case = make_case(branch_a["own"])

    desk.post(f"/desk/holders/{case.holder_id}/post-wish/", {**TYPED, "step": "send"})

    assert Consent.objects.get(subject_id=case.holder_id, purpose="wish").way == "paper"


def test_what_goes_straight_home_takes_a_signature_of_its_own(desk, room):
    page, told = f"/desk/holders/{room.holder.pk}/post-wish/", {**TYPED, "step": "send"}
    told["delivery_mode"] = "to_home"
    refused = desk.post(page, told)
    assert refused.status_code == 422 and "请单独勾选同意" in refused.text

    assert desk.post(page, {**told, "agrees_address": "on"}).status_code == 302

    assert Consent.objects.get(subject_id=room.holder.pk, purpose="address").way == "paper"


def test_both_who_moderate_read_that_the_address_will_be_given(desk, county, room):
    home = words(delivery_mode="to_home")
    wish = wishes.post(room.holder, words=home, by=room.worker, agrees_address=True)
    assert "职工同意告知住址" in desk.get(address(wish)).text
    seen = mark_of(words_shown(wish))
    moderation.check(wish, by=room.clerk)
    assert "职工同意告知住址" in county.get(address(wish)).text

    workflows.withdraw_consent(room.holder, "address", by=room.worker)

    late = county.post(address(wish, "open/"), {"story": "好用", "rung": 0, "seen": seen})
    assert "这个心愿的内容改过" in late.text and "好用" in late.text
    assert now(wish).state == "checked"


def test_a_second_wish_is_refused_at_the_desk_too(desk, room, wish):
    page = desk.post(f"/desk/holders/{room.holder.pk}/post-wish/", {**TYPED, "step": "send"})

    assert page.status_code == 422 and "已有一个心愿" in page.text


def test_the_union_corrects_and_withdraws_for_the_worker(desk, wish):
    told = {**TYPED, "item": "毛毯", "step": "send"}
    assert wish.reason in desk.get(address(wish, "correct/")).text
    assert desk.post(address(wish, "correct/"), told).status_code == 302
    assert now(wish).item == "毛毯"

    assert desk.post(address(wish, "withdraw/"), {"assist_reason": ""}).status_code == 422
    assert desk.post(address(wish, "withdraw/"), {"assist_reason": "本人来电"}).status_code == 302
    assert now(wish).state == "withdrawn"


def test_what_was_signed_on_paper_is_taken_back_at_the_desk_after_the_claim_too(branch_a):
    claim = to_home(branch_a)
    wish, page = claim.wish, f"/desk/wishes/{claim.wish_id}/"
    clerk = sign_in(make_staff("陈静", wish.union, Role.CLERK))
    given = Consent.objects.filter(subject_id=wish.holder_id, withdrawn_at=None)
    assert "take-back-address/" in clerk.get(page).text
    told = {"assist_reason": "本人来电要求"}

    assert clerk.post(page + "take-back-address/", {"assist_reason": ""}).status_code == 422
    assert given.filter(purpose="address").exists()
    assert clerk.post(page + "take-back-address/", told).status_code == 302
    assert not given.filter(purpose="address").exists()
    assert "take-back-address/" not in clerk.get(page).text
    assert clerk.post(page + "take-back/", told).status_code == 302

    assert now(wish).is_hidden and not given.filter(purpose="wish").exists()
    assert Access.objects.filter(holder=wish.holder, reason="本人来电要求").count() == 2
