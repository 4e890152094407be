"""文字: which characters no database of the house takes, whoever sends them."""

import re
from collections.abc import Iterator

# PostgreSQL refuses NUL in text; half of a surrogate pair is no character and cannot be written as UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    return not _UNSTORABLE.search(text)


def texts_in(value: object) -> Iterator[str]:
    """Every text in lists and dictionaries within one another, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(key)
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
