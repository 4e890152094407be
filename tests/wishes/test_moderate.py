"""初审、终审、退回、下架: two people, neither kin, nobody passes words that they have not read."""

import pytest

from mashang import workflows
from mashang.cases.actions.recusal import OwnCase
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.core.seen import ChangedMeanwhile, mark_of
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import consents, moderation, wishes
from mashang.wishes.models import Wish
from mashang.wishes.queries.descriptions import has_young_child
from mashang.wishes.queries.moderation import may
from mashang.wishes.refusals import (
    NeedsOtherChecker,
    NotAgreedToWall,
    NotOnWall,
    TooFewAlike,
    WishNotFit,
)
from mashang.wishes.words import words_shown
from tests.builders import make_member, make_staff
from tests.cases.households import make_case
from tests.crowd import press_at_once
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.families import make_wish_room, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


@pytest.fixture
def wish(room):
    return room.post()


@pytest.fixture
def checked(room, wish):
    moderation.check(wish, by=room.clerk)
    return Wish.objects.get(pk=wish.pk)


def now(wish):
    return Wish.objects.get(pk=wish.pk)


def told(user, kind):
    return Notice.objects.filter(user=user, kind=kind).exists()


def test_from_the_family_to_the_wall(room, wish):
    moderation.check(wish, by=room.clerk, seen=mark_of(words_shown(wish)))
    assert now(wish).state == "checked" and told(room.reviewer, "wish.to_open")

    moderation.open_on_wall(now(wish), by=room.reviewer, story="家里的锅坏了")

    shown = Wish.objects.on_wall().get()
    assert (shown.state, shown.story) == ("open", "家里的锅坏了")
    assert (shown.checked_by, shown.opened_by) == (room.clerk, room.reviewer)
    assert told(room.worker, "wish.opened")
    acts = TrailEntry.objects.filter(subject_id=str(wish.pk)).values_list("action", flat=True)
    assert list(acts.order_by("number")) == ["wish.posted", "wish.checked", "wish.opened"]


def test_without_a_story_of_its_own_the_wall_shows_the_reason(room, checked):
    moderation.open_on_wall(checked, by=room.reviewer)

    assert now(checked).story == checked.reason


def test_who_may_not_check(room, wish, lu):
    town = make_staff("何平", wish.union.parent, Role.REVIEWER)
    for stranger in (lu, town, room.reviewer, room.worker):
        with pytest.raises(NotAllowed):
            moderation.check(wish, by=stranger)


def test_who_may_not_open(room, checked, lu):
    town = make_staff("何平", checked.union.parent, Role.REVIEWER)
    for stranger in (lu, town, room.clerk, room.worker):
        with pytest.raises(NotAllowed):
            moderation.open_on_wall(checked, by=stranger)


def test_one_person_is_not_two(room, wish, branch_a):
    both = make_staff("双肩挑", branch_a["county"], Role.CLERK, Role.REVIEWER)
    moderation.check(wish, by=both)

    with pytest.raises(NeedsOtherChecker):
        moderation.open_on_wall(now(wish), by=both)


def test_who_posted_for_the_worker_does_not_check_it(room):
    wish = wishes.post(room.holder, words=words(), by=room.clerk, assist_reason="不会用手机")

    with pytest.raises(NeedsOtherChecker):
        moderation.check(wish, by=room.clerk)
    moderation.check(wish, by=room.colleague)
    assert now(wish).state == "checked"


@pytest.mark.parametrize(
    "act",
    [
        lambda wish, by: moderation.open_on_wall(wish, by=by),
        lambda wish, by: moderation.send_back(wish, why="写清楚尺寸", by=by),
        lambda wish, by: moderation.close(wish, why="不合适", by=by),
    ],
    ids=["open", "send back", "close"],
)
def test_who_posted_for_the_worker_does_not_open_it_or_turn_it_down_either(room, branch_a, act):
    both = make_staff("双肩挑", branch_a["county"], Role.CLERK, Role.REVIEWER)
    wish = wishes.post(room.holder, words=words(), by=both, assist_reason="不会用手机")
    moderation.check(wish, by=room.clerk)

    assert not may(both, now(wish)).moderate and may(room.reviewer, now(wish)).open
    with pytest.raises(NeedsOtherChecker):
        act(now(wish), both)
    assert now(wish).state == "checked"
    act(now(wish), room.reviewer)


def test_what_the_worker_tells_anew_is_not_the_poster_s_any_more(room):
    wish = wishes.post(room.holder, words=words(), by=room.clerk, assist_reason="不会用手机")
    wishes.correct(wish, words=words(item="毛毯"), by=room.worker)

    moderation.check(now(wish), by=room.clerk)


