"""审核: one step, one colleague, one decision."""

from uuid import uuid4

import pytest
from django.db import DatabaseError

from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.reviews import actions, refusals
from mashang.reviews.actions import install_default_flows
from mashang.reviews.models import Decision, FlowStep, Review, Seat, Step
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff, make_worker
from tests.crowd import lock_off, press_at_once
from tests.reviews.builders import approve, decide, next_of, open_one_off, relax

APPROVE, SEND_BACK, REFUSE = Decision.Outcome


@pytest.fixture
def step(branch_a, li):
    return open_one_off(branch_a, by=li)


@pytest.fixture
def clerk(branch_a):
    return make_staff("周敏", branch_a["own"], Role.CLERK)


def test_an_approved_step_hands_the_review_to_the_next_office(step, clerk, branch_a):
    review = approve(step, clerk, opinion="情况属实")

    following = review.steps.get(state=Step.State.OPEN)
    assert (following.work, following.union) == ("recheck", branch_a["town"])
    assert step.decision.opinion.reveal() == "情况属实" and str(step.decision.opinion) != "情况属实"


def test_the_last_approval_ends_the_review(step, clerk, branch_a):
    approve(step, clerk)
    approve(next_of(step), make_staff("何平", branch_a["town"], Role.REVIEWER))
    review = approve(next_of(step), make_staff("方正", branch_a["county"], Role.APPROVER))

    assert review.state == Review.State.APPROVED
    assert not review.steps.filter(state=Step.State.OPEN).exists()


def test_sending_back_waits_for_the_worker_and_says_what_is_missing(step, clerk):
    review = decide(step, clerk, SEND_BACK, missing=["户口簿"])

    assert review.state == Review.State.RETURNED
    assert review.decisions.get().missing == ["户口簿"]


def test_a_refusal_names_its_reason(step, clerk):
    with pytest.raises(Invalid) as refused:
        decide(step, clerk, REFUSE)
    assert "reason_code" in refused.value.fields

    review = decide(step, clerk, REFUSE, reason_code="X2")
    assert review.state == Review.State.REFUSED


def test_sending_back_without_a_word_of_what_is_missing_is_refused(step, clerk):
    with pytest.raises(Invalid) as refused:
        decide(step, clerk, SEND_BACK)
    assert "missing" in refused.value.fields


def test_an_unknown_outcome_is_refused(step, clerk):
    with pytest.raises(Invalid):
        decide(step, clerk, "perhaps")


@pytest.mark.parametrize(
    ("outcome", "also"), [(SEND_BACK, {"missing": ["户口簿"]}), (REFUSE, {"reason_code": "X2"})]
)
def test_a_step_that_may_only_go_forward_is_not_sent_back_or_refused(step, clerk, outcome, also):
    relax(step, may_send_back=False, may_refuse=False)
    with pytest.raises(WrongState):
        decide(step, clerk, outcome, **also)


# Who may not


def test_the_clerk_of_the_county_beside_may_not(step, lu):
    with pytest.raises(NotAllowed):
        approve(step, lu)
    assert not Decision.objects.exists()


def test_an_auditor_of_the_same_union_may_not(step, branch_a):
    with pytest.raises(NotAllowed):
        approve(step, make_staff("沈鉴", branch_a["own"], Role.AUDITOR))


def test_nobody_decides_two_steps_of_one_review(step, branch_a):
    busy = make_staff("万能", branch_a["county"], Role.CLERK, Role.REVIEWER)
    approve(step, busy)

    with pytest.raises(refusals.SeatTaken):
        approve(next_of(step), busy)
    assert next_of(step).work == "recheck"


def test_steps_that_do_not_decide_may_be_closed_by_one_person(step, branch_a):
    relax(step, decides=False)
    busy = make_staff("万能", branch_a["county"], Role.CLERK, Role.REVIEWER)
    approve(step, busy)
    approve(next_of(step), busy)

    assert Seat.objects.get().flow_step == step.flow_step


def test_whoever_closed_a_step_that_does_not_decide_decides_no_later_one(step, branch_a):
    FlowStep.objects.filter(pk=step.flow_step_id).update(decides=False)
    busy = make_staff("万能", branch_a["county"], Role.CLERK, Role.REVIEWER)
    approve(Step.objects.get(pk=step.pk), busy)

    with pytest.raises(refusals.SeatTaken):
        approve(next_of(step), busy)


