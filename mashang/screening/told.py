"""认得出来的话: what a family tells by which those who know it will know it again.

Illness, school and grade, employer, small place, rare job, a turn of fate. None of it is wrong to write, so
it is told kindly and stops nobody; the public reads the words without it (`without`), unless whoever opens
the wish has checked that enough families could have said the same.
"""

import re
from collections.abc import Iterator

from mashang.screening.finding import Finding
from mashang.screening.numerals import in_digits
from mashang.screening.told_words import COMMON_FINDERS, FINDERS
from mashang.screening.views import View, plain

_CLAUSE = re.compile(r"[^，。！？；,!?;\n]+[，。！？；,!?;\n]*")


def traits(text: str) -> list[Finding]:
    """What tells whose family it is, in its order; `kind` is a key of `TRAITS`."""
    digits = in_digits(plain(text)).phrases
    spans = sorted(set(_spans(digits)), key=lambda hit: (hit[1], -hit[2]))
    return [Finding(kind, start, end, text[start:end]) for kind, start, end in spans]


def commonplaces(text: str) -> set[str]:
    """Which sorts of COMMON the text tells, each once."""
    told = in_digits(plain(text)).phrases.text
    return {kind for kind, pattern in COMMON_FINDERS if pattern.search(told)}


def without(text: str) -> str:
    """The text without the clauses that tell it; empty if nothing would be left of it."""
    told = [(one.start, one.end) for one in traits(text)]
    kept = [
        clause[0]
        for clause in _CLAUSE.finditer(text)
        if not any(start < clause.end() and clause.start() < end for start, end in told)
    ]
    return _ended("".join(kept).strip(), text) if len(kept) and told else ("" if told else text)


def _ended(kept: str, text: str) -> str:
    """Ends as the whole text did, not on the comma of a clause that is gone."""
    bare = kept.rstrip("，；,;、")
    if bare == kept or not bare:
        return kept
    last = text.rstrip()[-1:]
    return bare + (last if last in "。！？!?" else "")


def _spans(digits: View) -> Iterator[tuple[str, int, int]]:
    for kind, pattern, common in FINDERS:
        for match in pattern.finditer(digits.text):
            if not common or not common.fullmatch(match[0].strip(",")):
                yield kind, *digits.span(match.start(), match.end())
