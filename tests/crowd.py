"""Twenty people pressing at once, and the control that shows what the locks are for."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any
from unittest.mock import patch

from django.db import connection, connections
from django.db.models import QuerySet

from mashang.core.db.compiled import CompiledQuery
from mashang.core.db.states import Stateful

LATE_SECONDS = 60  # whoever cannot even come would keep all others waiting


def press_at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the exception that it raised, in the order of `acts`.

    Every act has a thread and a database connection of its own; all start together.
    """
    start = Barrier(len(acts), timeout=LATE_SECONDS)

    def press(act: Callable[[], Any]) -> Any:
        connection.ensure_connection()
        start.wait()
        try:
            return act()
        except Exception as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(press, acts))


@contextmanager
def lock_off() -> Iterator[None]:
    """No row locks, no compare-and-set, and SQLite's writers no longer queue at their start."""
    options = connection.settings_dict["OPTIONS"]
    changed = {"transaction_mode": "DEFERRED"} if connection.vendor == "sqlite" else {}
    with (
        patch.object(QuerySet, "select_for_update", lambda rows, **kwargs: rows.all()),
        patch.object(Stateful, "transition_to", _move_blindly),
        patch.object(
            CompiledQuery, "_of_database", CompiledQuery._compile
        ),  # what was compiled with a lock
        patch.dict(options, changed),
    ):
        yield


def _move_blindly(row: Stateful, new: str, **also: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(state=new, **also)
    for name, value in {"state": new, **also}.items():
        setattr(row, name, value)
