"""放假通知: the yearly notice of the State Council's office, read from its own words.

“二、春节：2月15日（农历腊月二十八、周日）至23日（…）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。”
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Invalid
from mashang.core.typed import plain

_ITEM = re.compile(r"[一二三四五六七八九十\d]*[、.]?([^:]{2,20}):(.+)")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_OFF = re.compile(f"{_DAY}(?:[至到-]{_DAY})?放假")
_LONGEST = 15  # days of one festival


@dataclass(frozen=True)
class Notice:
    holidays: dict[date, str]
    make_up: list[date]


def read_notice(year: int, text: str) -> Notice:
    """Every item of the pasted notice. Raises Invalid, quoting the line that cannot be read."""
    holidays: dict[date, str] = {}
    make_up: list[date] = []
    for line in _lines(text):
        item = _ITEM.fullmatch(line)
        off, *rest = item[2].split("。") if item else [""]
        if item is None or not (span := _OFF.search(off)):
            raise Invalid(fields={"text": _("这一行没有读懂：%(line)s") % {"line": line[:40]}})
        try:
            holidays |= dict.fromkeys(_span(year, span), item[1])
            make_up += [day for part in rest if "上班" in part for day in _days(year, part)]
        except ValueError:
            words = _("这一行里有不存在的日期：%(line)s") % {"line": line[:40]}
            raise Invalid(fields={"text": words}) from None
    if not holidays:
        raise Invalid(fields={"text": N_("请把通知里“一、元旦：……”到最后一条原文贴进来")})
    return Notice(holidays, make_up)


def _lines(text: str) -> Iterator[str]:
    """Without what stands in brackets, blanks and empty lines."""
    for line in unicodedata.normalize("NFKC", plain(text)).splitlines():
        bare = re.sub(r"\([^)]*\)|\s", "", line).replace("—", "-").replace("~", "-")
        if bare:
            yield bare


def _span(year: int, match: re.Match[str]) -> Iterator[date]:
    first = _day(year, 0, *match.groups()[:3])
    last = _day(first.year, first.month, *match.groups()[3:]) if match[6] else first
    if not 0 <= (last - first).days < _LONGEST:
        raise ValueError
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _days(year: int, part: str) -> Iterator[date]:
    """“2月14日、2月28日上班”; a later day may leave out the month."""
    month = 0
    for found in re.finditer(_DAY, part):
        day = _day(year, month, *found.groups())
        month = day.month
        yield day


def _day(year: int, month: int, *said: str | None) -> date:
    years, months, days = said
    return date(int(years or year), int(months or month), int(days or 0))
