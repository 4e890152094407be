"""Sabotage: the house without its compare-and-set, to show what a storm then does."""

from typing import Any

from mashang.config.wsgi import application
from mashang.core.db.states import Stateful

__all__ = ["application"]


def _move_blindly(row: Stateful, new: str, **also: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(state=new, **also)


Stateful.transition_to = _move_blindly  # type: ignore[method-assign]
