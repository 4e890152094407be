"""用语: how days read, and whom a sentence speaks to."""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.core.days import day_of


def day(value: date | datetime | None) -> str:
    """11月23日 周一; the year stands in front when it is not this one."""
    if not value:
        return ""
    local = day_of(value)
    weekday = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")][
        local.weekday()
    ]
    words = _("%(month)d月%(day)d日 %(weekday)s") % {
        "month": local.month,
        "day": local.day,
        "weekday": weekday,
    }
    if local.year == timezone.localdate().year:
        return words
    return _("%(year)d年%(words)s") % {"year": local.year, "words": words}


def unaddressed(words: str) -> str:
    """The words of a worker's form for a colleague who reads them: “您的姓名” becomes “姓名”."""
    return re.sub("和?您的?", "", words)
