"""时钟: whether this machine's clock may decide anything for families.

Terms run out, claims lapse and publicity ends by the clock. A clock that jumped forty days ahead ends them all, and
putting it back brings nothing back. So whoever does due work first compares the clock with what it cannot have
passed: the last time that due work was done, the newest entry of the trail, the clock of the database, and, as long
as the machine was not started anew, the time that it has been up.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from mashang.core.models import Tick, TrailEntry

TOLERANCE = timedelta(minutes=2)  # a clock that is set by the network is moved by less
DRIFT = timedelta(minutes=10)  # between the clock and the time that the machine has been up
BOOT = Path("/proc/sys/kernel/random/boot_id")
SINCE_BOOT = getattr(
    time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC
)  # with the time asleep, where it is known
CONFIRM = "请核对这台机器的日期和时间（NTP）；确认无误后运行 mashang clock --confirm --reason 原因"
SET = "请先把两边的时钟对准（NTP）"


@dataclass(frozen=True)
class Reading:
    """What the clocks say at one moment."""

    now: datetime
    boot: str
    uptime: timedelta


@dataclass(frozen=True)
class Doubt:
    """Why nothing may be decided by the clock, in words; whether an operator can say that it is right."""

    words: str
    can_be_confirmed: bool = True

    def __str__(self) -> str:
        return f"{self.words}。{CONFIRM if self.can_be_confirmed else SET}"


def read() -> Reading:
    boot = BOOT.read_text("ascii").strip() if BOOT.exists() else ""
    uptime = timedelta(seconds=time.clock_gettime(SINCE_BOOT))
    return Reading(timezone.now(), boot, uptime)


def doubt(reading: Reading) -> Doubt | None:
    """None while there is no reason for one."""
    last = Tick.objects.first()
    words = _behind(reading, last) or (_jump(reading, last) if last else "")
    if words:
        return Doubt(words)
    off = _off_the_database()
    return Doubt(off, can_be_confirmed=False) if off else None


def newest_entry() -> datetime | None:
    return TrailEntry.objects.order_by("-id").values_list("at", flat=True).first()


def _behind(reading: Reading, last: Tick | None) -> str:
    newest = newest_entry()
    is_accepted = last and last.ahead_until and newest and newest <= last.ahead_until
    if newest and reading.now < newest - TOLERANCE and not is_accepted:
        return f"时钟比最后一条留痕（{_told(newest)}）还早，像是倒退了"
    if last and reading.now < last.began_at - TOLERANCE:
        return f"时钟比上一次定时办理（{_told(last.began_at)}）还早，像是倒退了"
    return ""


def _off_the_database() -> str:
    """Where it is another machine: claims lapse by its clock, and terms by ours."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        off = abs(cursor.fetchone()[0] - timezone.now())
    return f"这台机器和数据库的时钟相差{_span(off)}" if off > TOLERANCE else ""


def _jump(reading: Reading, last: Tick) -> str:
    passed = reading.now - last.began_at
    if reading.boot and reading.boot == last.boot:
        really = reading.uptime - timedelta(seconds=last.uptime_seconds)
        off = abs(passed - really)
        return f"时钟在上一次定时办理之后跳了{_span(off)}" if off > DRIFT else ""
    if passed > timedelta(hours=settings.MASHANG_CLOCK_GAP):
        return f"上一次定时办理在{_span(passed)}以前（{_told(last.began_at)}），其间机器重新启动过，看不出时钟对不对"
    return ""


def _told(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _span(length: timedelta) -> str:
    if length.days:
        return f" {length.days} 天 {length.seconds // 3600} 小时"
    return f" {length.seconds // 3600} 小时 {length.seconds // 60 % 60} 分钟"
