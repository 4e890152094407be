"""读起来像不像: how much a text reads like those that carry a contact, whatever words it has chosen.

The tables of this package know wordings; this knows only which characters stand near each other in
texts that people have written by hand, with a contact in them or without (`scripts/learn_likeness.py`,
docs/decisions/0034-likeness-learnt-from-lists.md). It says how much, and which clause says most; it
cannot say what. `findings` and `hints` ask it beside the tables.
"""

import json
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import sqrt
from pathlib import Path

from mashang.screening.numerals import in_digits
from mashang.screening.views import View, plain

WEIGHTS = Path(__file__).with_name("data") / "likeness.bin"
SLOTS = 1 << 17
LONGEST_GRAM = 3
SKIPPED = (2, 3, 4)  # how far apart two characters of a pair may stand
# Scores, by what lists gave that were left out of the learning (docs/text_check.md).
STOPS = 0.15
HEEDS = -0.2  # below it a text reads honest, and a table that knows words only may be let go
SURE = 0.6  # of a clause by itself, however honest the words around it
DOUBTS = -0.4  # below it a mere hint of the tables is not marked
SHORTEST = 8  # characters; a name or an item says too little of how it reads
SHORTEST_STOPPED = 16  # and in less than a sentence a mere figure looks like one
LONGEST = 40  # characters that are read at once, so that honest words around hide nothing
_STEPS = ((1, 3, 5, 7, 9, 11, 15), (1, 3, 6, 10), (8, 15, 25, 40, 70))
_DIGIT = re.compile(r"\d")
_ENDS = re.compile(r"[，。！？；,!?;\n]")

Gram = tuple[str, int]  # and where it begins; -1 for what is true of the whole


@dataclass(frozen=True)
class Likeness:
    """`score` grows with the likeness; `text[start:end]` is the clause that adds most to it.

    None of a text that is too short to tell. `length` counts the characters that were read.
    """

    score: float | None
    start: int = 0
    end: int = 0
    length: int = 0

    @property
    def stops(self) -> bool:
        return self.score is not None and self.score > STOPS and self.length >= SHORTEST_STOPPED

    @property
    def is_heeded(self) -> bool:
        return self.score is not None and self.score > HEEDS

    @property
    def is_sure(self) -> bool:
        return self.score is not None and self.score > SURE

    @property
    def is_honest(self) -> bool:
        return self.score is not None and self.score < HEEDS

    @property
    def is_doubted(self) -> bool:
        return self.score is not None and self.score < DOUBTS


@dataclass(frozen=True)
class Weights:
    """A whole number from -127 to 127 for each slot, `scale` a unit; `origin` tells what they were learnt from."""

    slots: "array[int]"
    scale: float
    bias: float
    origin: str


NOTHING = Likeness(None)


@lru_cache(maxsize=64)
def likeness_of(text: str) -> Likeness:
    """Of the part of a text that reads worst; `NOTHING` of a text too short to tell."""
    view = in_digits(plain(text)).phrases
    reading = reading_of(view.text)
    if len(reading.strip(",")) < SHORTEST:
        return NOTHING
    return max(
        (_likeness(view, reading, *part) for part in _parts(reading)),
        key=lambda one: one.score or 0.0,
    )


def is_sure_at(text: str, start: int, end: int) -> bool:
    """Whether the whole clauses that hold `text[start:end]` read like a contact by themselves."""
    before = max((match.end() for match in _ENDS.finditer(text, 0, start)), default=0)
    after = _ENDS.search(text, end)
    return likeness_of(text[before : after.start() if after else len(text)]).is_sure


def reading_of(text: str) -> str:
    """A text in digits and phrases as it is learnt and read: every digit is one mark."""
    return _DIGIT.sub("0", text)


def grams(reading: str) -> Iterator[Gram]:
    """What a reading is made of: up to three characters in a row, pairs with some between, how many figures."""
    framed = f"^{reading}$"
    for length in range(1, LONGEST_GRAM + 1):
        for at in range(len(framed) - length + 1):
            yield framed[at : at + length], max(0, at - 1)
    for start, end in _clauses(reading):
        for at in range(start, end):
            for far in range(at + SKIPPED[0], min(end, at + SKIPPED[-1] + 1)):
                yield f"~{reading[at]}{reading[far]}", at
    counts = reading.count("0"), sum("a" <= char <= "z" for char in reading), len(reading)
    for sort, (count, steps) in enumerate(zip(counts, _STEPS, strict=True)):
        for step in steps:
            if count >= step:
                yield f"#{sort}>{step}", -1


def slots(grams_of: Iterable[Gram]) -> dict[int, int]:
    """Slot → where the first gram in it begins."""
    found: dict[int, int] = {}
    for gram, at in grams_of:
        found.setdefault(zlib.crc32(gram.encode()) & (SLOTS - 1), at)
    return found


@cache
def weights() -> Weights:
    head, _, packed = WEIGHTS.read_bytes().partition(b"\n")
    told = json.loads(head)
    return Weights(array("b", zlib.decompress(packed)), told["scale"], told["bias"], told["origin"])


def _likeness(view: View, reading: str, start: int, end: int) -> Likeness:
    learnt, part = weights(), reading[start:end]
    found = slots(grams(part))
    unit = learnt.scale / sqrt(len(found))
    total, by_place = 0, [0] * len(part)
    for slot, at in found.items():
        weight = learnt.slots[slot]
        total += weight
        if 0 <= at < len(part):
            by_place[at] += weight
    first, last = max(_clauses(part), key=lambda clause: sum(by_place[slice(*clause)]))
    return Likeness(
        learnt.bias + total * unit, *view.span(start + first, start + last), length=len(part)
    )


def _clauses(reading: str) -> Iterator[tuple[int, int]]:
    ends = [at for at, char in enumerate(reading) if char == ","]
    for before, end in pairwise([-1, *ends, len(reading)]):
        for start in range(before + 1, end, LONGEST):
            yield start, min(end, start + LONGEST)


def _parts(reading: str) -> Iterator[tuple[int, int]]:
    """Rows of whole clauses of about LONGEST characters, each beginning in the middle of the one before."""
    clauses, first = list(_clauses(reading)), 0
    while True:
        start, last = clauses[first][0], first
        while last + 1 < len(clauses) and clauses[last + 1][1] - start <= LONGEST:
            last += 1
        yield start, clauses[last][1]
        if last + 1 == len(clauses):
            return
        middle = (start + clauses[last][1]) // 2
        first = next(
            (at for at in range(first + 1, last + 1) if clauses[at][0] >= middle), last + 1
        )
