"""What can happen to the dictionaries. Every write to this room's tables is in this file.

Who may is asked by the caller: posts and roles live upstairs, in `unions`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.db import models, router, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import register
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.reference import workdays
from mashang.reference.models import ALWAYS, LivingStandard, Region, WorkDay
from mashang.reference.queries import usual_parent

P = ParamSpec("P")
R = TypeVar("R")
Actor = models.Model | None  # a user; None is the house itself (set-up, demo)

DATA = Path(__file__).parent / "data"
_LEVEL_BY_LENGTH = {9: Region.Level.TOWN, 12: Region.Level.VILLAGE}
_BATCH = 500


class RegionOverlaps(Invalid):
    code = "region_overlaps"
    message = N_("这个代码在这段时间里已有名称，请先停用原来的")


class WorkDaySaid(WrongState):
    code = "work_day_said"
    message = N_("这一年的工作日安排刚刚由别的同志登记过，请刷新后核对再改")


register("region_begins_once", RegionOverlaps)
register("work_day_said_once", WorkDaySaid)


def _in_one_transaction(act: Callable[P, R]) -> Callable[P, R]:
    """On the dictionaries' own database: beside several provinces they lie apart."""

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(using=router.db_for_write(Region)):
            return act(*args, **kwargs)

    return run


def dictionary_action(act: Callable[P, R]) -> Callable[P, R]:
    """An action on both sides: the dictionary's rows, and the trail of whoever changed them."""
    return action(_in_one_transaction(act))


@dataclass(frozen=True)
class Loaded:
    added: int
    changed: int
    kept: int


# Regions -------------------------------------------------------------------------------


@_in_one_transaction
def load_regions() -> Loaded:
    """导入行政区划: bring the table up to the bundled list; a second call changes nothing.

    Rows that somebody edited carry another source and are left alone.
    """
    known = {(row.code, row.valid_from): row for row in Region.objects.all()}
    was_said_by = _bundle()["source_before"]
    new: list[Region] = []
    changed: list[Region] = []
    for fields in _bundled_regions():
        row = known.get((fields["code"], fields["valid_from"]))
        if row is None:
            new.append(Region(**fields))
        elif row.source in (fields["source"], was_said_by) and _differs(row, fields):
            changed.append(_updated(row, fields))
    Region.objects.bulk_create(new, batch_size=_BATCH)
    Region.objects.bulk_update(
        changed,
        ["name", "parent_code", "level", "valid_to", "successor_code", "source"],
        batch_size=_BATCH,
    )
    return Loaded(len(new), len(changed), len(known) - len(changed))


@dictionary_action
def add_region(
    code: str,
    name: str,
    *,
    by: Actor,
    source: str,
    valid_from: date = ALWAYS,
    parent_code: str | None = None,
) -> Region:
    """新增区划: a code under a name from a day on. Raises Invalid, RegionOverlaps."""
    _check_code(code)
    later = Region.objects.filter(code=code).filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    if later.exists():
        raise RegionOverlaps
    row = Region.objects.create(
        code=code,
        name=name,
        parent_code=usual_parent(code) if parent_code is None else parent_code,
        level=level_of(code),
        valid_from=valid_from,
        source=source,
    )
    record("reference.region_added", row, by=by, region=_short(code), level=row.level)
    return row


@dictionary_action
def end_region(
    code: str, *, by: Actor, last_day: date, source: str, successor_code: str = ""
) -> Region:
    """停用区划: after that day the place is governed under `successor_code` (撤县设区、合并)."""
    row = Region.objects.select_for_update().filter(code=code, valid_to=None).first()
    if row is None:
        raise Missing("region_missing", N_("没有找到正在使用的这个区划代码"))
    if last_day < row.valid_from:
        raise Invalid(fields={"last_day": N_("停用日期不能早于启用日期")})
    row.valid_to, row.successor_code, row.source = last_day, successor_code, source
    row.save(update_fields=["valid_to", "successor_code", "source"])
    record("reference.region_ended", row, by=by, region=_short(code), last_day=last_day)
    return row


