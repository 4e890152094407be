"""How each database is opened so that an acknowledged write survives.

SQLite: every commit reaches the disk (``synchronous=FULL``) and every write
transaction takes the write lock at its start, so that a second writer waits
instead of failing half-way. WAL is used only on a library in which resetting the
log cannot lose a commit; older ones get the rollback journal.

PostgreSQL: one persistent connection per thread, no pool; foreign keys are checked at once.
"""

import sqlite3
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

BUSY_SECONDS = 20
POSTGRESQL = "mashang.config.postgres"
PROVINCIAL = "mashang.config.provincial"
SERVERS = (POSTGRESQL, PROVINCIAL)
WAL_RESET_FIXED = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the fix for the WAL-reset bug.

    The fix is in 3.51.3 and later, and in the maintenance releases 3.50.7 and 3.44.6.
    """
    newest = max(WAL_RESET_FIXED)
    return version >= newest or any(
        version[:2] == fixed[:2] and version >= fixed for fixed in WAL_RESET_FIXED
    )


def journal_mode(version: tuple[int, int, int]) -> str:
    return "WAL" if wal_is_safe(version) else "DELETE"


def embedded(name: str, version: tuple[int, int, int]) -> dict[str, Any]:
    folder = Path(name).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{folder} 写不进去（{error.strerror}）。请核对 MASHANG_VAR 或 DATABASE_URL，或改目录的所有者"
        ) from None
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,  # to open it anew costs more than most pages ask of it
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                f"PRAGMA journal_mode={journal_mode(version)};PRAGMA synchronous=FULL;"
                "PRAGMA secure_delete=ON;"  # a destroyed key leaves no bytes in free space
            ),
        },
        # A file, not memory: the tests' threads must meet the locks that production meets.
        "TEST": {"NAME": f"{name}.test"},
    }


def postgresql(parsed: dict[str, Any]) -> dict[str, Any]:
    return parsed | {
        "ENGINE": POSTGRESQL,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def provincial(url: str) -> dict[str, dict[str, Any]]:
    """Several provinces on one PostgreSQL: the hub's dictionaries, and a schema for each."""
    one = from_url(url)
    if one["ENGINE"] != POSTGRESQL:
        raise ImproperlyConfigured(
            "多省部署 (MASHANG_PROVINCES) 需要 PostgreSQL，请设置 DATABASE_URL=postgres://…"
        )
    one["ENGINE"] = PROVINCIAL
    return {"default": one, "hub": dict(one)}


def from_url(url: str) -> dict[str, Any]:
    """The settings of one database, from its address."""
    parsed = environ.Env.db_url_config(url)
    if parsed["ENGINE"].endswith("sqlite3"):
        return embedded(str(parsed["NAME"]), sqlite3.sqlite_version_info)
    return postgresql(parsed)
