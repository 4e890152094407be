"""送达: parcels, their check on arrival, and the hand-over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.notices.models import Notice
from mashang.wishes.actions import claims, deliveries
from mashang.wishes.models import Claim, Handover, Parcel
from mashang.wishes.refusals import (
    AlreadyHandedOver,
    NothingReceived,
    NotSendable,
    ParcelOpen,
)
from tests.builders import make_worker
from tests.crowd import lock_off, press_at_once
from tests.wishes.builders import make_giver, make_organisation
from tests.wishes.deliveries import GOOD, claimed, fresh, handed_over, received, sent

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def claim(branch_a):
    return claimed(branch_a)


def test_goods_go_from_the_giver_to_the_union_to_the_family(claim, chen):
    parcel = sent(claim, mode="courier", carrier="顺丰", tracking="SF100")
    assert fresh(claim).state == Claim.State.UNDER_WAY

    deliveries.pass_parcel(parcel, by=chen, **GOOD)
    assert fresh(claim).state == Claim.State.RECEIVED

    handover = deliveries.hand_over(claim, handed_on=TODAY(), words="送到家里", by=chen)
    assert fresh(claim).state == Claim.State.HANDED_OVER and handover.handed_by == chen


def test_each_is_told_what_concerns_them(claim, chen):
    handed_over(claim, chen)

    told = Notice.objects.filter(user=claim.giver).values_list("kind", flat=True)
    assert set(told) == {"parcel.passed", "claim.with_the_family"}
    assert Notice.objects.get(user=claim.wish.holder.user, kind="claim.handed_over")
    assert Notice.objects.get(user=chen, kind="parcel.sent")


def test_a_colleague_of_the_organisation_may_send_too(branch_a):
    one, two = make_giver(), make_giver()
    organisation = make_organisation(branch_a["county"], one)
    organisation.representatives.create(user=two, role="member")
    claim = claimed(branch_a, one)
    Claim.objects.filter(pk=claim.pk).update(kind="organisation", organisation=organisation)

    assert deliveries.send(claim, mode="in_person", goods="电饭煲", by=two)


def test_a_stranger_sends_nothing_and_a_giver_checks_nothing(claim, lu):
    with pytest.raises(Missing):
        deliveries.send(claim, mode="in_person", goods="电饭煲", by=make_worker("路人"))
    parcel = sent(claim)

    for nobody in (claim.giver, lu, claim.wish.holder.user):
        with pytest.raises(NotAllowed):
            deliveries.pass_parcel(parcel, by=nobody, **GOOD)
        with pytest.raises(NotAllowed):
            deliveries.hand_over(claim, handed_on=TODAY(), by=nobody)


def test_a_courier_parcel_needs_what_it_can_be_found_by(claim):
    with pytest.raises(Invalid) as refusal:
        sent(claim, mode="courier")

    assert set(refusal.value.fields) == {"carrier", "tracking"}


def test_the_same_parcel_told_twice_stays_one(claim):
    assert sent(claim) == sent(claim) and Parcel.objects.count() == 1


def test_what_is_not_new_does_not_pass(claim, chen):
    parcel = sent(claim)

    with pytest.raises(Invalid):
        deliveries.pass_parcel(parcel, by=chen, **GOOD | {"is_new": False})
    assert Parcel.objects.get().state == Parcel.State.SENT


def test_a_rejected_parcel_gives_the_giver_days_enough_to_replace_it(claim, chen):
    Claim.objects.filter(pk=claim.pk).update(due_on=TODAY() - timedelta(days=1))

    parcel = deliveries.reject_parcel(sent(claim), why="是旧的", by=chen)

    now = fresh(claim)
    assert now.state == Claim.State.CLAIMED and now.due_on > TODAY()
    assert Notice.objects.filter(user=claim.giver, kind="parcel.rejected").exists()
    assert deliveries.return_parcel(parcel, by=chen).state == Parcel.State.RETURNED


def test_a_rejection_says_why(claim, chen):
    with pytest.raises(Invalid):
        deliveries.reject_parcel(sent(claim), why=" ", by=chen)


def test_a_claim_stays_under_way_while_another_parcel_is(claim, chen):
    first, second = sent(claim, goods="锅"), sent(claim, goods="碗")

    deliveries.reject_parcel(first, why="是旧的", by=chen)
    assert fresh(claim).state == Claim.State.UNDER_WAY
    with pytest.raises(ParcelOpen):
        deliveries.hand_over(claim, handed_on=TODAY(), by=chen)

    deliveries.pass_parcel(second, by=chen, **GOOD)
    assert fresh(claim).state == Claim.State.RECEIVED


def test_nothing_is_handed_over_that_did_not_arrive(claim, chen):
    with pytest.raises(NothingReceived):
        deliveries.hand_over(claim, handed_on=TODAY(), by=chen)


def test_a_service_is_handed_over_without_a_parcel(branch_a, chen):
    alone = claimed(branch_a, delivery_mode="service")
    deliveries.hand_over(alone, handed_on=TODAY(), by=chen)
    announced = claimed(branch_a, delivery_mode="service")
    parcel = sent(announced, mode="service", goods="周六上午上门理发")

    deliveries.hand_over(announced, handed_on=TODAY(), by=chen)

    assert Handover.objects.count() == 2
    assert Parcel.objects.get(pk=parcel.pk).state == Parcel.State.PASSED


def test_what_is_brought_to_the_counter_is_taken_in_at_once(claim, chen):
    parcel = deliveries.take_in(claim, mode="in_person", goods="电饭煲", by=chen)

    assert parcel.state == Parcel.State.PASSED and fresh(claim).state == Claim.State.RECEIVED


def test_at_a_fair_goods_are_handed_out_in_one_step(claim, chen):
    deliveries.hand_out(claim, goods="电饭煲", by=chen)

    assert fresh(claim).state == Claim.State.HANDED_OVER


@pytest.mark.parametrize("days", [1, -30])
def test_a_hand_over_is_neither_ahead_nor_before_the_claim(claim, chen, days):
    received(claim, chen)

    with pytest.raises(Invalid) as refusal:
        deliveries.hand_over(claim, handed_on=TODAY() + timedelta(days=days), by=chen)
    assert refusal.value.fields["handed_on"]


def test_nothing_is_sent_or_taken_in_after_the_hand_over(claim, chen):
    handed_over(claim, chen)

    for late in (
        lambda: sent(claim),
        lambda: deliveries.take_in(claim, mode="event", goods="锅", by=chen),
    ):
        with pytest.raises(NotSendable):
            late()
    with pytest.raises(WrongState):
        deliveries.hand_over(claim, handed_on=TODAY(), by=chen)


def test_a_parcel_is_checked_once(claim, chen):
    parcel = sent(claim)
    deliveries.pass_parcel(parcel, by=chen, **GOOD)

    with pytest.raises(WrongState):
        deliveries.reject_parcel(parcel, why="又不行了", by=chen)


def test_a_parcel_of_a_revoked_claim_can_still_be_sent_back(claim, chen):
    parcel = sent(claim)
    Claim.objects.filter(pk=claim.pk).update(state="revoked", ended_why="重复")

    deliveries.reject_parcel(parcel, why="认领已撤销", by=chen)

    assert fresh(claim).state == Claim.State.REVOKED
    assert Parcel.objects.get().state == Parcel.State.REJECTED


@pytest.mark.django_db(transaction=True)
def test_twenty_colleagues_at_once_hand_over_once(claim, chen):
    received(claim, chen)

    press_at_once([lambda: deliveries.hand_over(claim, handed_on=TODAY(), by=chen)] * 20)

    assert Handover.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_giving_up_and_sending_at_once_one_wins(claim):
    def give_up():
        return claims.give_up(fresh(claim), by=claim.giver)

    stale = fresh(claim)  # both pages were open before either was pressed
    press_at_once([lambda: sent(stale), give_up] * 6)

    now = fresh(claim)
    won = (now.state, now.wish.state, Parcel.objects.count())
    assert won in {("under_way", "claimed", 1), ("given_up", "open", 0)}


@pytest.mark.django_db(transaction=True)
def test_without_locks_the_constraint_still_keeps_one_handover(claim, chen):
    received(claim, chen)

    with lock_off():
        answers = press_at_once(
            [lambda: deliveries.hand_over(claim, handed_on=TODAY(), by=chen)] * 8
        )

    assert Handover.objects.filter(undone_at=None).count() == 1
    assert all(isinstance(answer, Handover | Exception) for answer in answers)
    assert AlreadyHandedOver.code == "already_handed_over"
