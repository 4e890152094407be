"""统计: the figures of the wall, counted by the clock so that no page has to."""

from django.utils import timezone

from mashang.core.acts import action
from mashang.wishes.models import WallFigures
from mashang.wishes.queries import figures


@action
def count_wall() -> WallFigures:
    """统计心愿墙: one row a day, counted anew during the day."""
    now = timezone.now()
    values = {"counted_at": now, "figures": figures.count()}
    row, _ = WallFigures.objects.update_or_create(day=timezone.localdate(), defaults=values)
    return row
