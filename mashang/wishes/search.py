"""搜心愿: what a text becomes so that one, two or more characters of it find it.

Chinese has no spaces between words, and most people type two characters. So a text is cut into
all its pairs of neighbours (bigrams), and the last character of a run stands alone; a longer word
is found by all its pairs together, one character by the tokens that begin with it. Tokens find
too much now and then (电饭 and 饭锅 far apart); whoever asks looks at the text itself as well.
"""

import unicodedata
from dataclasses import dataclass

from mashang.wishes.prices import band_of

MOST_TERMS, MOST_CHARACTERS = 4, 20
# Before what is not text (category, price, place): no text holds this private character.
MARK = "\ue000"


@dataclass(frozen=True)
class Tokens:
    """What an entry must have: these tokens, and some token that begins so."""

    whole: frozenset[str]
    beginnings: frozenset[str]


def tidy(text: str) -> str:
    """ＡＢ电饭煲（5升） → "ab电饭煲 5升": letters, digits and characters; one space for all else.

    Character by character, so that a piece of a text is tidied as it is within the text.
    """
    folded = "".join(unicodedata.normalize("NFKC", letter).casefold() for letter in text)
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def terms(words: str) -> list[str]:
    """What somebody typed into the search, as the pieces that must all be in the text."""
    return [term[:MOST_CHARACTERS] for term in tidy(words).split()[:MOST_TERMS]]


def grams(tidied: str) -> set[str]:
    """电饭煲 → 电饭, 饭煲, 煲."""
    return {run[at : at + 2] for run in tidied.split() for at in range(len(run))}


def facets(category: str, price_fen: int, region_code: str) -> set[str]:
    """The tokens of what one can filter by: 类别, 价格, and the place as county and city."""
    places = (region_code[:6], region_code[:4])
    return {MARK + code for code in (category, band_of(price_fen).code, *places) if code}


def tokens_of(found_by: list[str], *codes: str) -> Tokens:
    """The tokens for terms as typed and codes as filtered by; empty codes ask for nothing."""
    pairs = {term[at : at + 2] for term in found_by for at in range(len(term) - 1)}
    return Tokens(
        whole=frozenset(pairs | {MARK + code for code in codes if code}),
        beginnings=frozenset(term for term in found_by if len(term) == 1),
    )
