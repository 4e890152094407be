"""文字检查: contacts, addresses, numbers of persons and money in words that others read, in any disguise.

`findings` is pure: no database, no settings, no network. It stops nothing by itself; actions refuse
by `shared_words.check_shared`, and moderation shows what it says.
"""

from collections.abc import Iterable

from mashang.screening import tables
from mashang.screening.finding import KINDS, Finding
from mashang.screening.leads import hints
from mashang.screening.likeness import likeness_of
from mashang.screening.told import traits
from mashang.screening.views import plain

__all__ = ["KINDS", "Finding", "across", "findings", "hints", "traits", "where"]

_NUMBERS = {"phone", "id_number", "card_number"}


def findings(text: str) -> list[Finding]:
    """What must not be in a public text, in its order; offsets count the characters of `text`.

    Findings of one kind that overlap are told as one; different kinds may overlap. Where no table finds
    anything, the clause that makes a text read like a contact is the finding, if it does so plainly. Where
    all that they find are words and the text reads honest, they are let go (and marked by `hints`).
    """
    if tables.let_go(text):
        return []
    return tables.found(text) or _alike(text)


def _alike(text: str) -> list[Finding]:
    like = likeness_of(text)
    if not like.stops:
        return []
    return [Finding("likeness", like.start, like.end, text[like.start : like.end])]


def across(texts: Iterable[str]) -> list[Finding]:
    """What only shows where several texts are read one after the other: 120 in one, 3847 5610 in the next.

    Offsets count the characters of the texts joined by line ends.
    """
    parts = list(texts)
    alone = {finding.text for part in parts for finding in findings(part)}
    joined = findings("\n".join(parts))
    return [one for one in joined if one.kind in _NUMBERS and not any(a in one.text for a in alone)]


def where(word: str, text: str) -> tuple[int, int] | None:
    """The first place of a word in a text, in disguise or not: 李 四 is 李四."""
    wanted, squeezed = plain(word).squeezed.text, plain(text).squeezed
    start = squeezed.text.find(wanted) if wanted else -1
    return squeezed.span(start, start + len(wanted)) if start >= 0 else None
