"""办理申请: what a union does with an application, step by step.

The engine (`reviews.actions`) knows steps, people and days. Here stands what is special about a
household in hardship: nobody decides on kin, a step has its gate, the worker sees five states.
The application's row is locked first, the review's second, everywhere in this package.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases import notices
from mashang.cases.actions import files
from mashang.cases.actions.recusal import refuse_kin, wrote_down
from mashang.cases.assessment.for_application import assess_application
from mashang.cases.models import (
    Application,
    Assessment,
    Case,
    Hardship,
    IncomeCheck,
    Publicity,
)
from mashang.cases.preconditions import lacks
from mashang.cases.queries.shown import application_shown
from mashang.cases.reasons import Reason
from mashang.cases.refusals import OwnFinding
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid, WrongState
from mashang.core.seen import require_seen
from mashang.reviews import actions as reviews
from mashang.reviews.models import Decision, FlowStep, Review, Step

if TYPE_CHECKING:
    from mashang.accounts.models import User

Outcome = Decision.Outcome
Work = FlowStep.Work


class NotReady(WrongState):
    code = "gate_shut"
    message = N_("这个环节还不能通过")


@action
def approve(
    step: Step,
    *,
    by: "User",
    opinion: str = "",
    category: str = "",
    level: str = "",
    granted_fen: int | None = None,
    seen: str | None = None,
) -> Application:
    """通过: the gate of the step is open, and the application goes on to the next office.

    The deciding step needs what is granted: category and level for a file, a sum for one-off aid.
    `seen` is the mark of what was read (`queries.shown`). Raises ChangedMeanwhile.
    """
    application = locked_for(step, by=by, seen=seen)
    _check_gate(application, step, opinion)
    _grant(application, step, category, level, granted_fen)
    review = _decide(application, step, by=by, outcome=Outcome.APPROVE, opinion=opinion)
    _after_approval(application, step, by)
    follow(application, review)
    notices.approved(application, step)
    return application


@action
def send_back(
    step: Step,
    *,
    by: "User",
    missing: Sequence[str],
    opinion: str = "",
    seen: str | None = None,
) -> Application:
    """退回补正: the worker is told what is missing; the same step opens again afterwards."""
    application = locked_for(step, by=by, seen=seen)
    named = [item.strip() for item in missing if item.strip()]
    review = _decide(
        application, step, by=by, outcome=Outcome.SEND_BACK, opinion=opinion, missing=named
    )
    _stop_publicity(step)
    application.missing = named
    application.save(update_fields=["missing", "changed_at"])
    follow(application, review)
    notices.sent_back(application, step)
    return application


@action
def refuse(
    step: Step, *, by: "User", reason_code: str, opinion: str = "", seen: str | None = None
) -> Application:
    """不予通过: with a reason that the worker reads, and the right to apply again."""
    application = locked_for(step, by=by, seen=seen)
    if reason_code not in Reason.values:
        raise Invalid(fields={"reason_code": N_("请选择不予通过的原因")})
    if reason_code == Reason.OTHER and not opinion.strip():
        raise Invalid(fields={"opinion": N_("选“其他”时，请在意见里写明原因")})
    if wrote_down(step, by):
        raise OwnFinding
    review = _decide(
        application, step, by=by, outcome=Outcome.REFUSE, opinion=opinion, reason_code=reason_code
    )
    _stop_publicity(step)
    follow(application, review)
    notices.refused(application, step)
    return application


def locked_for(step: Step, *, by: "User", seen: str | None = None) -> Application:
    """The application of a step, locked, for somebody who may have to do with it and has seen it as it is.

    At a step that is closed they are told by whom, whatever else has changed.
    """
    applications = Application.objects.select_for_update(of=("self",))
    application = applications.select_related("holder__data_key", "union").get(pk=step.subject_id)
    refuse_kin(application.holder, by)
    if Step.objects.of_subject(application.pk).waiting().filter(pk=step.pk).exists():
        require_seen(seen, application_shown(application))
    return application


def follow(application: Application, review: Review) -> None:
    """Bring the worker's five states up to where the review stands now."""
    if review.state == Review.State.REFUSED:
        _end(application, Application.Ending.REFUSED)
    elif review.state == Review.State.RETURNED:
        _show(application, Application.State.SUBMITTED)
    elif review.state == Review.State.OPEN:
        _show(application, review.steps.get(state=Step.State.OPEN).flow_step.shows)
    elif application.kind == Application.Kind.ONE_OFF:
        _end(application, Application.Ending.AIDED)


