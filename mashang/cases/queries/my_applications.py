"""我的事项: how one's application stands, in five words; where it lies, by when, and what is missing."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import preconditions
from mashang.cases.form.papers import KINDS
from mashang.cases.models import Application, Case
from mashang.cases.queries import drafts
from mashang.cases.queries.access import surviving
from mashang.cases.reasons import Reason
from mashang.core.errors import Missing
from mashang.reference.workdays import workdays_between
from mashang.reviews.models import Decision
from mashang.reviews.queries import Stage, stages
from mashang.unions.models import Union

State = Application.State
HALTED = N_("您撤回了核对收入和财产的同意，审核停在这里。重新同意以后接着办")
TONES = {
    State.DRAFT: "info",
    State.SUBMITTED: "wait",
    State.CHECKING: "wait",
    State.PUBLICITY: "wait",
    State.FILED: "good",
    State.ENDED: "rest",
}


@dataclass(frozen=True)
class Matter:
    """Everything that the page of one application says."""

    application: Application
    word: str
    tone: str
    headline: str
    office: Union
    due_on: date | None = None
    days_left: int | None = None
    missing: list[str] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    is_returned: bool = False
    may_correct: bool = False
    is_live: bool = False
    may_apply_again: bool = False
    is_halted: bool = False


def matters_of(user: User) -> list[Application]:
    """Every application of one's own, the newest first; drafts that were thrown away are not shown."""
    rows = Application.objects.own(user).select_related("union", "holder")
    thrown_away = {"state": State.ENDED, "submitted_at": None}
    return list(rows.exclude(**thrown_away).order_by("-created_at"))


def own_application(user: User, pk: UUID) -> Application:
    rows = Application.objects.own(user).exclude(state=State.DRAFT)
    application = (
        rows.select_related("holder__data_key", "holder__user", "union").filter(pk=pk).first()
    )
    if application is None:
        raise Missing
    return application


def matter_of(application: Application) -> Matter:
    way = stages(application.pk)
    now = next((stage for stage in way if stage.state == "now"), None)
    is_returned = drafts.is_returned(application)
    is_live = application.state in Application.LIVE
    is_halted = is_live and preconditions.is_halted(application)
    due_on = now.due_on if now and is_live and not (is_returned or is_halted) else None
    return Matter(
        application=application,
        word=word_of(application),
        tone="bad" if is_returned else tone_of(application),
        headline=HALTED if is_halted else _headline(application, now, is_returned),
        office=application.union,
        due_on=due_on,
        days_left=workdays_between(timezone.localdate(), due_on) if due_on else None,
        missing=_missing(application) if is_live else [],
        items=_timeline(application, way, is_returned, is_halted),
        is_returned=is_returned,
        may_correct=drafts.may_correct(application),
        is_live=is_live,
        may_apply_again=application.state == State.ENDED or has_file_ended(application),
        is_halted=is_halted,
    )


def word_of(application: Application) -> str:
    """One of the five words, with the reason where it has ended."""
    if application.state == State.ENDED:
        return _("已结束（%(ending)s）") % {"ending": _(application.get_ending_display())}
    if has_file_ended(application):
        return _("已结束（%(ending)s）") % {"ending": _(N_("帮扶档案已办结"))}
    return str(application.get_state_display())


def tone_of(application: Application) -> str:
    if has_file_ended(application):
        return TONES[State.ENDED]
    return TONES[State(application.state)]


def has_file_ended(application: Application) -> bool:
    """Whether it led to a file, and the household has none any more."""
    if application.state != State.FILED:
        return False
    files = Case.objects.of_holder(surviving(application.holder))
    return not files.filter(state=Case.State.ACTIVE).exists()


def _headline(application: Application, now: Stage | None, is_returned: bool) -> str:
    if is_returned:
        return N_("请您补充后再提交，工会才能接着办")
    if has_file_ended(application):
        return N_("您家的帮扶档案已经办结；再遇到难处，可以随时再申请")
    if application.state == State.FILED:
        return N_("您家已经建立帮扶档案，工会会主动联系您")
    if application.state == State.ENDED:
        return _why_ended(application)
    if now is None:
        return N_("工会正在办理")
    return _("现在由%(office)s办理：%(step)s") % {"office": now.office, "step": _(now.name)}


def _missing(application: Application) -> list[str]:
    """What the union has asked for, or else the papers that the form asks for and has not got."""
    asked = [KINDS.get(item, item) for item in application.missing]
    if asked or application.state != State.SUBMITTED:
        return asked
    return drafts.papers_lacking(application)


def _why_ended(application: Application) -> str:
    if application.ending == Application.Ending.WITHDRAWN:
        return N_("您已撤回申请，以后需要可以再申请")
    if application.ending == Application.Ending.AIDED:
        return N_("临时救助已经批准")
    refusal = Decision.objects.filter(
        step__subject_id=application.pk, outcome=Decision.Outcome.REFUSE
    ).first()
    reason = Reason(refusal.reason_code).label if refusal else N_("详见通知")
    return _("很抱歉，这次没有通过。原因：%(reason)s。情况有变化，可以再申请") % {
        "reason": _(reason)
    }


def _timeline(
    application: Application, way: list[Stage], is_returned: bool, is_halted: bool
) -> list[dict[str, Any]]:
    first = {
        "title": N_("您提交了申请"),
        "at": application.submitted_at,
        "state": "done",
        "days_left": None,
    }
    items = [first, *(_item(stage, application, is_returned) for stage in way)]
    if is_halted:
        items = [item | {"days_left": None} for item in items]
    if application.state == State.ENDED:
        items = [item for item in items if item["state"] == "done"]
        items.append(_last(application))
    return items


def _item(stage: Stage, application: Application, is_returned: bool) -> dict[str, Any]:
    is_now = stage.state == "now" and application.state in Application.LIVE
    state = "bad" if is_now and is_returned else stage.state
    left = workdays_between(timezone.localdate(), stage.due_on) if stage.due_on else None
    return {
        "title": _("%(step)s：请您补充") % {"step": _(stage.name)}
        if state == "bad"
        else stage.name,
        "at": stage.closed_on if state == "done" else None,
        "who": stage.office,
        "words": _moved_words(stage),
        "state": state,
        "days_left": left if state == "now" else None,
    }


def _moved_words(stage: Stage) -> str:
    """Why another office does it than one would think."""
    if not stage.instead_of:
        return ""
    words = _("因为%(left)s没有别的人可以办，这一步转到%(now)s办理")
    return words % {"left": stage.instead_of, "now": stage.office}


def _last(application: Application) -> dict[str, Any]:
    good = application.ending == Application.Ending.AIDED
    return {
        "title": word_of(application),
        "at": application.ended_at,
        "state": "done" if good else "bad",
        "days_left": None,
    }
