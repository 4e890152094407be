"""The search's own table, `wishes_search`: each wish on the wall with its tokens.

It stands apart from the wishes, so that a claim (which changes a wish's state) leaves it alone.
PostgreSQL keeps a wish's tokens in one `tsvector` under a GIN index; SQLite one row for each token,
which a deletion removes without a trace (the migration 0003_search makes both).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from mashang.wishes.search import Tokens

_WRITE = {
    "postgresql": "INSERT INTO wishes_search (wish_id, opened_at, tokens) VALUES (%s, %s, array_to_tsvector(%s))",
    "sqlite": "INSERT INTO wishes_search (wish_id, token) VALUES (%s, %s)",
}
_LAST = chr(0x10FFFF)

Sql = tuple[str, list[Any]]


def write(wish_id: UUID, opened_at: datetime | None, tokens: Iterable[str]) -> None:
    """This wish's tokens instead of those that stood there; none takes it out."""
    key, tokens = _key(wish_id), sorted(tokens)
    rows = [(key, token) for token in tokens] if _is_sqlite() else [(key, opened_at, tokens)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM wishes_search WHERE wish_id = %s", [key])
        if tokens:
            cursor.executemany(_WRITE[connection.vendor], rows)


def find(tokens: Tokens) -> Sql:
    """A query for (id, opened_at) of the wishes that have all tokens; it ends inside its WHERE."""
    return _find_in_rows(tokens) if _is_sqlite() else _find_in_vectors(tokens)


def _find_in_vectors(tokens: Tokens) -> Sql:
    parts = [f"'{token}'" for token in sorted(tokens.whole)]
    parts += [f"'{token}':*" for token in sorted(tokens.beginnings)]
    query = "SELECT wish_id, opened_at FROM wishes_search WHERE tokens @@ %s::tsquery"
    return query, [" & ".join(parts)]


def _find_in_rows(tokens: Tokens) -> Sql:
    ranges = [(token, token) for token in sorted(tokens.whole)]
    ranges += [(token, token + _LAST) for token in sorted(tokens.beginnings)]
    one = "SELECT wish_id FROM wishes_search WHERE token BETWEEN %s AND %s"
    having = " INTERSECT ".join([one] * len(ranges))
    query = f"SELECT id, opened_at FROM wishes_wish WHERE id IN ({having})"
    return query, [end for pair in ranges for end in pair]


def _key(wish_id: UUID) -> Any:
    return wish_id.hex if _is_sqlite() else wish_id


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"
