"""How the tables are brought up to date: by one process, without the time limits of pages, with an estimate."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

from django.conf import settings
from django.core.management.base import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from mashang.core.commandline import EXIT_NOT_SET_UP
from mashang.core.db.leases import lease, renewing
from mashang.core.models import Lease

ROWS_A_SECOND = 200_000  # that PostgreSQL rewrites or puts into an index, on a slow disk
MINUTE = 60
PATIENCE = 30 * MINUTE
ASK_AGAIN = 0.2
LONGEST_WAIT = "15s"  # behind one long transaction; every page of that table waits behind us
BUSY = "另一个 mashang provision 正在进行"
LIMITS = {
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "lock_timeout": LONGEST_WAIT,
}


def pending(connection: BaseDatabaseWrapper) -> list[Migration]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _ in plan]


@contextmanager
def alone_on_this_machine(tell: Callable[[str], object]) -> Iterator[None]:
    """Waits for another one, and says so."""
    with _lock_file() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(f"{BUSY}，等它结束（最多 {PATIENCE // MINUTE} 分钟）")
            _wait_for(file)
        yield


def _lock_file() -> IO[str]:
    """Also one that an administrator's own run left behind: to hold it is enough to read it."""
    path = settings.VAR / "provision.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("r" if path.exists() else "w")
    except OSError as error:
        raise CommandError(
            f"打不开 {path}（{error.strerror}）。请核对 MASHANG_VAR，或改目录和这个文件的所有者",
            returncode=EXIT_NOT_SET_UP,
        ) from None


def _wait_for(file: IO[str]) -> None:
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        time.sleep(ASK_AGAIN)
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
    raise CommandError(f"{BUSY}，请等它结束再运行", returncode=EXIT_NOT_SET_UP)


@contextmanager
def alone_at(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Nobody else on another machine either, from the second time on: the first one makes the table for it."""
    if connection.vendor == "sqlite" or not _has_leases(connection):
        yield
        return
    with lease("provision") as mine:
        if mine is None:
            raise CommandError(f"{BUSY}，请等它结束再运行", returncode=EXIT_NOT_SET_UP)
        with renewing(mine):
            yield


def _has_leases(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        return Lease._meta.db_table in connection.introspection.table_names(cursor)


@contextmanager
def without_time_limits(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """A page may take seconds, an index over a million rows takes minutes: the role's limits are not for this."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        for limit, value in LIMITS.items():
            cursor.execute(f"SET {limit} = '{value}'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for limit in LIMITS:
                cursor.execute(f"RESET {limit}")


def estimate(connection: BaseDatabaseWrapper) -> str:
    """In words, from how many rows there are: what is rewritten once passes by once."""
    seconds = _rows(connection) // ROWS_A_SECOND
    if seconds < MINUTE:
        return "预计不到一分钟"
    return f"预计不超过 {seconds // MINUTE + 1} 分钟，请不要中断"


def _rows(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT coalesce(sum(greatest(reltuples, 0)), 0)::bigint FROM pg_class c "
                "JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE relkind = 'r' AND nspname = current_schema()"
            )
            return int(cursor.fetchone()[0])
        names = connection.introspection.table_names(cursor)
        counted = 0
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 (a table's own name)
            counted += cursor.fetchone()[0]
        return counted
