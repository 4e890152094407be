"""A house of its own for a proof: a fresh database, in a process of its own.

Work is named by text ("proofs.rigs.access:walk"), because its modules can only be imported where
Django has been set up, in the child.
"""

import logging
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict
from importlib import import_module
from multiprocessing import get_context
from types import SimpleNamespace
from typing import Any


def grounds() -> dict[str, str]:
    """The databases of this run, by name: SQLite (in the house's own folder) always, PostgreSQL where `make proof` gives one."""
    found = {"SQLite": ""}
    given = os.environ.get("DATABASE_URL", "")
    return found | ({"PostgreSQL": given} if given.startswith("postgres") else {})


def on_each(work: str, *args: Any) -> dict[str, Any]:
    """What the work returns on each database; they run at the same time."""
    with ProcessPoolExecutor(len(grounds()), mp_context=get_context("spawn")) as pool:
        doing: dict[str, Future[Any]] = {
            name: pool.submit(live, url, work, *args) for name, url in grounds().items()
        }
        return {name: SimpleNamespace(**future.result()) for name, future in doing.items()}


def alone(work: str, *args: Any) -> Any:
    """What the work returns on SQLite; its memory and its crashes are its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(live, grounds()["SQLite"], work, *args).result()
        return SimpleNamespace(**found)


def live(url: str, work: str, *args: Any) -> dict[str, Any]:
    """Move in, do the work, leave nothing; what it found goes back as plain values."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "mashang.config.settings",
            "MASHANG_VAR": folder,
            "DATABASE_URL": url or f"sqlite:///{folder}/house.sqlite3",
        }
        import django

        django.setup()
        logging.disable(logging.CRITICAL)  # thousands are asked for what they must not get
        from django.db import connection

        from mashang.mobile.codes.scan_writer import WRITER

        WRITER.waits = False  # its thread would hold the database when it is to go
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            return asdict(_named(work)(*args))
        finally:
            connection.creation.destroy_test_db("mashang", verbosity=0)


def apart(work: Callable[..., Any], *args: Any) -> Any:
    """The work in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args).result()


def settled(url: str, work: str, *args: Any) -> Any:
    """The work on a database that servers find by the same address. Call it `apart`."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "mashang.config.settings",
            "MASHANG_VAR": folder,
            "DATABASE_URL": url or f"sqlite:///{folder}/house.sqlite3",
        }
        import django

        django.setup()
        logging.disable(logging.CRITICAL)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return _named(work)(*args)


def _named(work: str) -> Callable[..., Any]:
    module, name = work.split(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
