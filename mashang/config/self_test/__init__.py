"""自检: what must hold before this installation may serve anyone.

Settings first, then this machine, then each database. Each check returns a Result with a sentence that says
what was found, or what to do.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from mashang.config.self_test import of_database, of_machine, of_settings
from mashang.config.self_test.result import Result
from mashang.core.provinces import use_province

__all__ = ["Result", "databases", "run"]


def run() -> list[Result]:
    """Every check, the cheap ones first; a database that does not answer ends the list."""
    results = [*of_settings.results(), *of_machine.results()]
    for place, context, connection in databases():
        with context:
            results += of_database.results(place, connection)
    return results


def databases() -> Iterator[tuple[str, AbstractContextManager[None], BaseDatabaseWrapper]]:
    """(name for people, context in which to look, connection)."""
    if not settings.MASHANG_PROVINCES:
        yield "数据库", nullcontext(), connections["default"]
        return
    yield "字典库", nullcontext(), connections["hub"]
    for code in settings.MASHANG_PROVINCES:
        yield f"数据库 {code}", use_province(code), connections["default"]
