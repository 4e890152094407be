"""How days, deadlines, amounts and people read on every page."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mashang.core import money, wording
from mashang.core.days import day_of
from mashang.core.privacy import masks
from mashang.exchange.paper import lacking
from mashang.reference import workdays
from mashang.screening import shared_words

register = template.Library()

register.filter("mask_name", masks.mask_name)
register.filter("mask_phone", masks.mask_phone)
register.filter("mask_id", masks.mask_id)
register.filter("mask_card", masks.mask_card)
register.filter("day", wording.day)
register.filter("unaddressed", wording.unaddressed)

_CHINESE = re.compile("[\u4e00-\u9fff]")
_RECORD_PARTS = re.compile("([、·，])")  # “申请·概况”
_SHOWN = re.compile("^显示(.+)")  # “显示手机号”
DUE_SOON = 2  # working days


@register.filter
def due_day(value: date | datetime | None) -> str:
    """The last day of a term; said to be provisional while the notice of its year is not there."""
    words = wording.day(value)
    if not value or day_of(value).year <= workdays.LAST_YEAR:
        return words
    if not workdays.is_provisional(day_of(value)):
        return words
    return _("%(day)s（暂定，放假通知公布后重算）") % {"day": words}


@register.filter
def unprintable(text: object) -> str:
    """What paper cannot show of the text, in a sentence; empty where all of it can be printed."""
    letters = lacking(str(text or ""))
    if not letters:
        return ""
    return _("“%(letters)s”这些字字库里没有，印出来会是“〓”") % {"letters": letters}


@register.filter
def moment(value: datetime | None) -> str:
    """11月23日 周一 14:05."""
    return f"{wording.day(value)} {timezone.localtime(value):%H:%M}" if value else ""


@register.filter
def yuan(fen: int | None) -> str:
    """123450 → 1,234.50 元; nothing where no amount is known."""
    return "" if fen is None else _("%(amount)s 元") % {"amount": money.yuan(fen)}


@register.filter
def workdays_left(days: int | None) -> str:
    """Says how many working days remain; negative is overdue."""
    if days is None:
        return ""
    if days == 0:
        return _("今天到期")
    if days < 0:
        return ngettext("已超期 %(n)d 个工作日", "已超期 %(n)d 个工作日", -days) % {"n": -days}
    return ngettext("还有 %(n)d 个工作日", "还有 %(n)d 个工作日", days) % {"n": days}


@register.filter
def due_level(days: int | None) -> str:
    """overdue | soon | later | none: which colour and icon a deadline wears."""
    if days is None:
        return "none"
    if days < 0:
        return "overdue"
    return "soon" if days <= DUE_SOON else "later"


@register.filter
def tel(phone: str | None) -> SafeString | str:
    """A number that dials when tapped."""
    if not phone:
        return ""
    digits = "".join(char for char in phone if char in "+0123456789")
    return format_html('<a class="number" href="tel:{}">{}</a>', digits, phone)


@register.filter
def said(words: object) -> str:
    """Words that come from the data (a label, a state, a refusal), in the reader's language."""
    return _(str(words)) if words else ""


@register.filter
def recorded(words: object) -> str:
    """Words that were written into a record, in Chinese: said if we have the English, part by part.

    What has none (somebody's own words) is marked as Chinese, for whoever listens to the page.
    """
    text = str(words or "")
    said_now = "".join(_recorded_part(part) for part in _RECORD_PARTS.split(text) if part)
    if not _CHINESE.search(said_now) or str(get_language()).startswith("zh"):
        return said_now
    return format_html('<span lang="zh-CN">{}</span>', said_now)


@register.filter
def is_left_in_chinese(words: str) -> bool:
    """Whether words that were kept as they were told, in Chinese, meet a reader of another language."""
    return bool(_CHINESE.search(words)) and not str(get_language()).startswith("zh")


def _recorded_part(part: str) -> str:
    if shown := _SHOWN.match(part):
        return _("显示%(label)s") % {"label": _(shown[1])}
    return _(part)


@register.filter
def explained(line: Mapping[str, Any]) -> str:
    """A line of an assessment, as it was kept, in the reader's language."""
    if not line.get("facts"):
        return said(line["text"])
    return _(line["sentence"]) % {name: _(fact) for name, fact in line["facts"].items()}


@register.filter
def ages(band: str) -> str:
    """An age band as moderation keeps it (“50–59岁”, “80岁以上”), in the reader's language.

    It is the worker's, whoever the wish is for; beside “给孩子” that has to be said.
    """
    if match := re.fullmatch(r"(\d+)–(\d+)岁", band):
        return _("职工 %(first)s–%(last)s岁") % {"first": match[1], "last": match[2]}
    if match := re.fullmatch(r"(\d+)岁以上", band):
        return _("职工 %(first)s岁以上") % {"first": match[1]}
    return band


@register.filter
def marked(text: str) -> list[shared_words.Piece]:
    """For the desk only: a text with what those who moderate should look at. Its author never sees this."""
    return shared_words.pieces(text, shared_words.marks_on(text))
