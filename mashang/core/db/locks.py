"""锁: rows that nobody else changes until the action is over."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def locked(rows: QuerySet[M], *, no_key: bool = False) -> QuerySet[M]:
    """The same rows, locked in the order of their keys, and read anew with what belongs to them.

    Locked alone and first: after a wait PostgreSQL joins a changed row with what it hung on before, and where
    that no longer fits the row is not found at all. With `no_key` rows that merely hang on them may be added.
    """
    alone = rows.select_related(None).order_by("pk").select_for_update(of=("self",), no_key=no_key)
    return rows.filter(pk__in=list(alone.values_list("pk", flat=True)))
