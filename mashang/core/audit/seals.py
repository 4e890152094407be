"""封存: once a minute one entry of the house's chain binds what was added to the bound tables.

It says how many rows each table has in the time that is over, and the SM3 over them. After that, a row that
is deleted, changed or slipped in is found (`core.audit.verifier`). What costs: one entry a minute while
somebody works, one an hour otherwise, however many rows there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.db import connection, transaction
from django.utils import timezone

from mashang.core.audit.bound import BoundTable, bound_tables
from mashang.core.audit.trail import HOUSE_CHAIN, record
from mashang.core.audit.verifier import SEALED
from mashang.core.db.action import action
from mashang.core.models import TrailEntry, TrailHead

GRACE = timedelta(minutes=1)  # between the moment in a row's key and the row itself
QUIET = timedelta(hours=1)  # a time without rows is sealed too, so that none can be slipped in
LONGEST = timedelta(days=1)  # what was not sealed for long is sealed day by day
OLDEST_WRITER = """
    SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'  -- an autovacuum may run for hours and adds no row
"""


@dataclass(frozen=True)
class LastSeal:
    """Up to which moment rows are sealed, and by which entry."""

    number: int = 0
    until: datetime | None = None
    tables: frozenset[str] = frozenset()


def seal_rows(progress: Callable[[int], None] = lambda rows: None) -> int:
    """封存: every minute that is over and not sealed yet; returns how many rows. Called every minute."""
    end, sealed, last = closed_until(), 0, last_seal()
    while (until := _end_of_next(last, end)) is not None:
        facts = {
            table.name: _count_and_digest(table, _since(table, last), until)
            for table in bound_tables()
        }
        rows = sum(count for _, count, _ in facts.values())
        if not rows and last.until is not None and until - last.until < QUIET:
            break
        if not _append(last, until, facts):
            break  # another process was faster
        last, sealed = last_seal(), sealed + rows
        progress(sealed)
    return sealed


def closed_until() -> datetime:
    """The minute before which every row that will ever be there is there.

    On SQLite writers queue: whoever has begun before this has ended. On PostgreSQL the oldest
    transaction that has written something says from when on rows may still come.
    """
    now = timezone.now()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(OLDEST_WRITER)
                oldest = cursor.fetchone()[0]
            now = min(now, oldest or now)
    return _minute(now - GRACE)


def last_seal() -> LastSeal:
    seals = TrailEntry.objects.filter(chain=HOUSE_CHAIN, action=SEALED)
    entry = seals.order_by("-number").first()
    if entry is None:
        return LastSeal()
    tables = {name for name, value in entry.facts.items() if isinstance(value, list)}
    until = datetime.fromisoformat(entry.facts["until"])
    return LastSeal(entry.number, until, frozenset(tables))


def _since(table: BoundTable, last: LastSeal) -> datetime | None:
    """A table that was not bound before is sealed from its first row on."""
    return last.until if table.name in last.tables else None


def _end_of_next(last: LastSeal, end: datetime) -> datetime | None:
    begin = last.until
    if begin is None:
        oldest = [at for table in bound_tables() if (at := table.oldest())]
        begin = _minute(min(oldest)) if oldest else end  # an empty house has nothing to seal
    until = min(begin + LONGEST, end)
    return until if until > begin else None


def _count_and_digest(
    table: BoundTable, since: datetime | None, until: datetime
) -> tuple[int, int, str]:
    count, tool = 0, hashes.Hash(hashes.SM3())
    for row in table.rows(since, until, table.form):
        tool.update(row.digest)
        count += 1
    return table.form, count, tool.finalize().hex() if count else ""


@action
def _append(last: LastSeal, until: datetime, facts: dict[str, Any]) -> bool:
    """The entry, unless somebody else has sealed since `last` was read."""
    TrailHead.objects.bulk_create([TrailHead(chain=HOUSE_CHAIN)], ignore_conflicts=True)
    TrailHead.objects.select_for_update().get(pk=HOUSE_CHAIN)
    if last_seal().number != last.number:
        return False
    record(SEALED, TrailHead(chain=HOUSE_CHAIN), by=None, since=last.until, until=until, **facts)
    return True


def _minute(moment: datetime) -> datetime:
    return datetime.fromtimestamp(int(moment.timestamp()) // 60 * 60, UTC)
