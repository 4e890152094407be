"""What is due in this room: drafts whose 30 days are over are cleared, tails of old numbers and marks of old
households noted, steps that nobody may take go up, new numbers take effect."""

from datetime import timedelta

from django.utils import timezone

from mashang.cases.actions import applications, channels, household_marks, households, turns
from mashang.cases.models import Application

DRAFT_DAYS = 30


def clear_old_drafts() -> int:
    """清理草稿: what was typed and photographed goes; returns how many drafts ended."""
    old = Application.objects.filter(
        state=Application.State.DRAFT,
        changed_at__lt=timezone.now() - timedelta(days=DRAFT_DAYS),
    )
    return sum(applications.expire(application) for application in old.iterator())


TASKS = (
    clear_old_drafts,
    households.note_phone_tails,
    household_marks.mark_old_households,
    turns.move_stranded,
    channels.carry_out_due,
)
