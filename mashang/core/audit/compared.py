"""对照: rows of which the trail tells by an entry of their own say what it says.

A room names them beside its model: `compared(Aid, ("aid.confirmed", "aid.reversed"), says)`. `says(row)` is
what an entry about the row would hold as it stands now: `action`, `chain`, `actor_id`, and facts by name. Of
an entry only the facts that it has are compared: old ones had fewer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model

from mashang.core.models import TrailEntry

CHUNK = 500
Says = Callable[[Any], dict[str, object]]
Line = dict[str, Any]


@dataclass(frozen=True)
class Comparison:
    model: type[Model]
    actions: frozenset[str]
    says: Says
    each_has_one: bool  # whether a row without such an entry is damage too

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    def lines_of(self, entries: Iterable[Line]) -> dict[str, Line]:
        """What stands in the table for these entries, by the row's key; `says` is None for one that is gone."""
        keys = {
            entry["subject_id"]
            for entry in entries
            if entry["action"] in self.actions and _is_key(entry["subject_id"])
        }
        if not keys:
            return {}
        rows = self.model._base_manager.in_bulk(list(keys))
        found = {str(key): _plain(self.says(row)) for key, row in rows.items()}
        return {key: {"line": self.name, "id": key, "says": found.get(key)} for key in keys}

    def without_entry(self) -> Iterator[Line]:
        """Rows of which no entry tells."""
        keys = self.model._base_manager.order_by("pk").values_list("pk", flat=True)
        for chunk in in_chunks(map(str, keys.iterator()), CHUNK):
            told = TrailEntry.objects.filter(
                subject=self.name, subject_id__in=chunk, action__in=self.actions
            )
            known = set(told.values_list("subject_id", flat=True))
            for key in chunk:
                if key not in known:
                    yield {"line": self.name, "id": key, "without_entry": True}


_registered: list[Comparison] = []


def compared(
    model: type[Model], actions: Iterable[str], says: Says, *, each_has_one: bool = True
) -> None:
    """From now on the verifier compares such rows with the entries that tell of them."""
    _registered.append(Comparison(model, frozenset(actions), says, each_has_one))


def comparisons() -> list[Comparison]:
    return list(_registered)


def _is_key(text: str) -> bool:
    """What somebody wrote over an entry is found as damage; it must not stop the reading."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def in_chunks(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for thing in things:
        chunk.append(thing)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _plain(says: dict[str, object]) -> dict[str, Any]:
    return {
        name: value if value is None or isinstance(value, int) else str(value)
        for name, value in says.items()
    }
