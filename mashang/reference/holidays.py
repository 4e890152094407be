"""法定节假日: the days on which everybody is off by law, in a year whose notice is not there yet.

全国年节及纪念日放假办法, as it stands since 2025: 元旦 one day, 春节 four from its eve, 清明、端午、中秋 one
each, 劳动节 two, 国庆节 three (article 2); a holiday on a weekend is given back on a working day (article
6). Which one the yearly notice says; until then the next one is taken, so that nobody is promised too
short a term. Weekends that will be worked instead are known to nobody yet.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_BOOK = json.loads((Path(__file__).parent / "data/holidays.json").read_text(encoding="utf-8"))
_ONE_DAY = timedelta(days=1)
_SPRING = "春节"
_AFTER_SPRING = 3  # 除夕, 初一, 初二, 初三


@cache
def days_off(year: int) -> dict[date, str]:
    """Each day off by law with its name; beyond the table of lunar dates those of the solar year alone."""
    days = dict(_named_by_law(year))
    for day in sorted(days):
        if day.weekday() >= 5:
            days[_next_weekday(day, days)] = f"{days[day]}（补假）"
    return days


def _named_by_law(year: int) -> Iterator[tuple[date, str]]:
    for name, days in _BOOK["fixed"].items():
        yield from ((date.fromisoformat(f"{year}-{day}"), name) for day in days)
    for name, day in _BOOK["lunar"].get(str(year), {}).items():
        first = date.fromisoformat(day)
        yield first, name
        if name == _SPRING:
            yield first - _ONE_DAY, "除夕"
            yield from ((first + n * _ONE_DAY, name) for n in range(1, _AFTER_SPRING))


def _next_weekday(day: date, taken: dict[date, str]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += _ONE_DAY
    return day
