"""审核: one step, one colleague, one decision."""

import pytest
from django.db import DatabaseError

from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.reviews import actions
from mashang.reviews.models import Decision, Review, Seat, Step
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

    with pytest.raises(actions.SeatTaken):
        approve(next_of(step), busy)
    assert next_of(step).work == "recheck"


def test_a_step_that_does_not_decide_takes_no_seat(step, branch_a):
    relax(step, decides=False)
    busy = make_staff("万能", branch_a["county"], Role.CLERK, Role.REVIEWER)
    approve(step, busy)
    approve(next_of(step), busy)

    assert not Seat.objects.exists()


def test_the_same_colleague_may_look_again_at_their_own_step_after_it_was_mended(step, clerk, li):
    decide(step, clerk, SEND_BACK, missing=["户口簿"])
    again = actions.resume(step.subject_id, by=li)

    approve(again, clerk)
    assert Seat.objects.count() == 1


# Wrong state, twice, at once


def test_the_second_colleague_is_told_who_was_first(step, clerk, branch_a):
    approve(step, clerk)

    with pytest.raises(actions.StepTaken) as late:
        decide(step, make_staff("吴迟", branch_a["own"], Role.CLERK), REFUSE, reason_code="X2")
    assert "周敏" in late.value.message and "通过" in late.value.message
    assert Decision.objects.count() == 1


def test_the_same_press_twice_decides_once(step, clerk):
    approve(step, clerk)
    with pytest.raises(actions.StepTaken):
        approve(step, clerk)
    assert Decision.objects.count() == 1


def test_a_step_of_a_withdrawn_application_says_so(step, clerk, li):
    actions.stop(step.subject_id, by=li)
    with pytest.raises(actions.StepTaken) as late:
        approve(step, clerk)
    assert "撤回" in late.value.message


@pytest.mark.django_db(transaction=True)
def test_of_twenty_colleagues_pressing_at_once_one_decides_and_the_others_learn_who():
    step, colleagues = crowded_step()

    answers = press_at_once([lambda by=by: approve(step, by) for by in colleagues])

    assert Decision.objects.count() == 1
    late = [answer for answer in answers if isinstance(answer, actions.StepTaken)]
    assert len(late) == 19
    assert {answer.facts["decided_by"] for answer in late} == {str(Decision.objects.get().by_id)}


@pytest.mark.django_db(transaction=True)
def test_with_the_lock_off_the_race_happens_and_the_constraint_has_the_last_word():
    step, colleagues = crowded_step()

    with lock_off():
        answers = press_at_once([lambda by=by: approve(step, by) for by in colleagues])

    assert Decision.objects.count() == 1
    assert any(isinstance(answer, DatabaseError) for answer in answers)


def crowded_step():
    branch = make_branch()
    step = open_one_off(branch, by=make_worker())
    return step, [make_staff(f"同事{n}", branch["own"], Role.CLERK) for n in range(20)]
