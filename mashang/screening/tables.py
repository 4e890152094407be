"""The tables of wordings, asked together: what they find in a text, and what of it is let go.

They know words and not who says them: 请不要给我转账 names money as a plea does. Where all that they find are
words, and the text reads like an honest one (`likeness`), it is not stopped but marked for those who moderate.
"""

from collections.abc import Iterator
from functools import lru_cache

from mashang.screening import addresses, chats, links, money, numbers, pleas, ways
from mashang.screening.finding import Finding
from mashang.screening.likeness import is_sure_at, likeness_of
from mashang.screening.numerals import in_digits
from mashang.screening.views import View, as_told, plain, turned

SOFT = {"money", "chat_id", "address"}  # told in words; a number or a link is never let go


def found(text: str) -> list[Finding]:
    """In its order; findings of one kind that overlap are told as one."""
    return list(_found(text))


def let_go(text: str) -> list[Finding]:
    """All that is found, if it is let go: words in a text that reads honest, whose clause does so too by itself."""
    if not (every := _found(text)) or not {one.kind for one in every} <= SOFT:
        return []
    if not likeness_of(text).is_honest or any(is_sure_at(text, a.start, a.end) for a in every):
        return []
    return list(every)


@lru_cache(maxsize=64)
def _found(text: str) -> tuple[Finding, ...]:
    ends: dict[tuple[str, int], int] = {}
    latest: dict[str, int] = {}
    readings = [plain(text), *turned(text)]
    found = {hit for reading in readings for hit in _spans(reading)}
    for kind, start, end in sorted(found, key=lambda hit: hit[1]):
        if kind not in latest or ends[kind, latest[kind]] <= start:
            latest[kind] = start
        ends[kind, latest[kind]] = max(end, ends.get((kind, latest[kind]), end))
    return tuple(Finding(kind, start, end, text[start:end]) for (kind, start), end in ends.items())


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
