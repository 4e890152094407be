"""不能许的愿: liquor, tobacco, medicine, cosmetics, lottery tickets and named brands; phones beyond a price.

The list is data with its source and day; disguises are undone as for the text check. A word that
only contains one (抽油烟机, 戒烟) stands under `but`. A kind with a `limit` may be wished for up to the
sum that this rule gives (a broken phone keeps people from their work and their children), nothing else.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mashang.screening.finding import Finding
from mashang.screening.views import View, plain

_DATA = Path(__file__).parent / "data/forbidden.json"


@cache
def labels() -> dict[str, str]:
    """Kind → the word that people read: liquor → 烟酒."""
    return {kind: str(spec["label"]) for kind, spec in _goods().items()}


def limit_of(kind: str) -> str:
    """The rule (a field of WishRules, in fen) up to which this kind may be wished for; empty: never."""
    return str(_goods()[kind].get("limit", ""))


def forbidden(text: str) -> list[Finding]:
    """What nobody may wish for, or only up to a price, in its order; `kind` is a key of `labels`."""
    words = plain(text).squeezed
    findings = [finding for kind in labels() for finding in _of_kind(kind, words, text)]
    return sorted(findings, key=lambda one: one.start)


def _of_kind(kind: str, words: View, text: str) -> Iterator[Finding]:
    innocent = [match.span() for match in _pattern(kind, "but").finditer(words.text)]
    for match in _pattern(kind, "words").finditer(words.text):
        if not any(start < match.end() and match.start() < end for start, end in innocent):
            start, end = words.span(*match.span())
            yield Finding(kind, start, end, text[start:end])


@cache
def _goods() -> dict[str, dict[str, list[str] | str]]:
    goods: dict[str, dict[str, list[str] | str]] = json.loads(_DATA.read_text())["goods"]
    return goods


@cache
def _pattern(kind: str, which: str) -> re.Pattern[str]:
    """The longest word first; an empty list matches nothing."""
    words = sorted(_goods()[kind][which], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")
