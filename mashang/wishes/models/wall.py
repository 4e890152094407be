"""墙上的数字: what the clock counted; pages read the newest."""

from django.db import models

from mashang.core.models import Record


class WallFigures(Record):
    """心愿墙数字: one day's count of all that was ever on the wall; counts only, of nobody."""

    day = models.DateField("日期", unique=True)
    counted_at = models.DateTimeField("统计时间")
    figures = models.JSONField("数字")

    class Meta:
        verbose_name = "心愿墙数字"
