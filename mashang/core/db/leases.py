"""租约: one process at a time, by the clock of the database, and nobody waits for one that died."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from mashang.core.models import Lease

LONG = timedelta(minutes=10)  # how long a process that died keeps the others out


class Held:
    """A lease in our hand; `renew()` before each long step."""

    def __init__(self, name: str, holder: UUID) -> None:
        self.name, self.holder = name, holder

    def renew(self) -> bool:
        """False: it ran out, and somebody else has taken it. Stop then."""
        return _extend(self.name, self.holder, Q(holder=self.holder))

    def give_back(self) -> None:
        Lease.objects.filter(name=self.name, holder=self.holder).update(holder=None, ends_at=Now())


@contextmanager
def lease(name: str) -> Iterator[Held | None]:
    """None while another process holds it. Given back at the end, whatever happens inside."""
    mine = Held(name, uuid4())
    if not _take(mine):
        yield None
        return
    try:
        yield mine
    finally:
        mine.give_back()


def _take(mine: Held) -> bool:
    Lease.objects.bulk_create([Lease(name=mine.name, ends_at=_long_ago())], ignore_conflicts=True)
    return _extend(mine.name, mine.holder, Q(ends_at__lte=Now()))


def _long_ago() -> Any:
    return Now() - timedelta(days=1)


def _extend(name: str, holder: UUID, if_: Q) -> bool:
    with transaction.atomic():
        rows = Lease.objects.filter(if_, name=name)
        return rows.update(holder=holder, ends_at=Now() + LONG) == 1
