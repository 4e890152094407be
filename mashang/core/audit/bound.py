"""受链约束的表: rows that the trail binds although it has no entry for each of them.

A room names such a table beside its model: `bound(Access, 1, ("id", "created_at", …))`. Only columns that
no act changes may be named; a table that is only ever added to names all of them. When a column comes or
goes, the room says `bound(Access, 2, (…))` as well and leaves the first line: old seals keep their form.

Which rows belong to a minute is read from their keys: the first six bytes of an id are the moment in
milliseconds. The primary key is there already; no other index is needed, and a look costs nothing more.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from mashang.core.audit.verifier import sm3
from mashang.core.db.fields import Sealed

PORTION = 2000
KEY_AND_MOMENT = ("id", "created_at")
Columns = tuple[str, ...]
Values = tuple[Any, ...]
_as_json = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class BoundTable:
    """One table, with the forms in which its rows were ever sealed: number → columns."""

    model: type[Model]
    forms: dict[int, Columns]
    is_dated: bool  # whether `created_at` is the moment in the key

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def form(self) -> int:
        """The one in which rows are sealed now."""
        return max(self.forms)

    @property
    def columns(self) -> Columns:
        """Those of all forms; the first two are the key and the moment, by which nothing else is read twice."""
        every = {name: None for form in self.forms.values() for name in form}
        return "id", "created_at", *(name for name in every if name not in KEY_AND_MOMENT)

    def rows(self, since: datetime | None, until: datetime | None, form: int) -> Iterator["Row"]:
        """The rows of this time in the order of their keys, each as a seal sees it; some thousand at a time."""
        return (self.row(values, form) for values in self.values(since, until))

    def row(self, values: Values, form: int) -> "Row":
        told = dict(zip(self.columns, values, strict=True))
        return Row(self, values[0], values[1], digest_of([told[name] for name in self.forms[form]]))

    def values(
        self, since: datetime | None = None, until: datetime | None = None
    ) -> Iterator[Values]:
        """No cursor stays open between two portions: on SQLite it would keep writers waiting."""
        rows = self.model._base_manager.order_by("pk").values_list(*self.columns)
        rows = rows if until is None else rows.filter(pk__lt=first_key(until))
        portion = list((rows.filter(pk__gte=first_key(since)) if since else rows)[:PORTION])
        while portion:
            yield from portion
            if len(portion) < PORTION:
                return
            portion = list(rows.filter(pk__gt=portion[-1][0])[:PORTION])

    def oldest(self) -> datetime | None:
        key = self.model._base_manager.order_by("pk").values_list("pk", flat=True).first()
        return moment_of(key) if key else None


class Stream:
    """A bound table, read once from its first row to its last, seal after seal."""

    def __init__(self, table: BoundTable) -> None:
        self.table = table
        self._values = table.values()
        self._next = next(self._values, None)

    def rows_until(self, moment: datetime | None, form: int) -> Iterator["Row"]:
        """Those before this moment that were not read yet; all that are left, without one."""
        end = first_key(moment) if moment else None
        while self._next is not None and (end is None or self._next[0] < end):
            yield self.table.row(self._next, form)
            self._next = next(self._values, None)


@dataclass(frozen=True)
class Row:
    """A row of a bound table: its key, and the SM3 of its bound columns."""

    table: BoundTable
    key: UUID
    created_at: datetime
    digest: bytes

    def as_line(self) -> dict[str, Any]:
        """As the verifier reads it: nothing of the row's content, only its digest."""
        line = {"row": self.table.name, "id": str(self.key), "digest": self.digest.hex()}
        return line | {"at": _plain(self.created_at)} if self.table.is_dated else line


_registered: dict[str, BoundTable] = {}


def bound(model: type[Model], form: int, columns: Sequence[str], *, is_dated: bool = False) -> None:
    """From now on these columns of the model's rows are bound by the trail."""
    name = model._meta.label_lower
    table = _registered.setdefault(name, BoundTable(model, {}, is_dated))
    table.forms[form] = tuple(columns)


def bound_tables() -> list[BoundTable]:
    return [_registered[name] for name in sorted(_registered)]


def table_called(name: str) -> BoundTable | None:
    return _registered.get(name)


def digest_of(values: Sequence[Any]) -> bytes:
    """SM3 over the JSON list of the values, keys sorted, no spaces, ASCII."""
    return sm3(_as_json([_plain(value) for value in values]).encode("ascii"))


def _plain(value: Any) -> Any:
    """The same on both databases."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Sealed):  # ciphertext, which a new master key does not change
        value = value._held
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return str(value)
    return value


def first_key(moment: datetime) -> UUID:
    """The least key that a row of this moment can have."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def moment_of(key: UUID) -> datetime:
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC)
