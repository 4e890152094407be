"""A page of a list that goes on where the last one ended, however deep: by its keys, no OFFSET."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet

from mashang.api.refusals import NotAsDescribed

M = TypeVar("M", bound=Model)
SALT = "api cursor"


def page(
    rows: QuerySet[M], moment: str, cursor: str, limit: int, *, newest_first: bool = False
) -> tuple[list[M], str | None]:
    """(the rows behind the cursor, the cursor of the next page or None), in the order of `moment`."""
    minus, behind = ("-", "lt") if newest_first else ("", "gt")
    if cursor:
        at, pk = _unpack(cursor)
        same = Q(**{moment: at, f"pk__{behind}": pk})
        rows = rows.filter(Q(**{f"{moment}__{behind}": at}) | same)
    page_rows = list(rows.order_by(f"{minus}{moment}", f"{minus}pk")[: limit + 1])
    if len(page_rows) <= limit:
        return page_rows, None
    last = page_rows[limit - 1]
    return page_rows[:limit], signing.dumps(
        [getattr(last, moment).isoformat(), str(last.pk)], salt=SALT
    )


def _unpack(cursor: str) -> tuple[datetime, UUID]:
    """What we packed ourselves; anything else is NotAsDescribed."""
    try:
        at, pk = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        raise NotAsDescribed(fields={"cursor": "not a cursor of ours"}) from None
    return datetime.fromisoformat(at), UUID(pk)