def level_of(code: str) -> str:
    """The level that the digits tell."""
    if len(code) > 6:
        return _LEVEL_BY_LENGTH[len(code)]
    if code.endswith("0000"):
        return Region.Level.PROVINCE
    return Region.Level.CITY if code.endswith("00") else Region.Level.COUNTY


def _check_code(code: str) -> None:
    if not (code.isascii() and code.isdigit() and len(code) in (6, 9, 12)):
        raise Invalid(fields={"code": N_("区划代码应为 6、9 或 12 位数字")})


def _short(code: str) -> str:
    """The county's digits: a village's twelve would look like a person's number to the trail."""
    return code[:6]


def _bundle() -> dict[str, Any]:
    book: dict[str, Any] = json.loads((DATA / "regions.json").read_text(encoding="utf-8"))
    return book


def _bundled_regions() -> Iterator[dict[str, Any]]:
    book = _bundle()
    since = {code: date.fromisoformat(day) for code, day in book["since"].items()}
    for code, name in book["regions"]:
        yield _bundled(code, name, book["source"], valid_from=since.get(code, ALWAYS))
    for old in book["ended"]:
        yield _bundled(
            old["code"],
            old["name"],
            book["history_source"],
            valid_to=date.fromisoformat(old["valid_to"]),
            successor_code=old["successor_code"],
        )


def _bundled(
    code: str,
    name: str,
    source: str,
    *,
    valid_from: date = ALWAYS,
    valid_to: date | None = None,
    successor_code: str = "",
) -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "parent_code": usual_parent(code),
        "level": level_of(code),
        "valid_from": valid_from,
        "valid_to": valid_to,
        "successor_code": successor_code,
        "source": source,
    }


def _differs(row: Region, fields: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in fields.items())


def _updated(row: Region, fields: Mapping[str, Any]) -> Region:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


# Work days -----------------------------------------------------------------------------


@dictionary_action
def set_day(
    day: date, *, by: Actor, is_workday: bool, name: str, source: str, provisional: bool = False
) -> WorkDay:
    """调整工作日: say for one day whether people work (a local holiday, a typhoon day)."""
    row, _ = WorkDay.objects.update_or_create(
        day=day,
        defaults={
            "is_workday": is_workday,
            "name": name,
            "source": source,
            "provisional": provisional,
        },
    )
    _forget_days()
    record("reference.day_set", row, by=by, day=day, is_workday=is_workday)
    return row


@dictionary_action
def clear_day(day: date, *, by: Actor) -> None:
    """取消调整: the day is again what the published calendar says."""
    row = WorkDay.objects.filter(day=day).first()
    if row is None:
        raise Missing("day_missing", N_("这一天没有登记过调整"))
    WorkDay.objects.filter(pk=row.pk).delete()
    _forget_days()
    record("reference.day_cleared", row, by=by, day=day)


@dictionary_action
def publish_year(
    year: int, *, by: Actor, holidays: Mapping[date, str], make_up: Iterable[date], source: str
) -> int:
    """录入放假通知: the State Council's notice for a year; returns how many days were entered.

    `holidays` maps each day off to its name, `make_up` lists the weekends on which people work. What
    stood in the table for that year is replaced, and so is what the package thought of these days.
    """
    make_up = set(make_up)
    check_notice(year, holidays, make_up)
    outside = {day: (False, name) for day, name in holidays.items() if day.year != year}
    outside |= {day: (True, N_("调休上班")) for day in make_up if day.year != year}
    _set_days_of_the_year_beside(outside, source)
    holidays = {day: name for day, name in holidays.items() if day.year == year}
    make_up = {day for day in make_up if day.year == year}
    days = {day: (False, name) for day, name in holidays.items()}
    days |= dict.fromkeys(make_up, (True, N_("调休上班")))
    days |= {day: (day.weekday() < 5, N_("照常")) for day in _special_days(year) - set(days)}
    WorkDay.objects.filter(day__year=year).delete()
    rows = WorkDay.objects.bulk_create(
        WorkDay(day=day, is_workday=works, name=name, source=source)
        for day, (works, name) in sorted(days.items())
    )
    _forget_days()
    record("reference.year_published", rows[0], by=by, year=year, days=len(rows))
    return len(rows)


