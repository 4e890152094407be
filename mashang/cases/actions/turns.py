"""转到上级办理: a step that nobody at its union may take any more goes up, and the worker is told."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from mashang.cases import notices
from mashang.cases.models import Application
from mashang.core.db.action import action
from mashang.core.each import each_by_itself
from mashang.reviews import actions as reviews
from mashang.reviews.models import Step
from mashang.reviews.turns import place_now

LOOKED_AT_EVERY = timedelta(hours=1)
MOST_AT_ONCE = 500


@action
def move_up(step: Step) -> bool:
    """转到上级办理: False if somebody there may take it after all. The application's row first, as always."""
    applications = Application.objects.select_for_update(of=("self",))
    application = applications.select_related("holder__data_key", "union").get(pk=step.subject_id)
    moved = reviews.move_up(step)
    if moved is not None:
        notices.step_moved(application, moved)
    return moved is not None


def move_stranded() -> int:
    """查看有没有人可办: every open step once an hour, those first that nobody looked at for longest.

    Posts end, kin are declared, colleagues fill in for the worker: what was right when the step opened
    may be wrong now. Returns how many moved.
    """
    now = timezone.now()
    waiting = Step.objects.unscoped(
        why="the clock; only asked whether somebody may take it"
    ).waiting()
    due = waiting.filter(Q(looked_at=None) | Q(looked_at__lt=now - LOOKED_AT_EVERY))
    steps = list(
        due.select_related("flow_step", "union", "review").order_by(
            F("looked_at").asc(nulls_first=True), "pk"
        )[:MOST_AT_ONCE]
    )
    looked = waiting.filter(pk__in=[step.pk for step in steps])
    looked.update(looked_at=now)
    return each_by_itself(lambda step: is_stranded(step) and move_up(step), steps)


def is_stranded(step: Step) -> bool:
    """Whether it lies where it should not, or what it says of that is not true any more."""
    place = place_now(step, timezone.localdate())
    return place.instead_of is not None or place.is_empty != step.has_nobody
