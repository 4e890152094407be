"""文字检查: contacts, addresses, numbers of persons and money in words that others read, in any disguise.

`findings` is pure: no database, no settings, no network. It stops nothing by itself; actions refuse
by `shared_words.check_shared`, and moderation shows what it says.
"""

from collections.abc import Iterable, Iterator

from mashang.screening import addresses, chats, links, money, numbers, pleas, ways
from mashang.screening.finding import KINDS, Finding
from mashang.screening.leads import hints
from mashang.screening.likeness import likeness_of
from mashang.screening.numerals import in_digits
from mashang.screening.told import traits
from mashang.screening.views import View, as_told, plain, turned

__all__ = ["KINDS", "Finding", "across", "findings", "hints", "traits", "where"]

_NUMBERS = {"phone", "id_number", "card_number"}


def findings(text: str) -> list[Finding]:
    """What must not be in a public text, in its order; offsets count the characters of `text`.

    Findings of one kind that overlap are told as one; different kinds may overlap. Where no table finds
    anything, the clause that makes a text read like a contact is the finding, if it does so plainly.
    """
    return _in_tables(text) or _alike(text)


def _alike(text: str) -> list[Finding]:
    like = likeness_of(text)
    if not like.stops:
        return []
    return [Finding("likeness", like.start, like.end, text[like.start : like.end])]


def _in_tables(text: str) -> list[Finding]:
    ends: dict[tuple[str, int], int] = {}
    latest: dict[str, int] = {}
    readings = [plain(text), *turned(text)]
    found = {hit for reading in readings for hit in _spans(reading)}
    for kind, start, end in sorted(found, key=lambda hit: hit[1]):
        if kind not in latest or ends[kind, latest[kind]] <= start:
            latest[kind] = start
        ends[kind, latest[kind]] = max(end, ends.get((kind, latest[kind]), end))
    return [Finding(kind, start, end, text[start:end]) for (kind, start), end in ends.items()]


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


def _spans(view: View) -> Iterator[tuple[str, int, int]]:
    told = as_told(view)
    for reading in (view,) if told == view else (view, told):
        for kind, start, end in numbers.find(reading):
            yield kind, *reading.span(start, end)
    for kind, spans in _said(view, in_digits(view)):
        for start, end in spans:
            yield kind, start, end


def _said(view: View, digits: View) -> Iterator[tuple[str, Iterator[tuple[int, int]]]]:
    """What is told in words; `digits` is the view with its numerals as digits."""
    yield "link", links.find(view)
    yield "chat_id", chats.find(view, digits)
    yield "address", addresses.find(digits)
    yield "address", ways.find(digits)
    yield "money", money.find(view, digits)
    yield "money", pleas.find(digits)
