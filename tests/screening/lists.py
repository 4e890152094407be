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
class Half:
    """Half of a list drawn by lot: read while the check was mended, or unread, of which only shares are told.

    `told` and `untold` are empty where nobody wrote any.
    """

    disguised: tuple[str, ...]
    hints: tuple[str, ...]
    clean: tuple[str, ...]
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


_ENDINGS = {"read": "", "unread": "_unread"}


def _halves(name: str) -> dict[str, Half]:
    """The halves of a list whose files stand here: `clean_<name>.txt`, `clean_<name>_unread.txt` …"""
    return {
        half: _half(name + end) for half, end in _ENDINGS.items() if _stands("clean", name + end)
    }


def _half(ending: str) -> Half:
    def kinds(part: str) -> tuple[str, ...]:
        return tuple(line.split(" ", 1)[1] for line in _part(part, ending))

    return Half(
        disguised=kinds("disguised"),
        hints=kinds("hints"),
        clean=_part("clean", ending),
        told=kinds("told"),
        untold=_part("untold", ending),
    )


def _part(part: str, ending: str) -> tuple[str, ...]:
    return tuple(_lines(f"{part}_{ending}.txt")) if _stands(part, ending) else ()


def _stands(part: str, ending: str) -> bool:
    return Path(__file__).with_name(f"{part}_{ending}.txt").exists()


def _later(name: str, least_found: float) -> Later:
    disguised = tuple(line.split(" ", 1)[1] for line in _lines(f"disguised_{name}.txt"))
    return Later(disguised, tuple(_lines(f"clean_{name}.txt")), least_found)


LATER = {
    "families": _later("families", 0.99),
    "later": _later("later", 0.97),
    "held_out": _later("held_out", 0.94),  # its misses are not looked at
}
# The eighth list, by people's ways; by strangers who never saw the check the ninth and those after it.
NAMES = (
    *("people", "strangers", "tenth", "eleventh", "twelfth"),
    *("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth"),
)
HALVES = {(name, half): texts for name in NAMES for half, texts in _halves(name).items()}
LEARNING = _half("learning")  # written to learn from (scripts/learn_likeness.py); measures nothing
