"""放弃、延期、撤销、到期、提醒、恢复: what ends a claim, and what brings it back."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.notices.models import Message, Notice
from mashang.reference.workdays import add_workdays
from mashang.unions.roles import Role
from mashang.wishes.actions import claims
from mashang.wishes.models import Claim, Wish
from mashang.wishes.refusals import (
    GoodsUnderWay,
    NotExtended,
    NotReinstated,
    TooManyGivenUp,
    WishTaken,
)
from tests.builders import make_staff
from tests.crowd import press_at_once
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 2)


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


@pytest.fixture
def made(wish):
    return claims.claim(wish, by=make_giver())


def now_of(row):
    return type(row).objects.get(pk=row.pk)


def overdue(claim, days=1):
    claim.due_on = timezone.localdate() - timedelta(days=days)
    claim.save(update_fields=["due_on"])
    return claim


# Giving up -----------------------------------------------------------------------------------


def test_who_gives_up_returns_the_wish_where_it_was(made, wish):
    claims.give_up(made, by=made.giver)

    assert now_of(made).state == "given_up" and now_of(made).ended_at
    back = now_of(wish)
    assert back.state == "open" and back.opened_at == wish.opened_at
    assert Notice.objects.filter(user=wish.holder.user, kind="claim.ended").exists()


@pytest.mark.parametrize("as_firm", [False, True])
def test_who_claims_and_gives_up_again_and_again_comes_back_tomorrow(wish, as_firm):
    """Each time the family hears that its wish comes and then not, and nobody else can take it."""
    giver = make_giver()
    also = {"organisation": make_organisation(wish.union, giver)} if as_firm else {}
    for _ in range(claims.MOST_GIVEN_UP):
        claims.give_up(claims.claim(now_of(wish), by=giver, **also), by=giver)

    with pytest.raises(TooManyGivenUp, match="明天"):
        claims.claim(now_of(wish), by=giver, **also)

    assert Notice.objects.filter(kind="claim.ended").count() == claims.MOST_GIVEN_UP
    other = claims.claim(now_of(wish), by=make_giver("别人"))
    claims.give_up(other, by=other.giver)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False):
        assert claims.claim(now_of(wish), by=giver, **also).state == "claimed"


def ended(giver, branch, *, state, ago):
    """A claim of this giver that came to nothing so long ago."""
    make_claim(
        make_wish(union=branch["own"]),
        giver,
        state=state,
        ended_at=timezone.now() - ago,
        ended_why="联系不上",
    )


@pytest.mark.parametrize(
    ("state", "ago"),
    [
        ("lapsed", timedelta(hours=1)),
        ("revoked", timedelta(hours=1)),
        ("given_up", timedelta(days=1, minutes=1)),
    ],
)
def test_what_lapsed_or_was_revoked_or_was_given_up_yesterday_counts_for_nothing(
    wish, branch_a, state, ago
):
    giver = make_giver()
    for _ in range(claims.MOST_GIVEN_UP):
        ended(giver, branch_a, state=state, ago=ago)

    assert claims.claim(wish, by=giver).state == "claimed"


def test_what_was_given_up_an_hour_ago_counts(wish, branch_a):
    giver = make_giver()
    for _ in range(claims.MOST_GIVEN_UP):
        ended(giver, branch_a, state="given_up", ago=timedelta(hours=1))

    with pytest.raises(TooManyGivenUp):
        claims.claim(wish, by=giver)


def test_a_wish_that_is_not_shown_does_not_come_back_to_the_wall(made, wish):
    type(wish).objects.filter(pk=wish.pk).update(is_hidden=True)
    made = now_of(made)
    claims.give_up(made, by=made.giver)

    assert now_of(wish).state == "open" and not type(wish).objects.on_wall().exists()
    told = Notice.objects.filter(user=wish.holder.user).values_list("kind", flat=True)
    assert "claim.ended_off_wall" in told and "claim.ended" not in told


def test_somebody_else_does_not_give_it_up(made):
    with pytest.raises(Missing):
        claims.give_up(made, by=make_giver())


def test_a_colleague_of_the_organisation_may_give_up(wish, branch_a):
    one, two = make_giver(), make_giver()
    organisation = make_organisation(branch_a["county"], one)
    organisation.representatives.create(user=two, role="member")
    made = claims.claim(wish, by=one, organisation=organisation)

    claims.give_up(made, by=two)

    assert now_of(made).state == "given_up"


@pytest.mark.parametrize("state", ["under_way", "received", "handed_over", "given_up"])
def test_once_goods_are_under_way_nobody_gives_up(wish, state):
    made = make_claim(wish, state=state)

    with pytest.raises(GoodsUnderWay):
        claims.give_up(made, by=made.giver)
    assert now_of(wish).state == "claimed"


def test_sent_in_another_window_stays_sent(made, wish):
    here = now_of(made)
    made.transition_to(Claim.State.UNDER_WAY)

    with pytest.raises(GoodsUnderWay):
        claims.give_up(here, by=here.giver)
    assert now_of(wish).state == "claimed"


# Extending -----------------------------------------------------------------------------------


def test_five_working_days_more_and_only_once(made):
    before = made.due_on

    claims.extend(made, by=made.giver)

    assert now_of(made).due_on == add_workdays(before, 5)
    with pytest.raises(NotExtended):
        claims.extend(made, by=made.giver)


def test_not_after_the_last_day_nor_after_sending_nor_by_others(made, branch_a):
    with pytest.raises(Missing):
        claims.extend(made, by=make_giver())
    sent = make_claim(make_wish(union=branch_a["own"]), state="under_way")
    for late in (overdue(made), sent):
        with pytest.raises(NotExtended):
            claims.extend(late, by=late.giver)


@pytest.mark.django_db(transaction=True)
def test_ten_taps_extend_once(made):
    due_on, giver = made.due_on, made.giver

    press_at_once([lambda: claims.extend(now_of(made), by=giver)] * 10)

    assert now_of(made).due_on == add_workdays(due_on, 5)


# Revoking ------------------------------------------------------------------------------------


def test_the_union_revokes_with_a_reason_that_the_giver_reads(made, wish, chen):
    claims.revoke(made, why="联系不上认领人", by=chen)

    assert now_of(made).state == "revoked" and now_of(made).ended_why == "联系不上认领人"
    assert now_of(wish).state == "open"
    assert Notice.objects.filter(user=made.giver, kind="claim.revoked").exists()
    assert Message.objects.filter(kind="claim.revoked").exists()
    assert TrailEntry.objects.filter(action="claim.revoked").exists()


def test_no_reason_no_right_no_kin(made, chen, lu):
    with pytest.raises(Invalid):
        claims.revoke(made, why="  ", by=chen)
    for person in (lu, made.giver, make_staff("复核", made.union, Role.REVIEWER)):
        with pytest.raises(NotAllowed):
            claims.revoke(made, why="不合适", by=person)
    chen.relatives.create(id_index=made.wish.holder.id_index, relation="sibling")
    with pytest.raises(NotAllowed, match="回避"):
        claims.revoke(made, why="不合适", by=chen)


def test_a_claim_that_has_ended_is_not_revoked(made, chen):
    claims.give_up(made, by=made.giver)

    with pytest.raises(WrongState):
        claims.revoke(now_of(made), why="联系不上", by=chen)


# Lapsing -------------------------------------------------------------------------------------


def test_after_the_last_day_it_lapses_by_itself(made, wish):
    overdue(made)

    assert claims.lapse_overdue() == 1

    assert now_of(made).state == "lapsed" and now_of(wish).state == "open"
    told = Notice.objects.get(user=made.giver, kind="claim.lapsed")
    assert wish.union.hotline in told.body
    assert claims.lapse_overdue() == 0


@pytest.mark.parametrize("state", ["under_way", "received", "handed_over", "fulfilled"])
def test_what_was_sent_or_received_does_not_lapse(wish, state):
    overdue(make_claim(wish, state=state))

    assert claims.lapse_overdue() == 0


def test_on_the_last_day_itself_it_does_not_lapse(made):
    overdue(made, days=0)

    assert claims.lapse_overdue() == 0


def test_the_clock_is_the_databases_own(made):
    overdue(made)

    with time_machine.travel(datetime(2020, 1, 1, tzinfo=UTC), tick=True):
        assert claims.lapse_overdue() == 1


@pytest.mark.django_db(transaction=True)
def test_lapsed_and_given_up_at_the_same_moment_ends_once(made, wish):
    giver = overdue(made).giver

    lapsed, given_up = press_at_once(
        [claims.lapse_overdue, lambda: claims.give_up(now_of(made), by=giver)]
    )

    won = (lapsed == 1) + (given_up is None)
    assert won == 1 and now_of(wish).state == "open"
    assert TrailEntry.objects.filter(action__in=["claim.lapsed", "claim.given_up"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_clocks_at_once_lapse_it_once(made):
    overdue(made)

    assert sum(press_at_once([claims.lapse_overdue] * 10)) == 1


def test_given_up_too_late_does_not_take_it_from_the_next_giver(made, wish):
    """The first claim lapsed, somebody else has the wish; the old page is still open."""
    old_page = now_of(overdue(made))
    claims.lapse_overdue()
    next_claim = claims.claim(now_of(wish), by=make_giver())

    with pytest.raises(GoodsUnderWay):
        claims.give_up(old_page, by=made.giver)
    assert now_of(wish).state == "claimed" and now_of(next_claim).state == "claimed"


# Reminding -----------------------------------------------------------------------------------


def reminded_on(day):
    with time_machine.travel(datetime(day.year, day.month, day.day, 4, tzinfo=UTC), tick=True):
        return claims.remind()


def test_reminded_on_the_fifth_and_the_ninth_working_day(wish):
    made = make_claim(wish, due_on=add_workdays(MONDAY, 10))
    days = [add_workdays(MONDAY, n) for n in range(1, 11)]

    assert [reminded_on(day) for day in days] == [0, 0, 0, 0, 1, 0, 0, 0, 1, 0]
    words = Notice.objects.filter(user=made.giver, kind="claim.reminded").order_by("created_at")
    assert ["还有 5 个工作日" in words[0].body, "还有 1 个工作日" in words[1].body] == [True, True]


def test_whoever_extends_is_reminded_again_before_the_new_day(wish):
    made = make_claim(wish, due_on=timezone.localdate() + timedelta(days=1), reminded=2)
    claims.extend(made, by=made.giver)

    assert reminded_on(add_workdays(made.due_on, -1)) == 1
    said = Notice.objects.get(user=made.giver, kind="claim.reminded_again").body
    assert "已经延期一次" in said and "可以" not in said


def test_a_clock_that_stood_still_reminds_once(wish):
    make_claim(wish, due_on=add_workdays(MONDAY, 10))

    assert reminded_on(add_workdays(MONDAY, 9)) == 1
    assert reminded_on(add_workdays(MONDAY, 9)) == 0


def test_who_has_sent_is_not_reminded(wish):
    make_claim(wish, due_on=add_workdays(MONDAY, 10), state="under_way")

    assert reminded_on(add_workdays(MONDAY, 9)) == 0


# Coming back ---------------------------------------------------------------------------------


@pytest.fixture
def lapsed(made):
    overdue(made)
    claims.lapse_overdue()
    return now_of(made)


def test_a_lapsed_claim_confirmed_late_is_the_unions_to_decide(lapsed, wish, chen):
    claims.reinstate(lapsed, by=chen)

    back = now_of(lapsed)
    assert back.state == "claimed" and back.ended_at is None
    assert back.due_on == add_workdays(timezone.localdate(), 5)
    assert now_of(wish).state == "claimed"
    assert Notice.objects.filter(user=lapsed.giver, kind="claim.reinstated").exists()


def test_not_when_somebody_else_has_it_by_now(lapsed, wish, chen):
    claims.claim(now_of(wish), by=make_giver())

    with pytest.raises(NotReinstated, match="别人"):
        claims.reinstate(lapsed, by=chen)
    assert now_of(lapsed).state == "lapsed"


def test_neither_the_giver_nor_a_neighbour_brings_it_back(lapsed, lu):
    for person in (lapsed.giver, lu):
        with pytest.raises(NotAllowed):
            claims.reinstate(lapsed, by=person)


def test_only_what_lapsed_comes_back(made, chen):
    claims.give_up(made, by=made.giver)

    with pytest.raises(WrongState):
        claims.reinstate(now_of(made), by=chen)


@pytest.mark.django_db(transaction=True)
def test_brought_back_while_somebody_claims_has_one_winner(lapsed, wish, chen):
    giver, open_wish = make_giver(), now_of(wish)

    answers = press_at_once(
        [
            lambda: claims.reinstate(lapsed, by=chen),
            lambda: claims.claim(open_wish, by=giver),
        ]
    )

    refused = [each for each in answers if isinstance(each, NotReinstated | WishTaken)]
    assert len(refused) == 1 and Claim.objects.live().filter(wish=wish).count() == 1
    assert now_of(wish).state == Wish.State.CLAIMED
