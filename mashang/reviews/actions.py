"""What can happen to a review. This room knows steps, people and days; it does not know of what."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing, register
from mashang.core.errors import DomainError, Invalid, Missing, NotAllowed, WrongState
from mashang.core.models import DataKey
from mashang.reference.workdays import add_workdays
from mashang.reviews.models import Decision, Flow, FlowStep, Review, Seat, Step
from mashang.reviews.queries import flow_for, responsible_union
from mashang.unions.locks import lock_standing
from mashang.unions.models import Union
from mashang.unions.roles import Permission, require

if TYPE_CHECKING:
    from mashang.accounts.models import User

DEFAULT_FLOWS = Path(__file__).parent / "data" / "flows.json"
Outcome = Decision.Outcome


class NoFlow(DomainError):
    code = "no_flow"
    message = N_(
        "当地工会还没有设置审核流程，暂时不能提交；您填写的内容已保存，请拨打工会热线 12351"
    )


class StepTaken(WrongState):
    code = "step_taken"
    message = N_("来晚一步，这个环节刚刚由同事办理了")


class SeatTaken(NotAllowed):
    code = "seat_taken"
    message = N_("您已审核过这件申请的另一个环节；每一级要由不同的人审核，请交给同事办理")


class FlowStartsTwice(WrongState):
    code = "flow_starts_twice"
    message = N_("这一天已经登记过一次流程，请换一个生效日期")


register("flow_starts_once", FlowStartsTwice)
register("review_has_one_open_step", StepTaken)
register("nobody_decides_two_steps", SeatTaken)


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
def open_review(subject_id: UUID, *, kind: str, union: Union, by: "User") -> Step:
    """开始审核: the first step of the flow in force opens at the union whose turn it is."""
    flow = flow_for(union, kind, timezone.localdate())
    first = flow.steps.first() if flow else None
    if flow is None or first is None:
        raise NoFlow
    review = Review.objects.create(
        flow=flow, union=union, union_path=union.path, subject_id=subject_id
    )
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
    _take_seat(step, by)
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


def _take_seat(step: Step, by: "User") -> None:
    """One person, one deciding step: the seat is kept through all rounds."""
    if not step.flow_step.decides:
        return
    seat, _ = Seat.objects.get_or_create(
        review_id=step.review_id, user=by, defaults={"flow_step": step.flow_step}
    )
    if seat.flow_step_id != step.flow_step_id:
        raise SeatTaken


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
    union = lock_standing(responsible_union(review.union, flow_step.level, today))
    return Step.objects.create(
        review=review, flow_step=flow_step, round=review.round, union=union,
        union_path=union.path, subject_id=review.subject_id, work=flow_step.work,
        due_on=add_workdays(today, flow_step.workdays),
    )  # fmt: skip