# Inside -----------------------------------------------------------------------------


def _show(application: Application, state: str) -> None:
    if application.state != state:
        application.transition_to(state)


def _check_gate(application: Application, step: Step, opinion: str) -> None:
    # An objection of the last moment holds the notice's row: wait for it, then count.
    Publicity.objects.select_for_update(of=("self",)).filter(step_id=step.pk).first()
    lacking = lacks(application, step)
    if lacking:
        words = _("还不能通过：%(lacks)s") % {"lacks": _("；").join(_(lack) for lack in lacking)}
        raise NotReady(message=words, count=len(lacking))
    differs = IncomeCheck.objects.filter(step_id=step.pk, result=IncomeCheck.Result.DIFFERS)
    if differs.exists() and not opinion.strip():
        raise Invalid(fields={"opinion": N_("核对结果与申报不符，仍要通过的，请在意见里写明理由")})


def _grant(
    application: Application, step: Step, category: str, level: str, granted_fen: int | None
) -> None:
    if step.work != Work.DECISION:
        return
    if application.kind == Application.Kind.FILE:
        _check_grant(category, level)
        application.granted_category, application.granted_level = category, level
    elif not granted_fen:
        raise Invalid(fields={"granted_fen": N_("请填写同意救助的金额")})
    application.granted_fen = granted_fen
    application.save(update_fields=["granted_category", "granted_level", "granted_fen"])


def _check_grant(category: str, level: str) -> None:
    wrong = {}
    if category not in Hardship.values:
        wrong["category"] = N_("请选择困难类别")
    if level not in Case.Level.values:
        wrong["level"] = N_("请选择建档级别")
    if wrong:
        raise Invalid(fields=wrong)


def _decide(
    application: Application,
    step: Step,
    *,
    by: "User",
    outcome: str,
    opinion: str,
    reason_code: str = "",
    missing: Sequence[str] = (),
) -> Review:
    return reviews.decide(
        step, outcome=outcome, by=by, data_key=application.holder.data_key,
        opinion=opinion.strip(), reason_code=reason_code, missing=missing,
    )  # fmt: skip


def _after_approval(application: Application, step: Step, by: "User") -> None:
    if step.work in {Work.ACCEPT, Work.RECHECK}:
        _keep_assessment(application, by)
    elif step.work == Work.PUBLICITY:
        Publicity.objects.of_step(step.pk).get().transition_to(Publicity.State.DONE)
    elif step.work == Work.FILING:
        files.open_case(
            application,
            category=application.granted_category,
            level=application.granted_level,
            by=by,
        )


def _keep_assessment(application: Application, by: "User") -> Assessment:
    """The figures as they stand now; what was mended since the last look makes a new snapshot."""
    result = assess_application(application, application.answers.reveal(), timezone.localdate())
    figures = {
        "standard_fen": result.standard.monthly_fen if result.standard else 0,
        "income_fen": result.income_fen,
        "rigid_fen": result.rigid_fen,
        "persons": result.persons,
        "net_fen": result.net_fen,
        "proposal": result.category or "",
    }
    assessment = application.assessments.filter(is_final=True).order_by("created_at").last()
    if assessment and all(getattr(assessment, name) == value for name, value in figures.items()):
        return assessment
    assessment = Assessment.objects.create(
        application=application, lines=result.as_snapshot(), is_final=True, **figures
    )
    record("assessment.kept", assessment, by=by, union=application.union)
    return assessment


def _stop_publicity(step: Step) -> None:
    for notice in Publicity.objects.of_step(step.pk).filter(state=Publicity.State.SHOWN):
        notice.transition_to(Publicity.State.STOPPED)


def _end(application: Application, ending: str) -> None:
    application.transition_to(Application.State.ENDED, ending=ending, ended_at=timezone.now())
