"""The hand-written lists: what the text check must find, and what it must leave alone."""

import re
from collections.abc import Iterator
from pathlib import Path

_ESCAPE = re.compile(r"\\n|\\u([0-9a-f]{4})")


def _lines(name: str) -> Iterator[str]:
    for line in Path(__file__).with_name(name).read_text().splitlines():
        if line and not line.startswith("#"):
            yield _ESCAPE.sub(_character, line)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else "\n"


_ALL = [tuple(line.split(" ", 1)) for line in _lines("disguised.txt")]
LEFT = [(kind.removeprefix("?"), text) for kind, text in _ALL if kind.startswith("?")]
DISGUISED = [(kind.removeprefix("?"), text) for kind, text in _ALL]
CLEAN = list(_lines("clean.txt"))
