"""How often something may be tried: counters in a table, so that all processes count together."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.core.db.compiled import CompiledUpdate, Param
from mashang.core.errors import TooMany
from mashang.core.models import RateWindow
from mashang.core.privacy.keys import blind_index


def count(bucket: str, limit: int, window_seconds: int) -> None:
    """Count one try in `bucket` ("sign-in|13812345678"); TooMany once `limit` are used up.

    The window opens at the first try and lasts `window_seconds`. Call it before the act's own
    transaction: a refusal that rolls back would take the count with it. Buckets are stored as
    keyed hashes, so a phone or an address may be part of the name.
    """
    name = blind_index("rate limit", bucket)
    ends_at = timezone.now() + timedelta(seconds=window_seconds)
    if _count(name, limit) or _open(name, ends_at):
        return
    if not _count(name, limit):
        raise _refusal(name)


def sweep() -> int:
    """Removes windows that are over; returns how many."""
    deleted, _ = RateWindow.objects.filter(ends_at__lte=timezone.now()).delete()
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


def _open(name: str, ends_at: datetime) -> bool:
    """Reopen a window that is over (the first try counts), or lay an empty one for `_count`."""
    over = RateWindow.objects.filter(bucket=name, ends_at__lte=timezone.now())
    if over.update(hits=1, ends_at=ends_at):
        return True
    RateWindow.objects.bulk_create(
        [RateWindow(bucket=name, ends_at=ends_at)], ignore_conflicts=True
    )
    return False


def _refusal(name: str) -> TooMany:
    ends_at = RateWindow.objects.filter(bucket=name).values_list("ends_at", flat=True).first()
    left = (ends_at - timezone.now()).total_seconds() if ends_at else 0
    return too_many(max(1, int(left) + 1))


def too_many(seconds: int) -> TooMany:
    """The refusal that says how long to wait."""
    minutes = -(-seconds // 60)
    words = _("操作太频繁，请过 %(n)d 分钟再试") % {"n": minutes}
    if seconds < 90:
        words = _("操作太频繁，请过 %(n)d 秒再试") % {"n": seconds}
    return TooMany(message=words, retry_after=seconds)
