"""参考数据: the dictionaries that cross provinces.

Province tables keep a region's code, never a key to a row here.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as N_

from mashang.core.models import Record

ALWAYS = date(1949, 10, 1)  # "since before our records begin": regions rarely say when they started


class DatedQuerySet(models.QuerySet):
    def on(self, day: date) -> "DatedQuerySet":
        """The rows in force on that day; the first and the last day are both included."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name=name
    )


class Region(Record):
    """行政区划: one code under one name for one span of time.

    GB/T 2260 gives six digits; towns have nine, villages twelve.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", N_("省级")
        CITY = "city", N_("地级")
        COUNTY = "county", N_("县级")
        TOWN = "town", N_("乡级")
        VILLAGE = "village", N_("村级")

    code = models.CharField("区划代码", max_length=12)
    name = models.CharField("名称", max_length=60)
    parent_code = models.CharField("上级代码", max_length=12, blank=True)
    level = models.CharField("级别", max_length=8, choices=Level)
    valid_from = models.DateField("启用日期", default=ALWAYS)
    valid_to = models.DateField("停用日期", null=True, blank=True, help_text="最后一天，当日仍有效")
    successor_code = models.CharField("承接代码", max_length=12, blank=True)
    source = models.CharField("来源", max_length=120)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="region_begins_once"),
            ends_after_it_begins("region_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["parent_code", "code"], name="region_children")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class WorkDay(Record):
    """工作日调整: one day that differs from what the program knows by itself."""

    day = models.DateField("日期")
    is_workday = models.BooleanField("是否上班")
    name = models.CharField("说明", max_length=40)
    source = models.CharField("来源", max_length=120)
    provisional = models.BooleanField(
        "暂定", default=False, help_text="国务院办公厅通知公布前的估计"
    )

    class Meta:
        verbose_name = verbose_name_plural = "工作日调整"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["day"], name="work_day_said_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class LivingStandard(Record):
    """低保标准: fen per person and month in a region, from a day on."""

    region_code = models.CharField("区划代码", max_length=12)
    monthly_fen = models.PositiveIntegerField("每人每月（分）")
    valid_from = models.DateField("执行日期")
    valid_to = models.DateField(
        "停止执行日期", null=True, blank=True, help_text="最后一天，当日仍执行"
    )
    source = models.CharField("公布单位", max_length=120)
    document = models.CharField("文号", max_length=80, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "低保标准"
        ordering = ["region_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "valid_from"], name="living_standard_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(monthly_fen__gt=0), name="living_standard_is_positive"
            ),
            ends_after_it_begins("living_standard_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.valid_from}"
