"""看得见的字: what is left of words that others will read once everything unseen is out of them.

Marks that turn the order of words round (U+202A–E, U+2066–9) make a page show another text than was
checked; marks of no width hide in a number, or are a name all by themselves. None is kept.
"""

from mashang.core.typed import plain

TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"


def visible(text: str) -> str:
    """The text as it is kept: cleaned as everything typed is, and without the NUL that no database takes."""
    return plain(text).replace("\x00", "")
