"""旧选项: what an old form called things, and what that is today. For the import of old files."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent.parent / "data" / "lists_old.json"


@dataclass(frozen=True)
class OldList:
    """One list of an earlier form; `words` maps its word to today's code, or to None."""

    list: str
    name: str
    source: str
    valid_from: date | None
    valid_to: date | None  # the first day on which it no longer holds
    words: dict[str, str | None]

    def holds(self, on: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on < self.valid_to)


@cache
def old_lists() -> tuple[OldList, ...]:
    rows = json.loads(LISTS.read_text(encoding="utf-8"))["lists"]
    days = ("valid_from", "valid_to")
    return tuple(
        OldList(**{**row, **{day: row[day] and date.fromisoformat(row[day]) for day in days}})
        for row in rows
    )


def code_of(list_name: str, word: str, on: date) -> str | None:
    """Today's code for a word of that day's form; None when a person has to look at it."""
    for old in old_lists():
        if old.list == list_name and old.holds(on) and word in old.words:
            return old.words[word]
    return None