def _set_days_of_the_year_beside(days: Mapping[date, tuple[bool, str]], source: str) -> None:
    """元旦 may begin on the eve, in a year that has its own notice already."""
    for day, (works, name) in days.items():
        said = {"is_workday": works, "name": name, "source": source, "provisional": False}
        WorkDay.objects.update_or_create(day=day, defaults=said)


def check_notice(year: int, holidays: Mapping[date, str], make_up: Iterable[date]) -> None:
    """Raises Invalid for what no notice says."""
    wrong: dict[str, str] = {}
    make_up = set(make_up)
    if date(year, 1, 1) not in holidays:
        wrong["holidays"] = N_("通知里要有元旦（1 月 1 日）")
    if strangers := [day for day in {*holidays, *make_up} if not _is_near(year, day)]:
        wrong["year"] = _("%(day)s 不在 %(year)d 年") % {"day": min(strangers), "year": year}
    if both := make_up & set(holidays):
        wrong["make_up"] = _("%(day)s 既放假又上班，请核对") % {"day": min(both)}
    if weekdays := [day for day in make_up if day.weekday() < 5]:
        words = _("%(day)s 不是周末，不用调休上班，请核对")
        wrong["make_up"] = words % {"day": min(weekdays)}
    if wrong:
        raise Invalid(fields=wrong)


def _is_near(year: int, day: date) -> bool:
    """Of that year, or one of the last days of the year before."""
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def _special_days(year: int) -> set[date]:
    """The days of the year that the package holds for a holiday or a make-up day."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return {
        day
        for day in days
        if day.year == year and workdays.known_workday(day) != (day.weekday() < 5)
    }


def _forget_days() -> None:
    """Now, for the rest of this transaction, and once more when others can see the change."""
    workdays.forget()
    transaction.on_commit(workdays.forget, using=router.db_for_write(WorkDay))


# Living standards ----------------------------------------------------------------------


@dictionary_action
def set_living_standard(
    region_code: str,
    *,
    by: Actor,
    monthly_fen: int,
    valid_from: date,
    source: str,
    document: str = "",
) -> LivingStandard:
    """登记低保标准: from that day on; the one before ends on its eve.

    Old assessments keep their own copy.
    """
    _check_standard(region_code, monthly_fen, source)
    others = LivingStandard.objects.select_for_update().filter(region_code=region_code)
    row, _ = LivingStandard.objects.update_or_create(
        region_code=region_code,
        valid_from=valid_from,
        defaults={
            "monthly_fen": monthly_fen,
            "source": source,
            "document": document,
            "valid_to": _eve(_first_after(region_code, valid_from)),
        },
    )
    others.filter(valid_from__lt=valid_from).filter(
        Q(valid_to=None) | Q(valid_to__gte=valid_from)
    ).update(valid_to=_eve(valid_from))
    record("reference.standard_set", row, by=by, region=_short(region_code), since=valid_from)
    return row


def load_demo_standards(*, by: Actor = None) -> int:
    """演示用低保标准: made-up figures for Guangxi's cities, marked as such; returns how many."""
    book = json.loads((DATA / "living_standards_demo.json").read_text(encoding="utf-8"))
    standards = [
        (entry["region_code"], date.fromisoformat(day), yuan)
        for entry in book["standards"]
        for day, yuan in entry["monthly_yuan"].items()
    ]
    for code, day, yuan in standards:
        set_living_standard(
            code,
            by=by,
            monthly_fen=yuan * 100,
            valid_from=day,
            source=book["source"],
            document=book["document"],
        )
    return len(standards)


def _check_standard(region_code: str, monthly_fen: int, source: str) -> None:
    _check_code(region_code)
    if monthly_fen <= 0:
        raise Invalid(fields={"monthly_fen": N_("低保标准要大于 0")})
    if not source.strip():
        raise Invalid(fields={"source": N_("请写明公布单位")})


def _eve(day: date | None) -> date | None:
    return day and day - timedelta(days=1)


def _first_after(region_code: str, day: date) -> date | None:
    return (
        LivingStandard.objects.filter(region_code=region_code, valid_from__gt=day)
        .order_by("valid_from")
        .values_list("valid_from", flat=True)
        .first()
    )
