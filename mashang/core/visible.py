"""看得见的字: what is left of words that others will read once everything unseen is out of them.

Marks that turn the order of words round (U+202A–E, U+2066–9) make a page show another text than was
checked; marks of no width hide in a number, or are a name all by themselves. Neither is kept. The joiners
and selectors inside an emoji stay: 👩‍👧 is one picture.
"""

import re
import unicodedata

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
_UNSEEN = re.compile(f"[{_BLANK_LETTERS}]")
_JOINER = "\u200d"
_UNSEEN_CATEGORIES = {"Cf", "Cc", "Cs", "Co"}
_KEPT = {"\n", "\t"}


def visible(text: str) -> str:
    """The text as it is kept: line ends as \\n, other blanks as they are, nothing that cannot be seen."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for place, char in enumerate(text) if _is_kept(text, place))


def _is_kept(text: str, place: int) -> bool:
    char = text[place]
    if char in _KEPT:
        return True
    if char == _JOINER:
        return _joins_pictures(text, place)
    return unicodedata.category(char) not in _UNSEEN_CATEGORIES


def _joins_pictures(text: str, place: int) -> bool:
    before = text[:place].rstrip("\ufe0f")[-1:]
    after = text[place + 1 : place + 2]
    return all(side and unicodedata.category(side) in ("So", "Sk") for side in (before, after))