def test_nobody_decides_on_a_relatives_wish(room, wish):
    for colleague in (room.clerk, room.reviewer):
        colleague.relatives.create(id_index=room.holder.id_index, relation="兄弟")

    with pytest.raises(OwnCase):
        moderation.check(wish, by=room.clerk)
    Wish.objects.filter(pk=wish.pk).update(state="checked", checked_by=room.colleague)
    with pytest.raises(OwnCase):
        moderation.open_on_wall(now(wish), by=room.reviewer)


def test_words_that_changed_under_the_reader_are_not_passed(room, wish):
    seen = mark_of(words_shown(wish))
    wishes.correct(wish, words=words(item="毛毯"), by=room.worker)

    with pytest.raises(ChangedMeanwhile):
        moderation.check(now(wish), by=room.clerk, seen=seen)


def test_the_steps_are_not_skipped_or_taken_twice(room, wish):
    with pytest.raises(WrongState):
        moderation.open_on_wall(wish, by=room.reviewer)
    moderation.check(wish, by=room.clerk)
    with pytest.raises(WrongState):
        moderation.check(now(wish), by=room.colleague)


@pytest.mark.parametrize("story", ["加微信 13912345678", "李春燕家的锅坏了", "青山纺织厂的工人"])
def test_what_leads_to_the_family_does_not_come_to_the_wall(room, checked, story):
    with pytest.raises(WishNotFit):
        moderation.open_on_wall(checked, by=room.reviewer, story=story)


def test_without_the_consent_it_does_not_come_to_the_wall(room, checked):
    Wish.objects.filter(pk=checked.pk).update(state="withdrawn")
    workflows.withdraw_consent(room.holder, "wish", by=room.worker)
    Wish.objects.filter(pk=checked.pk).update(state="checked")

    with pytest.raises(NotAgreedToWall):
        moderation.open_on_wall(checked, by=room.reviewer)


def test_few_households_alike_make_the_words_broader(room, checked, branch_a):
    moderation.open_on_wall(checked, by=room.reviewer)
    alone = now(checked)
    assert (alone.place, alone.age_band, alone.alike) == ("", "", 1)  # nothing is left to say

    for _ in range(4):
        make_case(branch_a["own"])
    Wish.objects.filter(pk=checked.pk).update(state="checked")
    moderation.open_on_wall(now(checked), by=room.reviewer)
    among_five = now(checked)
    assert (among_five.place, among_five.age_band) == ("青山县青山镇", "40–49岁")
    assert among_five.alike == 5 and among_five.region_code == "450100"


def test_the_reviewer_may_be_broader_and_not_narrower(room, checked, branch_a):
    for _ in range(4):
        make_case(branch_a["county"])
    with pytest.raises(TooFewAlike):
        moderation.open_on_wall(checked, by=room.reviewer, rung=0)  # the town: one household
    with pytest.raises(TooFewAlike):
        moderation.open_on_wall(checked, by=room.reviewer, rung=99)

    moderation.open_on_wall(checked, by=room.reviewer, rung=2)
    assert now(checked).place == "青山市" and now(checked).alike == 5


def test_a_young_childs_wish_is_the_familys(room, branch_a):
    wish = room.post(for_whom="child", item="书包", category="study")
    moderation.check(wish, by=room.clerk)
    moderation.open_on_wall(now(wish), by=room.reviewer)

    assert (now(wish).shown_for, now(wish).for_whom) == ("family", "child")


def test_sent_back_with_what_to_mend(room, wish):
    with pytest.raises(Invalid):
        moderation.send_back(wish, why=" ", by=room.clerk)
    moderation.send_back(wish, why="请写清尺码", by=room.clerk)

    assert (now(wish).state, now(wish).returned_why) == ("returned", "请写清尺码")
    assert told(room.worker, "wish.returned")
    wishes.correct(now(wish), words=words(spec="3 升"), by=room.worker)
    assert (now(wish).state, now(wish).returned_why) == ("submitted", "")


def test_the_county_sends_back_what_is_checked(room, checked):
    with pytest.raises(NotAllowed):
        moderation.send_back(checked, why="请写清尺码", by=room.clerk)
    moderation.send_back(checked, why="请写清尺码", by=room.reviewer)

    assert now(checked).checked_by is None


