"""统计: the figures of the wall, counted by the clock so that no page has to."""

from datetime import timedelta

from django.utils import timezone

from mashang.core.db.action import action
from mashang.wishes.models import WallFigures
from mashang.wishes.queries import figures

OLD = timedelta(hours=1)


@action
def count_wall() -> WallFigures:
    """统计心愿墙: one row a day, counted anew during the day."""
    values = {"counted_at": timezone.now(), "figures": figures.count()}
    row, _ = WallFigures.objects.update_or_create(day=timezone.localdate(), defaults=values)
    return row


@action
def count_wall_hourly() -> bool:
    """The clock comes often; to count a large wall takes a second."""
    if WallFigures.objects.filter(counted_at__gt=timezone.now() - OLD).exists():
        return False
    count_wall()
    return True
