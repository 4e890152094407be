"""补正后再审、终止审核."""

from uuid import uuid4

import pytest

from mashang.core.errors import Missing, WrongState
from mashang.reviews import actions
from mashang.reviews.models import Decision, Review, Step
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff, make_worker
from tests.crowd import press_at_once
from tests.reviews.builders import approve, decide, next_of, open_one_off

SEND_BACK = Decision.Outcome.SEND_BACK


@pytest.fixture
def step(branch_a, li):
    return open_one_off(branch_a, by=li)


@pytest.fixture
def clerk(branch_a):
    return make_staff("周敏", branch_a["own"], Role.CLERK)


def test_after_mending_the_same_step_opens_again_in_a_new_round(step, clerk, branch_a, li):
    approve(step, clerk)
    reviewer = make_staff("何平", branch_a["town"], Role.REVIEWER)
    decide(next_of(step), reviewer, SEND_BACK, missing=["诊断证明"])

    again = actions.resume(step.subject_id, by=li)

    assert (again.work, again.round, again.union) == ("recheck", 2, branch_a["town"])
    assert again.review.state == Review.State.OPEN


def test_what_was_not_sent_back_cannot_be_resumed(step, li):
    with pytest.raises(WrongState):
        actions.resume(step.subject_id, by=li)


def test_mended_twice_opens_one_step(step, clerk, li):
    decide(step, clerk, SEND_BACK, missing=["户口簿"])
    actions.resume(step.subject_id, by=li)
    with pytest.raises(WrongState):
        actions.resume(step.subject_id, by=li)


def test_a_withdrawn_review_leaves_nothing_on_the_work_lists(step, li):
    review = actions.stop(step.subject_id, by=li)

    assert review.state == Review.State.STOPPED
    assert not Step.objects.waiting().exists()


def test_a_review_that_waits_for_the_worker_can_be_stopped(step, clerk, li):
    decide(step, clerk, SEND_BACK, missing=["户口簿"])
    assert actions.stop(step.subject_id, by=li).state == Review.State.STOPPED


def test_a_finished_review_cannot_be_stopped(step, clerk, li):
    decide(step, clerk, Decision.Outcome.REFUSE, reason_code="X2")
    with pytest.raises(WrongState):
        actions.stop(step.subject_id, by=li)


def test_stopping_twice_is_told(step, li):
    actions.stop(step.subject_id, by=li)
    with pytest.raises(WrongState):
        actions.stop(step.subject_id, by=li)


def test_a_review_that_never_was_is_missing(db, li):
    with pytest.raises(Missing):
        actions.stop(uuid4(), by=li)


@pytest.mark.django_db(transaction=True)
def test_withdrawing_while_ten_colleagues_decide_ends_in_one_clear_state():
    branch, li = make_branch(), make_worker()
    step = open_one_off(branch, by=li)
    colleagues = [make_staff(f"同事{n}", branch["own"], Role.CLERK) for n in range(10)]

    press_at_once(
        [lambda by=by: approve(step, by) for by in colleagues]
        + [lambda: actions.stop(step.subject_id, by=li)]
    )

    review = Review.objects.get()
    assert review.state == Review.State.STOPPED  # first or last, the withdrawal holds
    assert Decision.objects.count() <= 1 and not Step.objects.waiting().exists()
