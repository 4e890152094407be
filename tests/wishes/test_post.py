"""发布、修改、撤回心愿: what the worker and the union may post, and what is refused with which sentence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.cases.actions.recusal import OwnCase
from mashang.cases.models import Case
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.wishes.actions import claims, consents, wishes
from mashang.wishes.models import Wish
from mashang.wishes.refusals import (
    AlreadyClaimed,
    HasLiveWish,
    NotAgreedToWall,
    NotOnFile,
    WishNotFit,
    WishOffWall,
    WishTaken,
    YearIsFull,
)
from tests.builders import make_holder, make_worker
from tests.crowd import lock_off, press_at_once
from tests.wishes.builders import make_claim, make_giver, make_wish
from tests.wishes.families import make_wish_room, words

pytestmark = pytest.mark.django_db
REASON = "本人不会用手机"


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


def test_a_worker_on_file_posts_and_the_clerks_are_told(room):
    wish = room.post()

    assert wish.state == "submitted" and wish.number.startswith("XY") and not wish.assist_reason
    told = set(Notice.objects.filter(kind="wish.to_check").values_list("user_id", flat=True))
    assert told >= {room.clerk.pk, room.colleague.pk}
    assert TrailEntry.objects.filter(action="wish.posted", subject_id=str(wish.pk)).exists()


def test_the_union_posts_for_the_worker_and_says_why(room):
    with pytest.raises(Invalid) as refused:
        wishes.post(room.holder, words=words(), by=room.clerk)
    assert "assist_reason" in refused.value.fields

    wish = wishes.post(room.holder, words=words(), by=room.clerk, assist_reason=REASON)
    assert wish.assist_reason == REASON
    assert Notice.objects.filter(user=room.worker, kind="wish.assisted").exists()


def test_nobody_else_posts_for_a_family(room, lu, chen):
    for stranger in (lu, make_worker("路人"), room.reviewer):
        with pytest.raises(NotAllowed):
            wishes.post(room.holder, words=words(), by=stranger, assist_reason=REASON)
    chen.relatives.create(id_index=room.holder.id_index, relation="兄弟")
    with pytest.raises(OwnCase):
        wishes.post(room.holder, words=words(), by=chen, assist_reason=REASON)


def test_without_a_live_file_there_is_no_wish(room, branch_a):
    applicant = make_holder(branch_a["own"], make_worker())
    with pytest.raises(NotOnFile):
        wishes.post(applicant, words=words(), by=applicant.user)

    workflows.close_case(Case.objects.get(pk=room.case.pk), reason="脱困", by=room.clerk)
    with pytest.raises(NotOnFile):
        room.post()


def test_without_the_consent_nothing_is_posted(room):
    workflows.withdraw_consent(room.holder, "wish", by=room.worker)

    with pytest.raises(NotAgreedToWall):
        room.post()


def test_a_second_wish_waits_for_the_first(room):
    room.post()

    with pytest.raises(HasLiveWish):
        room.post(item="棉被")


def test_two_fulfilled_in_a_year_are_enough(room):
    for months_ago in (1, 2):
        done = timezone.now() - timedelta(days=30 * months_ago)
        make_wish(room.holder, state="fulfilled", fulfilled_at=done)
    with pytest.raises(YearIsFull):
        room.post()

    Wish.objects.update(fulfilled_at=timezone.now() - timedelta(days=400))
    assert room.post().state == "submitted"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"price_fen": 50_001}, "price_fen"),
        ({"price_fen": 0}, "price_fen"),
        ({"item": "白酒"}, "item"),
        ({"item": "现金红包"}, "item"),
        ({"item": "苹果手机"}, "item"),
        ({"item": " "}, "item"),
        ({"reason": ""}, "reason"),
        ({"reason": "想" * 201}, "reason"),
        ({"reason": "请打13912345678找我"}, "reason"),
        ({"spec": "李春燕"}, "spec"),
        ({"reason": "青山纺织厂停工了，锅也坏了"}, "reason"),
        ({"reason": "女儿李小雨要用"}, "reason"),
        ({"needed_by": timezone.localdate()}, "needed_by"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(room, changed, field):
    with pytest.raises(WishNotFit) as refused:
        room.post(**changed)

    assert set(refused.value.fields) == {field}


def test_a_phone_spread_over_the_fields_is_put_together(room):
    with pytest.raises(WishNotFit) as refused:
        room.post(item="书包120", spec="3847", reason="5610，谢谢好心人")

    assert refused.value.fields == {"reason": "前后几栏连起来像是电话号码，请去掉"}


def test_a_name_in_disguise_is_still_a_name(room):
    name = room.holder.name
    with pytest.raises(WishNotFit) as refused:
        room.post(reason=f"我是{' '.join(name)}，想要一个锅")

    assert "家里人的姓名" in refused.value.fields["reason"]


def test_the_sentence_marks_the_place(room):
    with pytest.raises(WishNotFit) as refused:
        room.post(reason="请打13912345678找我")

    assert "13912345678" in refused.value.fields["reason"]


def test_the_union_is_checked_like_the_worker(room):
    with pytest.raises(WishNotFit):
        wishes.post(room.holder, words=words(item="白酒"), by=room.clerk, assist_reason=REASON)


def test_a_county_may_set_its_own_cap(room, branch_a):
    branch_a["county"].rule_cards.create(
        kind="wish", code="cap_fen", body={"value": 80_000}, source="x", valid_from="2026-01-01"
    )
    assert room.post(price_fen=80_000).price_fen == 80_000


def test_a_correction_goes_through_the_checks_anew(room):
    wish = make_wish(room.holder)  # on the wall

    corrected = wishes.correct(wish, words=words(item="棉被"), by=room.worker)

    assert (corrected.state, corrected.item) == ("submitted", "棉被")
    kept = Wish.objects.get(pk=wish.pk)
    assert not kept.story and kept.checked_by is None and kept.opened_at is None
    assert wishes.correct(kept, words=words(item="毛毯"), by=room.worker).state == "submitted"


def test_after_a_claim_nothing_is_changed_or_withdrawn(room):
    wish = make_wish(room.holder)
    make_claim(wish)

    with pytest.raises(AlreadyClaimed):
        wishes.correct(wish, words=words(), by=room.worker)
    with pytest.raises(AlreadyClaimed):
        wishes.withdraw(wish, by=room.worker)


def test_a_page_that_is_old_withdraws_nothing_that_was_claimed_since(room):
    wish = make_wish(room.holder)
    make_claim(Wish.objects.get(pk=wish.pk))

    with pytest.raises(AlreadyClaimed):
        wishes.withdraw(wish, by=room.worker)


def test_withdrawn_by_the_worker_or_for_them_and_by_nobody_else(room, lu):
    wish = room.post()
    for stranger in (lu, make_worker("路人")):
        with pytest.raises(NotAllowed):
            wishes.withdraw(wish, by=stranger, assist_reason=REASON)
    with pytest.raises(Invalid):
        wishes.withdraw(wish, by=room.clerk)

    wishes.withdraw(wish, by=room.clerk, assist_reason=REASON)

    assert Wish.objects.get(pk=wish.pk).state == "withdrawn"
    with pytest.raises(WrongState):
        wishes.withdraw(Wish.objects.get(pk=wish.pk), by=room.worker)
    assert room.post().state == "submitted"  # the household may wish again


def test_the_consent_taken_back_takes_the_wish_off_the_wall_at_once(room):
    wish = make_wish(room.holder)
    done = make_wish(room.holder, state="fulfilled", fulfilled_at=timezone.now())

    workflows.withdraw_consent(room.holder, "wish", by=room.worker)

    assert not Wish.objects.on_wall().exists()
    assert Wish.objects.get(pk=wish.pk).state == "withdrawn"
    assert Wish.objects.get(pk=done.pk).is_hidden


def test_a_claimed_wish_is_still_delivered_but_no_longer_shown(room):
    wish = make_wish(room.holder)
    make_claim(wish)

    workflows.withdraw_consent(room.holder, "wish", by=room.worker)

    kept = Wish.objects.get(pk=wish.pk)
    assert kept.state == "claimed" and kept.is_hidden and not Wish.objects.on_wall().exists()

    consents.agree(room.holder, by=room.worker)
    assert Wish.objects.on_wall().get() == wish


def test_only_the_family_or_its_union_agrees(room, lu):
    for stranger in (lu, make_worker("路人")):
        with pytest.raises(NotAllowed):
            consents.agree(room.holder, by=stranger)
        with pytest.raises(NotAllowed):
            workflows.withdraw_consent(room.holder, "wish", by=stranger)


@pytest.mark.django_db(transaction=True)
def test_ten_taps_at_once_post_one_wish(room):
    answers = press_at_once([room.post] * 10)

    assert Wish.objects.count() == 1
    assert sum(isinstance(answer, Wish) for answer in answers) == 1
    assert {type(answer) for answer in answers} == {Wish, HasLiveWish}


@pytest.mark.django_db(transaction=True)
def test_even_without_locks_the_constraint_keeps_one_living_wish(room):
    with lock_off():
        press_at_once([room.post] * 10)

    assert Wish.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawn_while_being_claimed_one_of_the_two_happens(room):
    wish = make_wish(room.holder)

    def withdraw():
        wishes.withdraw(Wish.objects.select_related("holder").get(pk=wish.pk), by=room.worker)

    def claim():
        return claims.claim(Wish.objects.select_related("holder").get(pk=wish.pk), by=giver)

    giver = make_giver()
    withdrawn, claimed = press_at_once([withdraw, claim])

    state = Wish.objects.get(pk=wish.pk).state
    if state == "claimed":
        assert isinstance(withdrawn, AlreadyClaimed) and claimed.wish_id == wish.pk
    else:
        assert state == "withdrawn" and isinstance(claimed, WishOffWall | WishTaken)
