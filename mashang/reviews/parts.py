"""What follows in this room when a verb of several rooms is done."""

from typing import TYPE_CHECKING

from mashang.core.audit.trail import record
from mashang.core.days import day_of
from mashang.core.db.locks import locked
from mashang.reference.workdays import Calendar, recounted
from mashang.reviews.models import Step

if TYPE_CHECKING:
    from mashang.accounts.models import User


def recount_steps(before: Calendar, *, by: "User") -> list[Step]:
    """重算时限 of every open step; returns those whose last day has moved."""
    waiting = Step.objects.unscoped(why="the calendar holds for everybody").waiting()
    return [step for step in locked(waiting.select_related("union")) if _moved(step, before, by)]


def _moved(step: Step, before: Calendar, by: "User") -> bool:
    due_on = recounted(day_of(step.moved_at or step.created_at), step.due_on, before)
    if due_on == step.due_on:
        return False
    step.due_on = due_on
    step.save(update_fields=["due_on"])
    record("review.term_moved", step, by=by, union=step.union, due_on=due_on)
    return True
