"""What can happen to a review. This room knows steps, people and days; it does not know of what."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.core.models import DataKey
from mashang.reference.workdays import add_workdays
from mashang.reviews import notices
from mashang.reviews.models import Decision, Flow, FlowStep, Review, Seat, Step
from mashang.reviews.queries import flow_for
from mashang.reviews.refusals import NoFlow, StepTaken
from mashang.reviews.turns import barred, place_for, place_now, seats_of
from mashang.unions.locks import lock_standing
from mashang.unions.models import Union
from mashang.unions.roles import Permission, require

if TYPE_CHECKING:
    from mashang.accounts.models import User

DEFAULT_FLOWS = Path(__file__).parent / "data" / "flows.json"
Outcome = Decision.Outcome


# Flows ------------------------------------------------------------------------------


@action
def set_flow(
    union: Union,
    kind: str,
    *,
    steps: Sequence[Mapping[str, Any]],
    source: str,
    by: "User | None",
    valid_from: date | None = None,
) -> Flow:
    """设置流程: from that day on, new reviews of the union and below it run these steps.

    Reviews under way keep the flow with which they began. `by` is None for the set-up only.
    """
    if by is not None:
        require(by, Permission.RULE_MANAGE, at=union)
    valid_from = valid_from or timezone.localdate()
    earlier = Flow.objects.filter(union=union, kind=kind, valid_to=None, valid_from__lt=valid_from)
    earlier.update(valid_to=valid_from - timedelta(days=1))
    with refusing():
        flow = Flow.objects.create(union=union, kind=kind, source=source, valid_from=valid_from)
    FlowStep.objects.bulk_create(
        FlowStep(flow=flow, order=order, **step) for order, step in enumerate(steps, start=1)
    )
    record("flow.set", flow, by=by, union=union, kind=kind, steps=len(steps))
    return flow


@action
def retime_flow(
    flow: Flow,
    *,
    at: Union,
    times: Mapping[int, Mapping[str, int]],
    source: str,
    valid_from: date,
    by: "User",
) -> Flow:
    """改办理时限: the steps of `flow` with other working days and numbers of people, for one branch.

    `times` maps a step's order to its `workdays` and `people`.
    """
    if valid_from <= timezone.localdate():
        raise Invalid(fields={"valid_from": N_("从明天或以后生效；今天的申请仍按原来的流程办")})
    steps = [{**_as_data(step), **times.get(step.order, {})} for step in flow.steps.all()]
    return set_flow(at, flow.kind, steps=steps, source=source, by=by, valid_from=valid_from)


def _as_data(step: FlowStep) -> dict[str, Any]:
    names = (
        "work", "name", "level", "permission", "workdays", "people", "papers", "shows", "decides",
        "may_send_back", "may_refuse",
    )  # fmt: skip
    return {name: getattr(step, name) for name in names}


@action
def install_default_flows(
    union: Union, *, by: "User | None" = None, valid_from: date | None = None
) -> list[Flow]:
    """The flows that the house ships, at the top of a tree; unions below may set their own."""
    shipped = json.loads(DEFAULT_FLOWS.read_text(encoding="utf-8"))
    return [
        set_flow(union, kind, **flow, by=by, valid_from=valid_from)
        for kind, flow in shipped.items()
    ]


# Reviews ----------------------------------------------------------------------------


@action
def open_review(
    subject_id: UUID, *, kind: str, union: Union, by: "User", filled_by: Iterable["User"] = ()
) -> Step:
    """开始审核: the first step of the flow in force opens at the union whose turn it is.

    `filled_by`: the colleagues who filled in for the worker (代办).
    """
    flow = flow_for(union, kind, timezone.localdate())
    first = flow.steps.first() if flow else None
    if flow is None or first is None:
        raise NoFlow
    review = Review.objects.create(
        flow=flow, union=union, union_path=union.path, subject_id=subject_id
    )
    for helper in filled_by:
        _sit_down(review, helper, has_filled_in=True)
    step = _open_step(review, first)
    record("review.opened", review, by=by, union=union, kind=kind)
    return step


@action
def decide(
    step: Step,
    *,
    outcome: str,
    by: "User",
    data_key: DataKey,
    opinion: str = "",
    reason_code: str = "",
    missing: Sequence[str] = (),
) -> Review:
    """审核: one person closes one step, and the review goes on, back to the worker, or ends.

    The review's row lock lets one colleague through at a time and the compare-and-set of the step
    stands behind it; the later one is told who was first. `data_key` seals the opinion.
    """
    review, step = _locked_with(step)
    require(by, Permission(step.flow_step.permission), at=step.union)
    _refuse_if_closed(step)
    _check_outcome(step.flow_step, outcome, reason_code, missing)
    _take_seat(step, by, outcome)
    now = timezone.now()
    step.transition_to(Step.State.DONE, closed_at=now)
    Decision.objects.create(
        step=step, review=review, round=step.round, by=by, outcome=outcome, opinion=opinion,
        data_key=data_key, reason_code=reason_code, missing=list(missing), decided_at=now,
    )  # fmt: skip
    _go_on(review, step.flow_step, outcome)
    record("review.decided", review, by=by, union=step.union, work=step.work, outcome=outcome)
    return review


@action
def resume(subject_id: UUID, *, by: "User") -> Step:
    """补正后再审: the step that sent it back opens again, in a new round."""
    review = _locked(subject_id)
    review.transition_to(Review.State.OPEN, round=review.round + 1)
    sent_back = review.decisions.filter(outcome=Outcome.SEND_BACK).latest("decided_at")
    step = _open_step(review, sent_back.step.flow_step)
    record("review.resumed", review, by=by, union=review.union, round=review.round)
    return step


@action
def stop(subject_id: UUID, *, by: "User") -> Review:
    """终止审核: the subject is withdrawn; whatever lies open is dropped from the work lists."""
    review = _locked(subject_id)
    review.transition_to(Review.State.STOPPED)
    for step in review.steps.filter(state=Step.State.OPEN):
        step.transition_to(Step.State.DROPPED, closed_at=timezone.now())
    record("review.stopped", review, by=by, union=review.union)
    return review


# Who has a hand in it, and where it lies ---------------------------------------------


@action
def take_part(subject_id: UUID, *, by: "User", step: Step | None = None) -> None:
    """经手: the work of a step (核查、评议…), or without one, filling in for the worker after it was submitted.

    Nothing while no review has begun: who filled in is told when it is opened.
    """
    review = Review.objects.select_for_update(of=("self",)).filter(subject_id=subject_id).first()
    if review is not None:
        _sit_down(review, by, step.flow_step if step else None, has_filled_in=step is None)


@action
def move_up(step: Step) -> Step | None:
    """转到上级办理: where nobody is left who may take the open step, the nearest union above has its turn, with
    the whole term. Returns the step if it has moved; if nobody above may either, the administrators are told."""
    _, step = _locked_with(step)
    if step.state != Step.State.OPEN:
        return None
    today, now = timezone.localdate(), timezone.now()
    place = place_now(step, today)
    if place.instead_of is None:
        _note_nobody(step, place.is_empty)
        return None
    union, left = lock_standing(place.union), step.union
    step.union, step.union_path, step.instead_of = union, union.path, step.instead_of or left
    step.due_on, step.has_nobody = add_workdays(today, step.flow_step.workdays), False
    step.moved_at = step.looked_at = now
    step.save(update_fields=[
        "union", "union_path", "instead_of", "due_on", "moved_at", "has_nobody", "looked_at",
    ])  # fmt: skip
    record("review.moved_up", step, by=None, union=union, left=str(left.pk), due_on=step.due_on)
    return step


def _note_nobody(step: Step, is_empty: bool) -> None:
    is_news = is_empty and not step.has_nobody
    step.has_nobody, step.looked_at = is_empty, timezone.now()
    step.save(update_fields=["has_nobody", "looked_at"])
    if is_news:
        notices.nobody_may(step)


# Inside -----------------------------------------------------------------------------


def _locked(subject_id: UUID) -> Review:
    reviews = Review.objects.select_for_update(of=("self",)).select_related("union")
    review = reviews.filter(subject_id=subject_id).first()
    if review is None:
        raise Missing
    return review


def _locked_with(step: Step) -> tuple[Review, Step]:
    """The review is the lock: deciding, resuming and stopping stand in one queue."""
    review = _locked(step.subject_id)
    step = Step.objects.select_related("flow_step", "union").get(pk=step.pk, review=review)
    step.review = review
    return review, step


def _refuse_if_closed(step: Step) -> None:
    if step.state == Step.State.OPEN:
        return
    first = Decision.objects.select_related("by").filter(step=step).first()
    if first is None:
        raise StepTaken(message=N_("这件申请已由申请人撤回，不用再办理"))
    at = timezone.localtime(first.decided_at)
    words = _(
        "来晚一步：%(union)s的%(name)s已于 %(at)s 办理“%(step)s”，结论是“%(outcome)s”。请刷新页面看最新情况"
    )
    raise StepTaken(
        message=words
        % {
            "union": step.union.name,
            "name": first.by.name,
            "at": f"{at:%H:%M}",
            "step": _(step.flow_step.name),
            "outcome": _(first.get_outcome_display()),
        },
        decided_by=str(first.by_id),
    )


def _check_outcome(
    flow_step: FlowStep, outcome: str, reason_code: str, missing: Sequence[str]
) -> None:
    if outcome not in Outcome.values:
        raise Invalid(fields={"outcome": N_("请选择审核结论")})
    if outcome == Outcome.SEND_BACK and not flow_step.may_send_back:
        raise WrongState(message=_("“%(step)s”不能退回补正") % {"step": _(flow_step.name)})
    if outcome == Outcome.REFUSE and not flow_step.may_refuse:
        words = _("“%(step)s”不能作出不予通过的决定")
        raise WrongState(message=words % {"step": _(flow_step.name)})
    if outcome == Outcome.SEND_BACK and not missing:
        raise Invalid(fields={"missing": N_("请写明要补哪些材料或更正哪些内容")})
    if outcome == Outcome.REFUSE and not reason_code:
        raise Invalid(fields={"reason_code": N_("请选择不予通过的原因")})


def _take_seat(step: Step, by: "User", outcome: str) -> None:
    """One person, one deciding step, by whichever account: the seat is kept through all rounds."""
    _sit_down(step.review, by, step.flow_step)
    if refusal := barred(step.flow_step, seats_of(step, by), outcome):
        raise refusal


def _sit_down(
    review: Review, user: "User", flow_step: FlowStep | None = None, *, has_filled_in: bool = False
) -> Seat:
    """The one seat of this person; what they did once is not undone by what they do later."""
    seat, is_new = Seat.objects.get_or_create(
        review=review,
        user=user,
        defaults={"flow_step": flow_step, "has_filled_in": has_filled_in},
    )
    if is_new:
        return seat
    seat.has_filled_in = seat.has_filled_in or has_filled_in
    seat.flow_step = seat.flow_step or flow_step
    seat.save(update_fields=["has_filled_in", "flow_step"])
    return seat


def _go_on(review: Review, done: FlowStep, outcome: str) -> None:
    if outcome == Outcome.SEND_BACK:
        review.transition_to(Review.State.RETURNED)
    elif outcome == Outcome.REFUSE:
        review.transition_to(Review.State.REFUSED)
    elif following := review.flow.steps.filter(order__gt=done.order).first():
        _open_step(review, following)
    else:
        review.transition_to(Review.State.APPROVED)


def _open_step(review: Review, flow_step: FlowStep) -> Step:
    today = timezone.localdate()
    place = place_for(review, flow_step, today)
    union = lock_standing(place.union)
    step = Step.objects.create(
        review=review, flow_step=flow_step, round=review.round, union=union,
        union_path=union.path, subject_id=review.subject_id, work=flow_step.work,
        due_on=add_workdays(today, flow_step.workdays), instead_of=place.instead_of,
        has_nobody=place.is_empty, looked_at=timezone.now(),
    )  # fmt: skip
    if place.is_empty:
        notices.nobody_may(step)
    return step
