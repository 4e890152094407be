"""The hand-written lists: what the text check must find, and what it must leave alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ESCAPE = re.compile(r"\\n|\\u([0-9a-f]{4})")


def _lines(name: str) -> Iterator[str]:
    for line in Path(__file__).with_name(name).read_text().splitlines():
        if line and not line.startswith("#"):
            yield _ESCAPE.sub(_character, line)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else "\n"


DISGUISED = [tuple(line.split(" ", 1)) for line in _lines("disguised.txt")]
CLEAN = list(_lines("clean.txt"))


@dataclass(frozen=True)
class Later:
    """A list written after the check; the shares that hold today are told in docs/text_check.md."""

    disguised: tuple[str, ...]
    clean: tuple[str, ...]
    least_found: float


@dataclass(frozen=True)
class People:
    """The eighth list, by people's ways: half of it was read while the check was mended, half stays unread."""

    disguised: tuple[str, ...]
    hints: tuple[str, ...]
    clean: tuple[str, ...]
    told: tuple[str, ...]
    untold: tuple[str, ...]


def _people(half: str) -> People:
    def kinds(name: str) -> tuple[str, ...]:
        return tuple(line.split(" ", 1)[1] for line in _lines(f"{name}_people{half}.txt"))

    def texts(name: str) -> tuple[str, ...]:
        return tuple(_lines(f"{name}_people{half}.txt"))

    return People(
        kinds("disguised"), kinds("hints"), texts("clean"), kinds("told"), texts("untold")
    )


def _later(name: str, least_found: float) -> Later:
    disguised = tuple(line.split(" ", 1)[1] for line in _lines(f"disguised_{name}.txt"))
    return Later(disguised, tuple(_lines(f"clean_{name}.txt")), least_found)


LATER = {
    "families": _later("families", 0.99),
    "later": _later("later", 0.97),
    "held_out": _later("held_out", 0.93),  # its misses are not looked at
}
PEOPLE = {"read": _people(""), "unread": _people("_unread")}
