"""What the verifier reads: the trail, and beside its entries the rows that they bind or tell of.

Rows of a bound table follow the entry that sealed them, a compared row follows its entry, so that neither
side has to hold anything in memory, however long the trail is.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from mashang.core.audit import roots
from mashang.core.audit.bound import Stream, bound_tables, table_called
from mashang.core.audit.compared import CHUNK, comparisons, in_chunks
from mashang.core.audit.verifier import SEALED

Line = dict[str, Any]


def lines() -> Iterator[Line]:
    """The whole export, as `core.audit.verifier` documents it."""
    streams: dict[str, Stream] = {}  # opened at the first seal, when its rows are surely there
    for chunk in in_chunks(roots.trail_lines(), CHUNK):
        rows = _compared_rows([line for line in chunk if "action" in line])
        for line in chunk:
            yield line
            if line.get("action") == SEALED and _is_whole(line["facts"]):
                yield from _sealed_rows(line["facts"], streams)
            elif row := rows.get((line.get("action", ""), line.get("subject_id", ""))):
                yield row
    for comparison in comparisons():
        if comparison.each_has_one:
            yield from comparison.without_entry()
    for table in bound_tables():
        stream = streams.get(table.name) or Stream(table)
        for unsealed in stream.rows_until(None, table.form):
            yield unsealed.as_line()


def _compared_rows(entries: list[Line]) -> dict[tuple[str, str], Line]:
    """By action and subject: an entry's row is looked up once for each comparison."""
    return {
        (action, key): line
        for comparison in comparisons()
        for key, line in comparison.lines_of(entries).items()
        for action in comparison.actions
    }


def _sealed_rows(facts: Line, streams: dict[str, Stream]) -> Iterator[Line]:
    """The rows that stand today where this seal counted them."""
    until = datetime.fromisoformat(facts["until"])
    for name in sorted(name for name, value in facts.items() if isinstance(value, list)):
        table, form = table_called(name), next(iter(facts[name]), None)
        if table is not None and form in table.forms:
            stream = streams.setdefault(name, streams.get(name) or Stream(table))
            for row in stream.rows_until(until, form):
                yield row.as_line()


def _is_whole(facts: Line) -> bool:
    """One that was written over is damage already; it must not stop the reading."""
    try:
        return datetime.fromisoformat(facts["until"]).tzinfo is not None
    except (KeyError, TypeError, ValueError):
        return False
