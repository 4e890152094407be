"""How often something may be tried: counters in a table, so that all processes count together.

`limits` names what is counted here. Count before the act's own transaction: a refusal that rolls
back takes the count with it, which is right for what was never done and wrong for a wrong guess.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, DateTimeField, DurationField, F, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.core.days import day_of
from mashang.core.db.compiled import CompiledUpdate, Param
from mashang.core.errors import TooMany
from mashang.core.models import RateWindow
from mashang.core.privacy.keys import blind_index

WaitsAfter = Callable[[datetime], list[tuple[int, datetime]]]
KEPT = timedelta(days=1)  # a growing wait is known for as long as its window may last
A_MINUTE = timedelta(minutes=1)  # clocks of two processes, and of two who wait for one row, differ
LONG_AGO = timedelta(days=3_650)


def count(bucket: str, limit: int, window_seconds: int) -> None:
    """Count one try in `bucket` ("sign-in|13812345678"); TooMany once `limit` are used up.

    The window opens at the first try and lasts `window_seconds`. Buckets are stored as keyed
    hashes, so a phone or an address may be part of the name.
    """
    name = blind_index("rate limit", bucket)
    ends_at = timezone.now() + timedelta(seconds=window_seconds)
    if _count(name, limit) or _open(name, ends_at):
        return
    if not _count(name, limit):
        raise _refusal(name)


def count_growing(bucket: str, waits_after: WaitsAfter) -> None:
    """Count one in `bucket`, unless the wait after the one before is not over yet: TooMany."""
    name, now = blind_index("rate limit", bucket), timezone.now()
    if _one_more(name, now, waits_after(now)):
        return
    _lay(name, now - A_MINUTE)
    if not _one_more(name, now, waits_after(now)):
        raise _refusal(name)


def count_calm(bucket: str, most: int) -> bool:
    """Count one in `bucket` while fewer than `most` stand there. The last of them begins no wait."""
    name, now = blind_index("rate limit", bucket), timezone.now()
    if _count_below(name, most):
        return True
    _lay(name, now - A_MINUTE)
    return _count_below(name, most)


def give_back(bucket: str) -> None:
    """One less in `bucket`."""
    name = blind_index("rate limit", bucket)
    RateWindow.objects.filter(bucket=name, hits__gt=0).update(hits=F("hits") - 1)


def keep_pace(bucket: str, step: timedelta, at_once: int) -> bool:
    """Count one that takes `step`, unless those of the last time are `at_once` steps ahead of the clock."""
    name, now = blind_index("rate limit", bucket), timezone.now()
    if _step_ahead(name, now, step, at_once):
        return True
    if at_once < 1:
        return False
    _lay(name, now - A_MINUTE)
    return _step_ahead(name, now, step, at_once)


def is_behind(bucket: str, step: timedelta, at_once: int) -> bool:
    """Whether the next would be refused."""
    name, latest = blind_index("rate limit", bucket), timezone.now() + step * (at_once - 1)
    return RateWindow.objects.filter(bucket=name, ends_at__gt=latest).exists()


def behind(bucket: str, step: timedelta, at_once: int) -> TooMany:
    """The refusal of who asked for more than the pace."""
    name, now = blind_index("rate limit", bucket), timezone.now()
    ahead = RateWindow.objects.filter(bucket=name).values_list("ends_at", flat=True).first() or now
    return too_many(max(1, int((ahead - step * (at_once - 1) - now).total_seconds()) + 1))


def sweep() -> int:
    """Removes windows that were over a day ago; returns how many."""
    deleted, _ = RateWindow.objects.filter(ends_at__lte=timezone.now() - KEPT).delete()
    return deleted


def _count(name: str, limit: int) -> bool:
    """One guarded UPDATE: of two last tries at once, one gets through."""
    return bool(ONE_MORE.update_rows(bucket=name, now=timezone.now(), limit=limit))


def _live_window() -> Any:
    columns: Any = RateWindow._meta.get_field
    return RateWindow.objects.filter(
        bucket=Param("bucket", columns("bucket")),
        ends_at__gt=Param("now", columns("ends_at")),
        hits__lt=Param("limit", columns("hits")),
    )


ONE_MORE = CompiledUpdate(_live_window, hits=F("hits") + 1)


def _fewer_than() -> Any:
    columns: Any = RateWindow._meta.get_field
    return RateWindow.objects.filter(
        bucket=Param("bucket", columns("bucket")), hits__lt=Param("limit", columns("hits"))
    )


ONE_OF_FEW = CompiledUpdate(_fewer_than, hits=F("hits") + 1)


def _count_below(name: str, most: int) -> bool:
    return bool(ONE_OF_FEW.update_rows(bucket=name, limit=most))


def _open(name: str, ends_at: datetime) -> bool:
    """Reopen a window that is over (the first try counts), or lay an empty one for `_count`."""
    over = RateWindow.objects.filter(bucket=name, ends_at__lte=timezone.now())
    if over.update(hits=1, ends_at=ends_at):
        return True
    _lay(name, ends_at)
    return False


def _lay(name: str, ends_at: datetime) -> None:
    RateWindow.objects.bulk_create(
        [RateWindow(bucket=name, ends_at=ends_at)], ignore_conflicts=True
    )


def _one_more(name: str, now: datetime, waits: list[tuple[int, datetime]]) -> bool:
    """One guarded UPDATE, which sets the moment until which the next one waits."""
    until = Case(
        *[When(hits__gte=max(n - 1, 0), then=_moment(ends)) for n, ends in reversed(waits)],
        default=F("ends_at"),
    )
    may_come = RateWindow.objects.filter(bucket=name, ends_at__lte=now)
    return bool(may_come.update(hits=F("hits") + 1, ends_at=until))


def _step_ahead(name: str, now: datetime, step: timedelta, at_once: int) -> bool:
    """One guarded UPDATE: `ends_at` is how far those who came are ahead of the clock."""
    # Half a step more, since of two who wait for the row one looked at the clock before the other.
    latest = now + step * (at_once - 0.5) if at_once > 0 else now - LONG_AGO
    in_pace = RateWindow.objects.filter(bucket=name, ends_at__lte=latest)
    ahead = Greatest(F("ends_at"), _moment(now)) + Value(step, output_field=DurationField())
    return bool(in_pace.update(hits=F("hits") + 1, ends_at=ahead))


def _moment(moment: datetime) -> Value:
    return Value(moment, output_field=DateTimeField())


def _refusal(name: str) -> TooMany:
    ends_at = RateWindow.objects.filter(bucket=name).values_list("ends_at", flat=True).first()
    left = (ends_at - timezone.now()).total_seconds() if ends_at else 0
    return too_many(max(1, int(left) + 1))


def too_many(seconds: int) -> TooMany:
    """The refusal that says when to come again: in seconds, in minutes, by the clock, tomorrow."""
    return TooMany(message=_when_again(seconds), retry_after=seconds)


def _when_again(seconds: int) -> str:
    if seconds < 90:
        return _("操作太频繁，请过 %(n)d 秒再试") % {"n": seconds}
    if seconds <= 5_400:
        return _("操作太频繁，请过 %(n)d 分钟再试") % {"n": -(-seconds // 60)}
    now = timezone.localtime()
    again = now + timedelta(seconds=seconds + 59)
    days = (day_of(again) - day_of(now)).days
    if abs(seconds - 86_400) < 1_800:
        return _("今天的次数用完了，请明天这个时候再试，或到工会窗口办")
    clock = {"clock": f"{again:%H:%M}", "month": again.month, "day": again.day}
    if days == 0:
        return _("操作太频繁，请今天 %(clock)s 以后再试，或到工会窗口办") % clock
    if days == 1:
        return _("操作太频繁，请明天 %(clock)s 以后再试，或到工会窗口办") % clock
    return _("操作太频繁，请 %(month)d 月 %(day)d 日以后再试，或到工会窗口办") % clock
