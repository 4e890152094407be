"""病情、学校、单位不上墙：写的人看到提醒，两位审核看到标记，公开的话里默认没有；手机按价格；来不及的日子两边都说."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mashang.core.models import TrailEntry
from mashang.demo.wish_scenario import DREAMS
from mashang.notices.models import Notice
from mashang.screening import traits
from mashang.unions.actions import rules as cards
from mashang.unions.roles import Role
from mashang.web.templatetags.words import ages
from mashang.wishes.actions import claims, moderation
from mashang.wishes.models import Wish
from mashang.wishes.queries.claims import promise_of
from mashang.wishes.queries.descriptions import MORE_THAN_COUNTED, MOST_COUNTED, least_for
from mashang.wishes.queries.progress import standing_of
from mashang.wishes.refusals import TooFewAlike, WishNotFit
from mashang.wishes.rules import card_body
from tests.builders import make_staff, sign_in
from tests.cases.households import make_case
from tests.wishes.builders import make_giver, make_wish
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db
TELLING = "爱人做了透析手术走不远，儿子在北海二中读初二，想要轮椅。"
FORM = {
    "category": "health", "item": "轮椅", "price_fen": "300", "for_whom": "family", "reason": TELLING,
    "delivery_mode": "through_union",
}  # fmt: skip


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


def checked(room, **changed):
    wish = room.post(**changed)
    moderation.check(wish, by=room.clerk)
    return Wish.objects.get(pk=wish.pk)


def test_the_author_is_told_in_the_preview_and_at_the_field_and_may_send_it(room):
    browser, page = sign_in(room.worker), reverse("mobile:post-wish")

    shown = browser.post(page, FORM | {"step": "preview"})
    assert "<mark" in shown.text and "说了病情" in shown.text and "不改也能提交" in shown.text
    again = browser.post(page, FORM | {"step": "edit"})
    assert "field__caution" in again.text and "说了病情" in again.text
    assert browser.post(page, FORM | {"step": "send", "key": "k" * 20}).status_code in (302, 303)
    assert Wish.objects.get().reason == TELLING


def test_both_who_moderate_see_the_marks_and_the_author_sees_none_of_what_is_heeded(room):
    hinting = "锅坏了，别的再和您多聊聊，孩子上初二，天天等着吃饭"
    wish = room.post(reason=hinting)

    for colleague, act in ((room.clerk, True), (room.reviewer, False)):
        page = sign_in(colleague).get(reverse("desk:wish", args=[wish.pk])).text
        assert "可能约到别处联系" in page and "说了学校或年级" in page
        if act:
            moderation.check(wish, by=colleague)
    own = sign_in(room.worker).get(reverse("mobile:my-wish", args=[wish.pk])).text
    assert "可能约到别处" not in own and "<mark" not in own


def test_the_public_reads_what_is_left_without_it(room):
    wish = checked(room, reason=TELLING)

    moderation.open_on_wall(wish, by=room.reviewer)

    assert Wish.objects.get().story == "想要轮椅。"


def test_where_nothing_would_be_left_other_words_are_asked_for(room):
    wish = checked(room, reason="爱人在做透析")

    with pytest.raises(WishNotFit) as refused:
        moderation.open_on_wall(wish, by=room.reviewer)
    assert "story" in refused.value.fields


def test_it_stays_only_if_somebody_answers_for_it_in_the_trail(room):
    wish = checked(room, reason=TELLING)

    with pytest.raises(WishNotFit) as refused:
        moderation.open_on_wall(wish, by=room.reviewer, story=TELLING)
    assert "熟人能认出是谁家" in refused.value.fields["story"]
    moderation.open_on_wall(wish, by=room.reviewer, story=TELLING, is_common=True)
    assert Wish.objects.get().story == TELLING
    assert TrailEntry.objects.filter(action="wish.opened").count() == 1


def test_words_that_many_could_say_make_the_description_broader(room, branch_a):
    for _ in range(6):
        make_case(branch_a["own"])
    assert [least_for(story, 5) for story in ("锅坏了", "我扫马路", "我扫马路，腰疼")] == [
        5, MOST_COUNTED, MORE_THAN_COUNTED,
    ]  # fmt: skip
    wish = checked(room, reason="每天扫马路，想要一双雨鞋")

    with pytest.raises(TooFewAlike):
        moderation.open_on_wall(wish, by=room.reviewer, rung=0)
    moderation.open_on_wall(wish, by=room.reviewer)
    assert Wish.objects.get().place == ""


def test_the_demo_tells_nothing_of_its_families():
    assert [dream.reason for dream in DREAMS if traits(f"{dream.item}，{dream.reason}")] == []


def test_the_age_says_whose_it_is():
    assert ages("50–59岁") == "职工 50–59岁" and ages("70岁以上") == "职工 70岁以上"
    assert ages("") == ""


# Phones, by their price --------------------------------------------------------------------------


def test_the_second_wish_of_the_source_passes_up_to_a_price(room, branch_a):
    told = {"item": "手机", "reason": "手机用了好几年，想换一部"}
    assert room.post(**told, price_fen=49_900).state == "submitted"
    Wish.objects.all().delete()

    keeper = make_staff("规则", branch_a["county"], Role.APPROVER)
    _card(branch_a, keeper, 30_000)
    with pytest.raises(WishNotFit) as refused:
        room.post(**told, price_fen=49_900)
    assert set(refused.value.fields) == {"price_fen"} and "300" in refused.value.fields["price_fen"]


def test_where_a_county_takes_no_phones_it_says_so_at_the_field(room, branch_a):
    _card(branch_a, make_staff("规则", branch_a["county"], Role.APPROVER), 0)

    with pytest.raises(WishNotFit) as refused:
        room.post(item="想换一部手机", price_fen=20_000)
    assert set(refused.value.fields) == {"item"}
    assert room.post(item="手机支架", price_fen=2_000)


def _card(branch, keeper, fen):
    today = timezone.localdate()
    body = card_body("phone_up_to_fen", fen)
    cards.set_rule(
        branch["county"],
        "wish",
        "phone_up_to_fen",
        body,
        source="县工发",
        valid_from=today,
        by=keeper,
    )


# Days that cannot be met -------------------------------------------------------------------------


def test_a_day_that_may_be_missed_is_said_to_the_family_before_it_sends(room):
    soon = timezone.localdate() + timedelta(days=3)
    told = FORM | {"reason": "旧的坏了", "needed_by": soon.isoformat(), "step": "preview"}

    shown = sign_in(room.worker).post(reverse("mobile:post-wish"), told)
    assert "最晚也可能到" in shown.text
    late = told | {"needed_by": (soon + timedelta(days=90)).isoformat()}
    assert "最晚也可能到" not in sign_in(room.worker).post(reverse("mobile:post-wish"), late).text


def test_the_giver_reads_it_before_claiming_and_the_family_afterwards(branch_a):
    today = timezone.localdate()
    wish = make_wish(union=branch_a["own"], needed_by=today + timedelta(days=2))
    giver = make_giver()
    assert promise_of(wish, today).comes_late
    page = sign_in(giver).get(reverse("mobile:claim-wish", args=[wish.number])).text
    assert "会晚一些" in page

    claims.claim(wish, by=giver)

    assert Notice.objects.filter(user=wish.holder.user, kind="claim.made_late").exists()
    assert "可能比您希望的" in standing_of(Wish.objects.get(pk=wish.pk)).words


def test_a_day_that_is_far_enough_is_not_spoken_of(branch_a):
    wish = make_wish(union=branch_a["own"], needed_by=timezone.localdate() + timedelta(days=90))

    claims.claim(wish, by=make_giver())

    assert not Notice.objects.filter(kind="claim.made_late").exists()
    assert "可能比您希望的" not in standing_of(Wish.objects.get(pk=wish.pk)).words
