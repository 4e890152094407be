"""Django's PostgreSQL connection, bound to a schema when it is made and before each statement.

One connection serves all provinces in turn, so ``transaction.atomic`` and every query say
nothing about provinces. The schema changes between transactions only: inside one, a change
of province is refused, because no transaction may cross a border. Needs session pooling if a
pooler stands between.
"""

from typing import Any

from django.db.backends.postgresql.creation import DatabaseCreation as PostgresCreation
from django.db.transaction import TransactionManagementError

from mashang.config.postgres import base
from mashang.config.routers import HUB
from mashang.core.provinces import ProvinceUnknown, current_province, schema_of

NOWHERE = ""  # a search path without any schema: no name is found there


class DatabaseCreation(PostgresCreation):
    """Test databases begin with the schema into which Django then migrates."""

    connection: "DatabaseWrapper"

    def _create_test_db(self, *args: Any, **kwargs: Any) -> str:
        name: str = super()._create_test_db(*args, **kwargs)  # type: ignore[misc]
        in_it = self.connection.copy()
        in_it.settings_dict["NAME"] = name
        in_it.make_schema()
        in_it.close()
        return name


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    bound_to: str | None = None

    @property
    def schema(self) -> str:
        return "public" if self.alias == HUB else schema_of(current_province())

    def make_schema(self) -> None:
        with self.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {self.ops.quote_name(self.schema)}")

    def init_connection_state(self) -> None:
        """A connection is made in its schema; while no province is known, in none at all."""
        super().init_connection_state()
        try:
            schema = self.schema
        except ProvinceUnknown:
            schema = NOWHERE
        self._move(schema)

    def set_autocommit(self, autocommit: bool, *args: Any, **kwargs: Any) -> None:
        if not autocommit:
            self._bind()
        super().set_autocommit(autocommit, *args, **kwargs)

    def _cursor(self, name: str | None = None) -> Any:
        self._bind()
        return super()._cursor(name)  # type: ignore[misc]

    def _bind(self) -> None:
        """Moves the very connection on which Django will go on: a dead one is replaced first."""
        schema = self.schema
        self.close_if_health_check_failed()
        self.ensure_connection()
        if schema == self.bound_to:
            return
        if self.in_atomic_block or not self.autocommit:  # a rollback would move it back
            raise TransactionManagementError(f"一次办理不能跨省：{self.bound_to} → {schema}")
        self._move(schema)

    def _move(self, schema: str) -> None:
        with self.wrap_database_errors:
            self.connection.execute("SELECT set_config('search_path', %s, false)", [schema])
        self.bound_to = schema
