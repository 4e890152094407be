"""反映问题: raised by the family, answered by another colleague within five working days."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.actions import complaints, confirmations, deliveries
from mashang.wishes.models import Claim, Complaint, Handover
from mashang.wishes.refusals import ComplaintOpen, NotTheOneWhoHandedOver
from tests.builders import make_staff, make_worker
from tests.crowd import press_at_once
from tests.wishes.deliveries import fresh, make_helper

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(handed):
    return handed


@pytest.fixture
def worker(claim):
    return claim.wish.holder.user


@pytest.fixture
def other(branch_a):
    """A colleague who did not hand over."""
    return make_staff("何敏", branch_a["county"], Role.CLERK)


@pytest.fixture
def complaint(claim, worker):
    return complaints.raise_complaint(claim, kind="not_received", words="没有收到", by=worker)


def test_the_union_has_five_working_days(claim, worker, other):
    with time_machine.travel(date(2026, 11, 20), tick=False):  # a Friday
        complaint = complaints.raise_complaint(claim, kind="not_received", by=worker)

    assert complaint.due_on == date(2026, 11, 27)
    assert Notice.objects.filter(user=other, kind="problem.raised").exists()


def test_helper_and_giver_may_speak_up_and_strangers_not(claim, chen):
    complaints.raise_complaint(claim, kind="other", by=make_helper(claim, make_worker("黄志强")))
    complaints.raise_complaint(claim, kind="conduct", by=claim.giver)

    for nobody in (chen, make_worker("路人")):
        with pytest.raises(Missing):
            complaints.raise_complaint(claim, kind="other", by=nobody)


def test_what_the_union_finds_true_is_handed_over_anew(claim, complaint, worker, other):
    complaints.answer(complaint, words="送错了门，明天重新送", is_accepted=True, by=other)

    assert fresh(claim).state == Claim.State.RECEIVED
    assert Handover.objects.get().undone_at
    assert Notice.objects.filter(user=worker, kind="problem.answered").exists()
    deliveries.hand_over(claim, handed_on=timezone.localdate(), by=other)
    confirmations.confirm(claim, by=worker)
    assert Handover.objects.filter(confirmed_at=None).count() == 1


def test_what_it_finds_untrue_leaves_the_hand_over_standing(claim, complaint, other):
    complaints.answer(complaint, words="家里老人已代收", by=other)

    assert fresh(claim).state == Claim.State.HANDED_OVER
    assert Complaint.objects.get().is_accepted is False


def test_who_handed_over_does_not_judge_what_the_family_says(complaint, chen):
    with pytest.raises(NotTheOneWhoHandedOver):
        complaints.answer(complaint, words="我送到了", by=chen)


def test_others_answer_nothing(complaint, lu, worker):
    for nobody in (lu, worker):
        with pytest.raises(NotAllowed):
            complaints.answer(complaint, words="x", by=nobody)


def test_an_answer_has_words_and_is_given_once(complaint, other):
    with pytest.raises(Invalid):
        complaints.answer(complaint, words=" ", by=other)
    complaints.answer(complaint, words="已核实", by=other)

    with pytest.raises(WrongState):
        complaints.answer(Complaint.objects.get(), words="再答一次", by=other)


def test_a_person_raises_one_complaint_at_a_time(claim, complaint, worker):
    with pytest.raises(ComplaintOpen):
        complaints.raise_complaint(claim, kind="other", by=worker)


def test_after_the_clocks_yes_the_family_is_still_heard(claim, worker, other):
    confirmations.confirm(claim, by=worker)
    complaint = complaints.raise_complaint(claim, kind="wrong_goods", by=worker)

    complaints.answer(complaint, words="已联系厂家换货", is_accepted=True, by=other)

    assert fresh(claim).state == Claim.State.FULFILLED


def test_of_a_claim_that_ended_there_is_nothing_to_say(claim, worker):
    Claim.objects.filter(pk=claim.pk).update(state="revoked", ended_why="x")

    with pytest.raises(Missing):
        complaints.raise_complaint(claim, kind="other", by=worker)


@pytest.mark.django_db(transaction=True)
def test_twenty_complaints_at_once_are_one(claim, worker):
    press_at_once([lambda: complaints.raise_complaint(claim, kind="other", by=worker)] * 20)

    assert Complaint.objects.count() == 1
