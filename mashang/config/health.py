"""健康: what a monitor asks every minute, told to this machine and to whoever holds MASHANG_HEALTH_TOKEN.

`/healthz` answers before the host is looked at, so that a monitor may ask by number. 200: the house can be used;
503: it cannot, or due work stands still. Nothing of people stands in it: counts, seconds and states.
"""

import hmac
import shutil
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import F, Min, Sum
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from mashang.config import clock
from mashang.core.models import Tick, TrailHead
from mashang.core.privacy import keys
from mashang.notices.models import Message

PATH = "/healthz"
LATE = 600  # seconds since due work was last done, from which something is wrong
LEAST_FREE = 500_000_000  # bytes
LOOPBACK = ("127.0.0.1", "::1")
GetResponse = Callable[[HttpRequest], HttpResponse]


def health(get_response: GetResponse) -> GetResponse:
    """Middleware, outermost: everything else may be broken."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != PATH:
            return get_response(request)
        if not _may_ask(request.META):
            return HttpResponse(status=404)
        told = state()
        return JsonResponse(
            told, status=200 if told["ok"] else 503, headers={"Cache-Control": "no-store"}
        )

    return middleware


def _may_ask(meta: Mapping[str, Any]) -> bool:
    """This machine itself, not through a proxy; or whoever holds the token."""
    token = settings.MASHANG_HEALTH_TOKEN
    given = meta.get("HTTP_AUTHORIZATION", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    return meta.get("REMOTE_ADDR") in LOOPBACK and "HTTP_X_FORWARDED_FOR" not in meta


def state() -> dict[str, Any]:
    """What is so now. `ok` is false where somebody has to act today; `wrong` says why, in words."""
    told: dict[str, Any] = {"disk_free_bytes": shutil.disk_usage(settings.VAR).free}
    wrong = ["磁盘快满了"] if told["disk_free_bytes"] < LEAST_FREE else []
    try:
        began = time.perf_counter()
        told |= _asked()
        told["database_seconds"] = round(time.perf_counter() - began, 4)
        wrong += _wrong(told)
    except DatabaseError:
        told["database"] = "down"
        wrong.append("数据库没有应答")
    finally:
        connection.close_if_unusable_or_obsolete()
    return {"ok": not wrong, "wrong": wrong, **told}


def _asked() -> dict[str, Any]:
    last = Tick.objects.first()
    waiting = Message.objects.filter(state__in=["waiting", "sending"])
    unsigned = TrailHead.objects.filter(number__gt=F("sealed_number"))
    return {
        "database": "up",
        "keys_fit": keys.fits() is not False,
        "tick_age_seconds": _age(last.began_at) if last else None,
        "tick_failed": last.failed.splitlines() if last else [],
        "clock_is_trusted": clock.doubt(clock.read()) is None,
        "messages_waiting": waiting.count(),
        "messages_oldest_seconds": _age(waiting.aggregate(at=Min("due_at"))["at"]),
        "entries_unsigned": unsigned.aggregate(n=Sum(F("number") - F("sealed_number")))["n"] or 0,
    }


def _wrong(told: dict[str, Any]) -> list[str]:
    found = {
        "密钥与数据库不符": not told["keys_fit"],
        "时钟不可信，运行 mashang clock": not told["clock_is_trusted"],
        "定时办理停了": told["tick_age_seconds"] is None or told["tick_age_seconds"] > LATE,
        "短信发不出去": (told["messages_oldest_seconds"] or 0) > LATE,
    }
    return [words for words, is_so in found.items() if is_so]


def _age(moment: datetime | None) -> int | None:
    return round((timezone.now() - moment).total_seconds()) if moment else None