def test_whoever_did_the_work_of_a_step_decides_no_later_one(step, clerk, branch_a):
    busy = make_staff("万能", branch_a["town"], Role.REVIEWER)
    actions.take_part(step.subject_id, by=busy, step=step)
    approve(step, clerk)

    with pytest.raises(refusals.SeatTaken):
        approve(next_of(step), busy)


# Who filled in for the worker


@pytest.mark.parametrize(
    ("outcome", "also"),
    [(APPROVE, {}), (SEND_BACK, {"missing": ["户口簿"]}), (REFUSE, {"reason_code": "X2"})],
)
def test_whoever_filled_in_decides_whichever_way_on_no_step(branch_a, li, clerk, outcome, also):
    install_default_flows(branch_a["province"])
    step = actions.open_review(
        uuid4(), kind="one_off", union=branch_a["own"], by=li, filled_by=[clerk]
    )
    with pytest.raises(refusals.FilledIn):
        decide(step, clerk, outcome, **also)
    assert not Decision.objects.exists()
    decide(step, make_staff("吴芳", branch_a["own"], Role.CLERK), outcome, **also)


def test_whoever_filled_in_may_close_a_step_that_does_not_decide_but_not_refuse(step, clerk):
    relax(step, decides=False)
    actions.take_part(step.subject_id, by=clerk)

    with pytest.raises(refusals.FilledIn):
        decide(step, clerk, REFUSE, reason_code="X2")
    approve(step, clerk)


def test_whoever_sent_it_back_and_then_mended_it_for_the_worker_looks_at_it_no_more(
    step, clerk, li
):
    decide(step, clerk, SEND_BACK, missing=["户口簿"])
    actions.take_part(step.subject_id, by=clerk)
    again = actions.resume(step.subject_id, by=li)

    with pytest.raises(refusals.FilledIn):
        approve(again, clerk)


def test_the_same_colleague_may_look_again_at_their_own_step_after_it_was_mended(step, clerk, li):
    decide(step, clerk, SEND_BACK, missing=["户口簿"])
    again = actions.resume(step.subject_id, by=li)

    approve(again, clerk)
    assert Seat.objects.count() == 1


# Wrong state, twice, at once


def test_the_second_colleague_is_told_who_was_first(step, clerk, branch_a):
    approve(step, clerk)

    with pytest.raises(refusals.StepTaken) as late:
        decide(step, make_staff("吴迟", branch_a["own"], Role.CLERK), REFUSE, reason_code="X2")
    assert "周敏" in late.value.message and "通过" in late.value.message
    assert Decision.objects.count() == 1


def test_the_same_press_twice_decides_once(step, clerk):
    approve(step, clerk)
    with pytest.raises(refusals.StepTaken):
        approve(step, clerk)
    assert Decision.objects.count() == 1


def test_a_step_of_a_withdrawn_application_says_so(step, clerk, li):
    actions.stop(step.subject_id, by=li)
    with pytest.raises(refusals.StepTaken) as late:
        approve(step, clerk)
    assert "撤回" in late.value.message


@pytest.mark.django_db(transaction=True)
def test_of_twenty_colleagues_pressing_at_once_one_decides_and_the_others_learn_who():
    step, colleagues = crowded_step()

    answers = press_at_once([lambda by=by: approve(step, by) for by in colleagues])

    assert Decision.objects.count() == 1
    late = [answer for answer in answers if isinstance(answer, refusals.StepTaken)]
    assert len(late) == 19
    assert {answer.facts["decided_by"] for answer in late} == {str(Decision.objects.get().by_id)}


@pytest.mark.django_db(transaction=True)
def test_with_the_lock_off_the_race_happens_and_the_constraint_has_the_last_word():
    step, colleagues = crowded_step()

    with lock_off():
        answers = press_at_once([lambda by=by: approve(step, by) for by in colleagues])

    assert Decision.objects.count() == 1
    assert any(isinstance(answer, DatabaseError) for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_deciding_and_mending_for_the_worker_at_once_is_never_one_person_s():
    """Either the seat of the filler is there first, or the decision: never both ways round."""
    step, (clerk, *_) = crowded_step()
    mend = lambda: actions.take_part(step.subject_id, by=clerk)  # noqa: E731

    answers = press_at_once([mend, lambda: approve(step, clerk), mend])

    seat = Seat.objects.get(user=clerk)
    refused = any(isinstance(answer, refusals.FilledIn) for answer in answers)
    assert seat.has_filled_in and refused != Decision.objects.exists()


def crowded_step():
    branch = make_branch()
    step = open_one_off(branch, by=make_worker())
    return step, [make_staff(f"同事{n}", branch["own"], Role.CLERK) for n in range(20)]
