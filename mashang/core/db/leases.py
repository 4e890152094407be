"""租约: one process at a time, by the clock of the database, and nobody waits for one that died."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from datetime import timedelta
from uuid import UUID, uuid4

import structlog
from django.db import DatabaseError, connections, transaction
from django.db.models import Q
from django.db.models.functions import Now

from mashang.core.models import Lease

log = structlog.get_logger(__name__)
LONG = timedelta(minutes=10)  # how long a process that died keeps the others out
RENEWED_EVERY = 60  # seconds


class Held:
    """A lease in our hand."""

    def __init__(self, name: str, holder: UUID) -> None:
        self.name, self.holder = name, holder

    def renew(self) -> bool:
        """False: it ran out, and somebody else has taken it. Stop then."""
        return _extend(self.name, self.holder, Q(holder=self.holder))

    def give_back(self) -> None:
        Lease.objects.filter(name=self.name, holder=self.holder).update(holder=None)


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


@contextmanager
def renewing(mine: Held) -> Iterator[None]:
    """For steps that take longer than a lease: a thread with a connection of its own renews it."""
    over = threading.Event()
    keep = threading.Thread(target=copy_context().run, args=(_keep, mine, over), daemon=True)
    keep.start()
    try:
        yield
    finally:
        over.set()
        keep.join()


def _keep(mine: Held, over: threading.Event) -> None:
    while not over.wait(RENEWED_EVERY):
        try:
            mine.renew()
        except DatabaseError:
            log.exception("lease not renewed", name=mine.name)
    connections.close_all()


def _take(mine: Held) -> bool:
    Lease.objects.bulk_create([Lease(name=mine.name, ends_at=Now())], ignore_conflicts=True)
    return _extend(mine.name, mine.holder, _is_free())


def _is_free() -> Q:
    """Given back, run out, or of a clock that stood ahead: none ends much later than a whole one from now."""
    return Q(holder=None) | Q(ends_at__lte=Now()) | Q(ends_at__gt=Now() + 2 * LONG)


def _extend(name: str, holder: UUID, if_: Q) -> bool:
    with transaction.atomic():
        rows = Lease.objects.filter(if_, name=name)
        return rows.update(holder=holder, ends_at=Now() + LONG) == 1
