"""重算时限: public notices, new numbers and steps when the calendar has changed. Only `mashang.workflows` may import this."""

from collections.abc import Iterable
from datetime import timedelta

from mashang.accounts.models import User
from mashang.cases import channel_notices, notices
from mashang.cases.actions.publicity import midnight_after
from mashang.cases.models import Application, ChannelChange, Publicity
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


def recount_channel_changes(before: Calendar, *, by: User) -> None:
    """换号换卡: as many working days as the household was told; it hears the new day while it can stop it."""
    waiting = ChannelChange.objects.unscoped(why="every household's term").waiting()
    related = ("holder__union", "holder__data_key", "confirmed_by")
    for change in locked(waiting.filter(effective_on__isnull=False).select_related(*related)):
        begun_on = day_of(change.confirmed_at or change.created_at)
        due_on = change.effective_on or begun_on
        effective_on = recounted(begun_on, due_on, before)
        if effective_on != due_on:
            change.effective_on = effective_on
            change.save(update_fields=["effective_on"])
            record("channel.term_moved", change, by=by, union=change.holder.union, day=effective_on)
            channel_notices.term_moved(change)
