"""PostgreSQL as the house uses it: no put-off checks, and plans that are kept where it is asked for.

A broken reference is refused by the statement that breaks it.

Django puts foreign key checks off to the commit. There a failure has no statement to blame, and
on a distributed PostgreSQL it no longer says which constraint was broken, so nobody could tell the
person what went wrong. Nothing here needs the delay.
"""

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.postgresql.schema import DatabaseSchemaEditor as PostgresSchemaEditor

_KEEPS_PLANS = "keeps plans"  # in the place of a cursor's name


class DatabaseFeatures(PostgresFeatures):
    can_defer_constraint_checks = False


class DatabaseOperations(PostgresOperations):
    def deferrable_sql(self) -> str:
        return ""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """With the values in their places, whichever cursor sent them beside it."""
        return str(self.compose_sql(sql, params))


class DatabaseSchemaEditor(PostgresSchemaEditor):
    """Django's statements, less their SET CONSTRAINTS, which needs a deferrable constraint."""

    sql_create_column_inline_fk = (
        "CONSTRAINT %(name)s REFERENCES %(to_table)s(%(to_column)s)%(deferrable)s"
    )
    sql_delete_fk = "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s"


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"prepare_threshold": 0}

    def cursor_that_keeps_plans(self) -> Any:
        """Its statements are parsed and planned once per connection, with the values beside them.

        For statements that find rows by a key (`core.prepared`): a plan that does not know the
        values is as good there. Everything else goes through ordinary cursors, which keep none.
        """
        return self._cursor(_KEEPS_PLANS)  # type: ignore[attr-defined]

    def create_cursor(self, name: str | None = None) -> Any:
        if name == _KEEPS_PLANS:
            return base.ServerBindingCursor(self.connection)  # type: ignore[attr-defined]
        return super().create_cursor(name)
