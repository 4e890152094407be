"""Gives each test that really commits a database as the migrations left it.

Django would flush such a test's tables afterwards. Here that cannot work: the trail
refuses to be emptied, as it should, and a flush would also take the dictionaries that
the migrations filled. So the migrated database is copied once, and the copy is laid
back after every committing test. This takes milliseconds on both databases.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from tests import migrated_database


def keep_copies() -> None:
    """Copies every test database once, and lays the copies back instead of flushing."""
    for connection in _databases():
        _copier(connection).take()
    TransactionTestCase._fixture_teardown = _lay_back
    TransactionTestCase.databases = set(connections)  # the hub too, where there is one


def drop_copies() -> None:
    for connection in _databases():
        _copier(connection).drop()


def _lay_back(_case: TransactionTestCase) -> None:
    for connection in _databases():
        _copier(connection).lay_back()


def _databases() -> list[BaseDatabaseWrapper]:
    """One connection for each physical database."""
    by_name = {connection.settings_dict["NAME"]: connection for connection in connections.all()}
    return list(by_name.values())


def _copier(connection: BaseDatabaseWrapper) -> "SqliteCopy | PostgresCopy":
    return SqliteCopy(connection) if connection.vendor == "sqlite" else PostgresCopy(connection)


class SqliteCopy:
    """Copies through SQLite's own backup, which waits for a server thread that still reads."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        connection.ensure_connection()
        self.opened = connection.connection
        self.copy = f"{connection.settings_dict['NAME']}.fresh"

    def take(self) -> None:
        with closing(sqlite3.connect(self.copy)) as copy:
            self.opened.backup(copy)
        migrated_database.keep(Path(self.copy))

    def lay_back(self) -> None:
        with closing(sqlite3.connect(self.copy)) as copy:
            copy.backup(self.opened)

    def drop(self) -> None:
        Path(self.copy).unlink()


class PostgresCopy:
    """Makes a database from a template: a copy of files, inside the server."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        quote = connection.ops.quote_name
        name = connection.settings_dict["NAME"]
        self.name, self.copy = quote(name), quote(f"{name}_fresh")

    def take(self) -> None:
        self._replace(self.copy, by=self.name)

    def lay_back(self) -> None:
        self._replace(self.name, by=self.copy)

    def drop(self) -> None:
        self._say(f"DROP DATABASE {self.copy}")

    def _replace(self, target: str, *, by: str) -> None:
        for connection in connections.all():
            connection.close()
        self._say(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        self._say(f"CREATE DATABASE {target} TEMPLATE {by}")

    def _say(self, statement: str) -> None:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(statement)
