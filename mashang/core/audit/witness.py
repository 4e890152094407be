"""见证: once a day, what the signed roots have come to is told to somebody outside this machine.

Whoever owns the database and the roots file can cut both back to an earlier day, and what is left is sound. Not
so if that day's root stands elsewhere: as a line in a file on another machine (MASHANG_TRAIL_WITNESS), or as 25
digits on paper or in a mail (`mashang witness`). Each line of the roots file holds the digest of the one before,
so one of them vouches for everything up to it.

A witness has one line a day: day (Beijing), batch (number of the last root), line (SM3 of its line in the roots
file, without the line end), digits (of that digest, for people).
"""

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from mashang.core.audit.roots import signed_lines
from mashang.core.audit.verifier import Damage, sm3
from mashang.core.provinces import current_province

DIGITS, CHECK, GROUP = 23, 97, 5
_COPIED = re.compile(r"\s*(\d{4}-\d{2}-\d{2})((?:[\s-]*\d){25})\s*", re.ASCII)


class Miscopied(ValueError):
    """What was typed is no daily root; its sentence says so."""


@dataclass(frozen=True)
class Witness:
    day: str
    batch: int
    line: str
    digits: str


def digits_of(line: str) -> str:
    """23 digits of the digest and two that tell a slip of the pen, in groups of five."""
    number = int(line, 16) % 10**DIGITS
    text = f"{number:0{DIGITS}}{number % CHECK:02}"
    return " ".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def of_today() -> Witness | None:
    """What can be told now; None before the first root."""
    lines = signed_lines()
    if not lines:
        return None
    line = sm3(lines[-1]).hex()
    return Witness(timezone.localdate().isoformat(), len(lines), line, digits_of(line))


# The file -----------------------------------------------------------------------------


def witness_file() -> Path | None:
    """One file for each province, where there are several; None if nobody named one."""
    if not settings.MASHANG_TRAIL_WITNESS:
        return None
    path = Path(settings.MASHANG_TRAIL_WITNESS)
    return (
        path.with_stem(f"{path.stem}-{current_province()}") if settings.MASHANG_PROVINCES else path
    )


def witness_day() -> bool:
    """每日见证: the first tick of a day adds its line; whether it was this one.

    The folder is never made: where it should be another machine's and is not there, this fails and is told.
    """
    path = witness_file()
    if path is None or _last_day(path) >= timezone.localdate().isoformat():
        return False
    told = of_today()
    if told is not None:
        append(told, path)
    return told is not None


def append(told: Witness, path: Path) -> None:
    """One line at the end, on the disk before it counts; also where only adding is allowed."""
    torn = path.exists() and path.read_bytes()[-1:] not in (b"", b"\n")
    line = ("\n" if torn else "") + json.dumps(asdict(told)) + "\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, line.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _last_day(path: Path) -> str:
    return max((told.day for told in read(path)), default="") if path.exists() else ""


def read(path: Path) -> list[Witness]:
    """What the file says; a line that a crash left half-written is no word of anybody."""
    return list(_read(path.read_text("ascii", "replace").splitlines()))


def _read(lines: Sequence[str]) -> Iterator[Witness]:
    for line in lines:
        try:
            yield Witness(**json.loads(line))
        except (TypeError, ValueError):
            continue


# Comparing ----------------------------------------------------------------------------


def compare(witnesses: Sequence[Witness], lines: Sequence[bytes]) -> list[Damage]:
    """What is no longer as it was told: the first day that does not fit, and the last that does."""
    ordered = sorted(witnesses, key=lambda told: (told.day, told.batch))
    fitting = ""
    for told in ordered:
        if told.batch > len(lines):
            what = f"{told.day} 见证时有 {told.batch} 个签名根，现在只有 {len(lines)} 个"
        elif sm3(lines[told.batch - 1]).hex() != told.line:
            what = f"{told.day} 见证时的第 {told.batch} 个签名根已不同"
        else:
            fitting = told.day
            continue
        return [Damage("witness", "", told.batch, f"{what}，{_since(fitting)}")]
    return []


def compare_copied(text: str, lines: Sequence[bytes]) -> list[Damage]:
    """The same for what somebody copied down: a day and 25 digits. Raises Miscopied."""
    day, digits = _copied(text)
    if any(digits_of(sm3(line).hex()) == digits for line in reversed(lines)):
        return []
    what = f"{day} 抄下的根不在现在的 {len(lines)} 个签名根里：那一天或以前的记录被截去或改写"
    return [Damage("witness", "", 0, what)]


def _since(fitting: str) -> str:
    return (
        f"最后相符的是 {fitting}：此后的记录被截去或改写"
        if fitting
        else "没有一天相符：记录被截去或改写"
    )


def _copied(text: str) -> tuple[str, str]:
    match = _COPIED.fullmatch(text)
    if match is None:
        raise Miscopied("请照抄日期和 25 位数字，例如 2026-11-30 12345 67890 12345 67890 12345")
    plain = re.sub(r"\D", "", match[2])
    if int(plain[:DIGITS]) % CHECK != int(plain[DIGITS:]):
        raise Miscopied("这 25 位数字里有抄错的，请再核对一遍；这还不能说明留痕有损坏")
    return match[1], " ".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))
