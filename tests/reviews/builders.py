"""Short words for the tests of this room."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from mashang.accounts.models import User
from mashang.core.privacy.keys import new_data_key
from mashang.reviews import actions
from mashang.reviews.models import Decision, Flow, FlowStep, Review, Step
from mashang.unions.models import Union


def open_one_off(branch: dict[str, Union], *, by: User, kind: str = Flow.Kind.ONE_OFF) -> Step:
    """The first step of a new 临时救助: accept (own) → recheck (town) → decision (county)."""
    if not Flow.objects.exists():
        actions.install_default_flows(branch["province"])
    return actions.open_review(uuid4(), kind=kind, union=branch["own"], by=by)


def decide(step: Step, by: User, outcome: str, **also: Any) -> Review:
    return actions.decide(step, outcome=outcome, by=by, data_key=new_data_key(), **also)


def approve(step: Step, by: User, **also: Any) -> Review:
    return decide(step, by, Decision.Outcome.APPROVE, **also)


def next_of(step: Step) -> Step:
    """The open step of the same review."""
    return Step.objects.get(review_id=step.review_id, state=Step.State.OPEN)


def relax(step: Step, **also: Any) -> None:
    """Change what the flow says of all its steps."""
    FlowStep.objects.filter(flow=step.flow_step.flow).update(**also)
    step.refresh_from_db()


def make_flow(union: Union, *works: str, valid_from: Any = None, **also: Any) -> Flow:
    """A flow of `own` steps that a clerk may take, one for each work."""
    steps = [
        {
            "work": work, "name": FlowStep.Work(work).label, "level": "own",
            "permission": "review.accept", "workdays": 3, "shows": "checking", **also,
        }
        for work in works
    ]  # fmt: skip
    return actions.set_flow(
        union, Flow.Kind.ONE_OFF, steps=steps, source="测试", by=None,
        valid_from=valid_from or timezone.localdate(),
    )  # fmt: skip
