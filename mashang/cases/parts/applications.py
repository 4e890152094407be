"""提交申请: the half of this room; `workflows.submit_application` calls it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.accounts.models import User
from mashang.cases import notices
from mashang.cases.actions import households
from mashang.cases.actions import reviews as review_actions
from mashang.cases.actions.applications import lock_own, require_state
from mashang.cases.form import forms
from mashang.cases.models import Application
from mashang.cases.queries import drafts
from mashang.cases.queries.shown import draft_shown
from mashang.cases.refusals import NotFilled
from mashang.core.audit.trail import record
from mashang.core.numbers import fresh_number
from mashang.core.seen import require_seen
from mashang.reviews import actions as reviews
from mashang.reviews.models import Step as ReviewStep
from mashang.unions.locks import lock_standing

NUMBER_PREFIX = "SQ"
State = Application.State


def submit(application: Application, *, by: User, seen: str | None = None) -> Application:
    """提交: everything is checked once more, the household is entered, the review begins or goes on.

    Raises NotFilled (its fields name the steps), NoFlow, HasLiveApplication, UnionClosed,
    ChangedMeanwhile.
    """
    application = lock_own(application, by)
    require_seen(seen, draft_shown(application))
    if application.state != State.DRAFT:
        return _submit_again(application, by)
    lock_standing(application.union)
    answers = _checked_whole(application)
    application.answers = answers
    application.number = fresh_number(Application, "number", NUMBER_PREFIX)
    application.save(update_fields=["answers", "number", "changed_at"])
    application.transition_to(State.SUBMITTED, submitted_at=timezone.now())
    _enter(application, answers, by)
    helpers = [filler.user for filler in application.fillers.select_related("user")]
    step = reviews.open_review(
        application.pk, kind=application.kind, union=application.union, by=by, filled_by=helpers
    )
    _tell_due(application, notices.SUBMITTED, step, by)
    record("application.submitted", application, by=by, union=application.union)
    return application


def _submit_again(application: Application, by: User) -> Application:
    """补正后再提交: only what was sent back goes on again."""
    if not drafts.is_returned(application):
        require_state(application, State.DRAFT)
    answers = _checked_whole(application)
    application.answers, application.missing = answers, []
    application.save(update_fields=["answers", "missing", "changed_at"])
    _enter(application, answers, by)
    step = reviews.resume(application.pk, by=by)
    review_actions.follow(application, step.review)
    _tell_due(application, notices.RESUBMITTED, step, by)
    record("application.resubmitted", application, by=by, union=application.union)
    return application


def _enter(application: Application, answers: dict[str, Any], by: User) -> None:
    households.sync(application, answers, changed=answers, by=by)
    Application.objects.filter(pk=application.pk).update(main_cause=answers["main_cause"])
    application.main_cause = answers["main_cause"]


def _checked_whole(application: Application) -> dict[str, Any]:
    lacks = drafts.lacks_of(application)
    if lacks:
        words = _("、").join(f"“{_(lack.title)}”" for lack in lacks)
        raise NotFilled(
            message=_("还有 %(n)d 处没有填好：%(words)s。请补好后再提交")
            % {"n": len(lacks), "words": words},
            fields={lack.key: lack.words for lack in lacks},
        )
    return forms.relevant(application.kind, application.answers.reveal())


def _tell_due(application: Application, what: Any, step: ReviewStep, by: User) -> None:
    notices.tell(application, what, by=by, day=f"{step.due_on.month}月{step.due_on.day}日")
