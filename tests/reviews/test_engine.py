"""The engine as a whole: whatever colleagues and worker press, in whatever order, these hold.

Hypothesis lets a crowd of colleagues press anything at any time on one application for a file, and
asks after each press what must never be otherwise: no step skipped, repeated or decided by two.
"""

from collections import defaultdict
from contextlib import suppress
from unittest.mock import patch
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mashang.core.errors import DomainError
from mashang.reviews import actions
from mashang.reviews.models import Decision, Flow, Review, Step
from mashang.unions.roles import Permission, Role, permissions_at
from tests.builders import make_branch, make_staff, make_worker
from tests.reviews.builders import decide, open_one_off

Outcome = Decision.Outcome
SAID = {
    Outcome.APPROVE: {},
    Outcome.SEND_BACK: {"missing": ["户口簿"]},
    Outcome.REFUSE: {"reason_code": "X2"},
}
PRESSES = st.sampled_from(
    [*[Outcome.APPROVE] * 9, Outcome.SEND_BACK, Outcome.REFUSE]
)  # mostly forward


class Reviewing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()
        branch, self.worker = make_branch(), make_worker()
        self.crowd = [
            make_staff("周敏", branch["own"], Role.CLERK),
            make_staff("吴芳", branch["own"], Role.CLERK, Role.REVIEWER),
            make_staff("何平", branch["town"], Role.REVIEWER),
            make_staff("陈静", branch["county"], Role.CLERK),
            make_staff("万能", branch["county"], Role.CLERK, Role.REVIEWER, Role.APPROVER),
            make_staff("方正", branch["county"], Role.APPROVER),
            make_staff("沈鉴", branch["county"], Role.AUDITOR),
        ]
        self.subject_id: UUID = open_one_off(branch, by=self.worker, kind=Flow.Kind.FILE).subject_id

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.sandbox.__exit__(None, None, None)

    @rule(who=st.integers(0, 6), outcome=PRESSES)
    def press_the_open_step(self, who: int, outcome: Outcome) -> None:
        step = self.steps().filter(state=Step.State.OPEN).first()
        if step:
            self.press(step, who, outcome)

    @rule(which=st.integers(0, 6))
    def somebody_who_may_passes_the_open_step(self, which: int) -> None:
        step = self.steps().filter(state=Step.State.OPEN).first()
        if step:
            needed = Permission(step.flow_step.permission)
            able = [who for who in range(7) if self.may(who, needed, step)]
            self.press(step, able[which % len(able)], Outcome.APPROVE)

    @rule(who=st.integers(0, 6), outcome=PRESSES, place=st.integers(0, 30))
    def press_any_step_that_ever_was(self, who: int, outcome: Outcome, place: int) -> None:
        steps = list(self.steps())
        self.press(steps[place % len(steps)], who, outcome)

    @rule()
    def mend_and_hand_in_again(self) -> None:
        with suppress(DomainError), transaction.atomic():
            actions.resume(self.subject_id, by=self.worker)

    @rule(really=st.integers(0, 9))
    def withdraw(self, really: int) -> None:
        if really == 0:
            with suppress(DomainError), transaction.atomic():
                actions.stop(self.subject_id, by=self.worker)

    def may(self, who: int, needed: Permission, step: Step) -> bool:
        return needed in permissions_at(self.crowd[who], step.union)

    def press(self, step: Step, who: int, outcome: Outcome) -> None:
        with suppress(DomainError), transaction.atomic():
            decide(step, self.crowd[who], outcome, **SAID[outcome])

    @invariant()
    def one_step_is_open_while_the_review_is_and_none_otherwise(self) -> None:
        is_open = self.review().state == Review.State.OPEN
        assert self.steps().filter(state=Step.State.OPEN).count() == int(is_open)

    @invariant()
    def no_step_is_skipped(self) -> None:
        """Before the open step, and before the end of an approved review, all stand approved."""
        passed = {
            decision.step.flow_step.order
            for decision in self.decisions()
            if decision.outcome == Outcome.APPROVE
        }
        review = self.review()
        if review.state == Review.State.APPROVED:
            assert passed == set(review.flow.steps.values_list("order", flat=True))
        for step in self.steps().filter(state=Step.State.OPEN):
            assert passed == set(range(1, step.flow_step.order))

    @invariant()
    def no_step_is_passed_twice(self) -> None:
        passed = [d.step.flow_step_id for d in self.decisions() if d.outcome == Outcome.APPROVE]
        assert len(passed) == len(set(passed))

    @invariant()
    def nobody_decides_two_levels(self) -> None:
        levels = defaultdict(set)
        for decision in self.decisions():
            if decision.step.flow_step.decides:
                levels[decision.by_id].add(decision.step.flow_step_id)
        assert all(len(decided) == 1 for decided in levels.values())

    @invariant()
    def the_auditor_decides_nothing(self) -> None:
        assert all(decision.by_id != self.crowd[-1].pk for decision in self.decisions())

    def review(self) -> Review:
        return Review.objects.select_related("flow").get(subject_id=self.subject_id)

    def steps(self):
        steps = Step.objects.filter(subject_id=self.subject_id).order_by("created_at", "pk")
        return steps.select_related("flow_step", "union")

    def decisions(self):
        return Decision.objects.filter(review__subject_id=self.subject_id).select_related(
            "step__flow_step"
        )


PLAYED = settings(
    max_examples=8,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_whatever_anybody_presses_no_step_is_skipped_repeated_or_decided_twice() -> None:
    run_state_machine_as_test(Reviewing, settings=PLAYED)


@pytest.mark.django_db
def test_without_seats_the_same_play_finds_somebody_on_two_levels() -> None:
    with patch.object(actions, "_take_seat"), pytest.raises(AssertionError):
        run_state_machine_as_test(Reviewing, settings=PLAYED)
