"""The embedded database as the migrations leave it, made once for one state of the migrations.

To run all migrations takes many seconds of reckoning, in each worker and in each process that provisions a
house. So what they made is kept beside pytest's own cache, under a digest of whatever they are made of, and laid
out again where a test is not about them. A run finds none in a fresh checkout and makes it from the real migrations.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
# What a migrated database depends on: migrations, triggers, columns of our own kinds, what data they read.
MADE_OF = ("*/migrations/*.py", "core/db/*.py", "*/data/*", "*/models/*.py", "*/models.py")


@cache
def snapshot() -> Path:
    told = hashlib.sha256(django.__version__.encode())
    for path in sorted({path for what in MADE_OF for path in (ROOT / "mashang").glob(what)}):
        told.update(path.name.encode() + path.read_bytes())
    return KEPT / f"{told.hexdigest()[:16]}.sqlite3"


def begin_from_snapshot() -> None:
    """The test databases begin as it, if there is one; `migrate` then finds nothing to do."""
    for connection in _embedded():
        connection.creation._create_test_db = _laid_out(connection.creation._create_test_db)


def _laid_out(make: Any) -> Any:
    def lay_out(*args: Any, **kwargs: Any) -> str:
        name = str(make(*args, **kwargs))
        lay_out_at(Path(name))
        return name

    return lay_out


def lay_out_at(database: Path) -> None:
    """Before `mashang provision`, where a test is not about the migrations."""
    if snapshot().exists():
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(snapshot(), database)


def keep(database: Path) -> None:
    """What the migrations have just made, for the next run; older states go."""
    if snapshot().exists():
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    half = snapshot().with_suffix(f".{os.getpid()}")
    shutil.copyfile(database, half)
    half.replace(snapshot())


def _embedded() -> Iterator[Any]:
    return (connection for connection in connections.all() if connection.vendor == "sqlite")
