"""工作日: which days count when a rule says "working days" (公示 5 个工作日).

Three sources, the first that speaks wins: the site's own table (WorkDay), the published calendar
(chinesecalendar, from the State Council's yearly notices), and, for a year that nobody has published
yet, Monday to Friday without the days off by law (`holidays`); answers of the last kind are provisional.
"""

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic

from chinese_calendar import constants
from django.db import transaction

from mashang.core.db.action import is_acting
from mashang.reference.holidays import days_off
from mashang.reference.models import WorkDay

FIRST_YEAR = min(constants.holidays).year
LAST_YEAR = max(constants.holidays).year  # the last year whose notice the package carries
KEEP_SECONDS = 60  # another process sees an edit of the table after this time at the latest
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Table:
    """The site's own days, as last read."""

    days: dict[date, bool]
    provisional: frozenset[date]
    settled_years: frozenset[int]  # years whose notice the site has entered; all begin with 元旦
    read_at: float


Calendar = _Table
_kept: _Table | None = None  # of all threads of the process
_changed_here: ContextVar[bool] = ContextVar("workdays_changed", default=False)


def forget() -> None:
    """Read the table again at the next question; called by every action that changes it."""
    _drop()
    if is_acting():
        _changed_here.set(True)
        transaction.on_commit(_drop)


def _drop() -> None:
    global _kept
    _kept = None


def is_workday(day: date) -> bool:
    """Whether people work on that day, make-up Saturdays and Sundays included."""
    return _is_workday(day, _table())


def is_provisional(day: date) -> bool:
    """Whether the answer for that day may still change, because its year is not published."""
    table = _table()
    if day in table.days:
        return day in table.provisional
    return not _published(day.year) and day.year not in table.settled_years


def add_workdays(day: date, n: int) -> date:
    """The n-th working day after `day` (which itself never counts); n < 0 counts backwards.

    n = 0 gives `day` itself, or the next working day when `day` is free: a deadline never falls
    on a holiday.
    """
    table, step = _table(), ONE_DAY if n >= 0 else -ONE_DAY
    while n == 0 and not _is_workday(day, table):
        day += step
    for _ in range(abs(n)):
        day += step
        while not _is_workday(day, table):
            day += step
    return day


def workdays_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and including `last`; negative when reversed.

    The counterpart of `add_workdays`: workdays_between(day, add_workdays(day, n)) == n for n > 0.
    """
    if last < first:
        return -workdays_between(last, first)
    table = _table()
    return sum(_is_workday(day, table) for day in _days_after(first, last))


def basis_of(year: int) -> str:
    """What the days of that year rest on: `notice` (entered here), `calendar` (of the package) or `law`."""
    if year in _table().settled_years:
        return "notice"
    return "calendar" if _published(year) else "law"


def known_now() -> "Calendar":
    """The calendar as it is, for whoever counts a running term again after it has changed."""
    return _table()


def recounted(basis: date, due_on: date, before: "Calendar") -> date:
    """The day on which a term ends now that had as many working days in the calendar before."""
    if due_on <= basis:
        return due_on
    return add_workdays(basis, sum(_is_workday(day, before) for day in _days_after(basis, due_on)))


def _days_after(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days + 1))


def _is_workday(day: date, table: _Table) -> bool:
    if day in table.days:
        return table.days[day]
    return known_workday(day)


def known_workday(day: date) -> bool:
    """What holds without the site's table: the published calendar, else Monday to Friday but for the law."""
    if _published(day.year):
        return day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)
    return day.weekday() < 5 and day not in days_off(day.year)


def _published(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _table() -> _Table:
    """One query at most, none while the last reading is fresh."""
    global _kept
    if _changed_here.get():
        if is_acting():
            return _read()  # for this act alone: others see the change when it is committed
        _changed_here.set(False)
    kept = _kept
    if kept is None or monotonic() - kept.read_at > KEEP_SECONDS:
        kept = _kept = _read()
    return kept


def _read() -> _Table:
    rows = list(WorkDay.objects.values_list("day", "is_workday", "provisional"))
    return _Table(
        days={day: works for day, works, _ in rows},
        provisional=frozenset(day for day, _, provisional in rows if provisional),
        settled_years=frozenset(
            day.year
            for day, _, provisional in rows
            if (day.month, day.day) == (1, 1) and not provisional
        ),
        read_at=monotonic(),
    )