def test_closed_with_a_reason(room, checked, lu):
    with pytest.raises(Invalid):
        moderation.close(checked, why="", by=room.reviewer)
    with pytest.raises(NotAllowed):
        moderation.close(checked, why="重复", by=lu)
    moderation.close(checked, why="与帮扶项目重复", by=room.reviewer)

    assert (now(checked).state, now(checked).closed_why) == ("closed", "与帮扶项目重复")
    assert told(room.worker, "wish.closed")
    with pytest.raises(WrongState):
        moderation.close(now(checked), why="再次", by=room.reviewer)


def test_a_claimed_wish_is_not_closed_over_the_givers_head(room):
    wish = make_wish(room.holder)
    make_claim(wish)

    with pytest.raises(WrongState, match="撤销认领"):
        moderation.close(wish, why="重复", by=room.reviewer)


@pytest.mark.parametrize("state", Wish.ON_WALL)
def test_what_leaks_is_off_the_wall_at_once_in_any_state(room, lu, state):
    wish = make_wish(room.holder, state=state)
    with pytest.raises(NotAllowed):
        moderation.hide(wish, why="写了学校", by=lu)
    with pytest.raises(Invalid):
        moderation.hide(wish, why=" ", by=room.clerk)
    moderation.hide(wish, why="写了学校", by=room.clerk)

    assert not Wish.objects.on_wall().exists()
    assert (now(wish).state, now(wish).hidden_why) == (state, "写了学校")
    assert told(room.worker, "wish.hidden")
    assert TrailEntry.objects.filter(action="wish.hidden", subject_id=str(wish.pk)).exists()
    with pytest.raises(NotOnWall):
        moderation.hide(wish, why="再次", by=room.reviewer)


def test_no_kin_takes_a_wish_down_or_shows_it_again(room):
    wish = make_wish(room.holder)
    for colleague in (room.clerk, room.reviewer):
        colleague.relatives.create(id_index=room.holder.id_index, relation="兄弟")
        with pytest.raises(OwnCase):
            moderation.hide(wish, why="写了学校", by=colleague)
    moderation.hide(wish, why="写了学校", by=room.colleague)
    with pytest.raises(OwnCase):
        moderation.show_again(wish, by=room.reviewer)


def test_a_new_consent_does_not_show_what_the_union_took_down(room):
    wish = make_wish(room.holder)
    moderation.hide(wish, why="写了学校", by=room.reviewer)
    consents.agree(room.holder, by=room.worker)

    assert not Wish.objects.on_wall().exists()
    with pytest.raises(NotAllowed):
        moderation.show_again(wish, by=room.clerk)
    moderation.show_again(wish, by=room.reviewer)

    assert Wish.objects.on_wall().get() == wish and told(room.worker, "wish.shown_again")
    with pytest.raises(WrongState):
        moderation.show_again(wish, by=room.reviewer)


def test_without_the_familys_consent_it_stays_unread(room):
    wish = make_wish(room.holder, state="fulfilled")
    moderation.hide(wish, why="写了学校", by=room.clerk)
    workflows.withdraw_consent(room.holder, "wish", by=room.worker)
    moderation.show_again(wish, by=room.reviewer)

    assert now(wish).is_hidden and not now(wish).hidden_why


def test_corrected_and_moderated_anew_it_hangs_there_again(room):
    wish = make_wish(room.holder)
    moderation.hide(wish, why="写了学校", by=room.clerk)
    wishes.correct(now(wish), words=words(), by=room.worker)
    moderation.check(now(wish), by=room.clerk)
    moderation.open_on_wall(now(wish), by=room.reviewer)

    assert Wish.objects.on_wall().get() == wish


def test_a_claimed_wish_is_not_put_on_the_wall_again(room):
    wish = make_wish(room.holder)
    make_claim(wish)

    with pytest.raises(WrongState):
        moderation.open_on_wall(wish, by=room.reviewer)
    wish.refresh_from_db()
    assert wish.state == "claimed"


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_open_it_once(room, checked, branch_a):
    others = [make_staff(f"复核{n}", branch_a["county"], Role.REVIEWER) for n in range(4)]

    answers = press_at_once(
        [lambda by=by: moderation.open_on_wall(now(checked), by=by) for by in others]
    )

    assert answers.count(None) == 1 and now(checked).opened_by in others
    assert TrailEntry.objects.filter(action="wish.opened").count() == 1


def test_a_member_without_a_known_birthday_counts_as_young(room):
    assert has_young_child(room.holder)
    room.holder.members.filter(relation="daughter").update(left_on="2026-01-01")
    assert not has_young_child(room.holder)
    make_member(room.holder, "son", "李大明")  # born in 1980 by the number
    assert not has_young_child(room.holder)
