"""Sabotage: the house without compare-and-set and row locks, to show what a storm then does."""

from typing import Any

from django.db.models import QuerySet

from mashang.config.wsgi import application
from mashang.core.moves import Stateful

__all__ = ["application"]


def _move_blindly(row: Stateful, new: str, **also: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(state=new, **also)


def _unlocked(rows: QuerySet[Any], **kwargs: Any) -> QuerySet[Any]:
    return rows.all()


Stateful.move_to = _move_blindly  # type: ignore[method-assign]
QuerySet.select_for_update = _unlocked  # type: ignore[method-assign]
