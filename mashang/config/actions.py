"""What an operator does to the house itself, at the command line; each with its reason, kept for good."""

from django.utils import timezone

from mashang.config import clock, installation
from mashang.core.db.action import action
from mashang.core.errors import WrongState
from mashang.core.models import Installation, OperatorAct, Tick

CHANGEABLE = ("public-url",)


@action
def register_installation(*, by: str) -> bool:
    """登记: the database learns to which house it belongs; whether it was told now."""
    mine = installation.here()
    _, is_new = Installation.objects.get_or_create(
        id=1,
        defaults={
            "mode": mine["mode"],
            "public_url": mine["public-url"],
            "province": mine["province"],
        },
    )
    return is_new


@action
def change_installation(name: str, *, reason: str, by: str) -> tuple[str, str]:
    """更改: from now on the database knows the house by what the settings say. Returns before and after."""
    row = Installation.objects.select_for_update().first()
    if row is None:
        raise WrongState("not_registered", "还没有登记过，请先运行 mashang provision")
    others = installation.differences(installation.remembered())
    others.pop(name, None)
    if others:
        raise WrongState("another_house", "；".join(others.values()))
    before, after = row.public_url, installation.here()[name]
    if before == after:
        raise WrongState("nothing_new", f"登记的已经是 {after}，没有什么要改")
    row.public_url = after
    row.save(update_fields=["public_url"])
    _note(f"installation.{name}", before, after, reason, by)
    return before, after


@action
def confirm_clock(*, reason: str, by: str) -> clock.Doubt | None:
    """确认时钟: due work goes on by the clock as it is. Returns what was in doubt; None where nothing was."""
    reading = clock.read()
    doubt = clock.doubt(reading)
    if doubt is None:
        return None
    if not doubt.can_be_confirmed:
        raise WrongState("clock_is_off", str(doubt))
    last = Tick.objects.select_for_update().first()
    Tick.objects.update_or_create(
        id=1,
        defaults=reading_as_row(reading)
        | {"doubted_at": None, "ahead_until": clock.newest_entry()},
    )
    before = last.began_at.isoformat() if last else ""
    _note("clock.confirmed", before, reading.now.isoformat(), reason, by)
    return doubt


@action
def begin_tick(reading: clock.Reading, *, by: str) -> None:
    """开始办理: by a clock that nobody doubts."""
    row = reading_as_row(reading) | {"ended_at": None, "doubted_at": None}
    Tick.objects.update_or_create(id=1, defaults=row)


@action
def end_tick(failed: list[str], *, by: str) -> None:
    """办完: when, and what failed."""
    Tick.objects.filter(id=1).update(ended_at=timezone.now(), failed="\n".join(failed))


@action
def doubt_clock(*, by: str) -> None:
    """存疑: since when nothing is decided by the clock; the reading that was trusted last stays."""
    Tick.objects.filter(id=1, doubted_at=None).update(doubted_at=timezone.now())


def reading_as_row(reading: clock.Reading) -> dict[str, object]:
    return {
        "began_at": reading.now,
        "boot": reading.boot,
        "uptime_seconds": int(reading.uptime.total_seconds()),
    }


def _note(what: str, before: str, after: str, reason: str, by: str) -> None:
    OperatorAct.objects.create(what=what, before=before, after=after, reason=reason, operator=by)
