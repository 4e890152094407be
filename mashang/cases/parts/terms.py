"""重算时限: public notices and steps when the calendar has changed. Only `mashang.workflows` may import this."""

from collections.abc import Iterable
from datetime import timedelta

from mashang.accounts.models import User
from mashang.cases import notices
from mashang.cases.actions.publicity import midnight_after
from mashang.cases.models import Application, Publicity
from mashang.core.audit.trail import record
from mashang.core.days import day_of
from mashang.core.db.locks import locked
from mashang.reference.workdays import Calendar, recounted
from mashang.reviews.models import Step


def tell_moved_steps(steps: Iterable[Step]) -> None:
    """The worker of each is told the new last day."""
    by_subject = {step.subject_id: step for step in steps}
    rows = Application.objects.unscoped(why="each worker is told of the own application")
    for application in rows.filter(pk__in=by_subject).select_related("holder__user", "union"):
        notices.term_moved(application, by_subject[application.pk])


def recount_publicity(before: Calendar, *, by: User) -> None:
    """公示: as many whole working days as were promised; the worker is told when it ends."""
    shown = Publicity.objects.on_show().select_related(
        "application__holder__user", "application__union"
    )
    for notice in locked(shown):
        last = day_of(notice.ends_at) - timedelta(days=1)
        ends_at = midnight_after(recounted(day_of(notice.starts_at), last, before))
        if ends_at != notice.ends_at:
            notice.ends_at = ends_at
            notice.save(update_fields=["ends_at"])
            union = notice.application.union
            record("publicity.term_moved", notice, by=by, union=union, ends_at=ends_at)
            notices.publicity_moved(notice.application, notice)
