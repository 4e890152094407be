"""PostgreSQL as the house uses it: no put-off checks, and plans that are kept where it is asked for.

A broken reference is refused by the statement that breaks it.

Django puts foreign key checks off to the commit. There a failure has no statement to blame, and
on a distributed PostgreSQL it no longer says which constraint was broken, so nobody could tell the
person what went wrong. Nothing here needs the delay.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.postgresql.schema import DatabaseSchemaEditor as PostgresSchemaEditor
from psycopg.pq import TransactionStatus

_KEEPS_PLANS = "keeps plans"  # in the place of a cursor's name
_KEPT_FROM = 1  # how often a statement came before, since the last rollback


class _KeepsPlans(base.ServerBindingCursor):  # type: ignore[name-defined]
    """Sends values beside the text; the server keeps the plan of what comes again.

    Only its own statements are counted: the driver would hold on to the texts of all others, which
    have their values in them.
    """

    def execute(self, query: Any, params: Any = None, **also: Any) -> Any:
        connection = self.connection
        connection.prepare_threshold = _KEPT_FROM
        try:
            return super().execute(query, params, **also)
        except psycopg.errors.FeatureNotSupported:  # a column's type has changed since
            connection._prepared.clear()
            if connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            return super().execute(query, params, **also)
        finally:
            connection.prepare_threshold = None


class DatabaseFeatures(PostgresFeatures):
    can_defer_constraint_checks = False


class DatabaseOperations(PostgresOperations):
    def deferrable_sql(self) -> str:
        return ""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """With the values in their places, also where the cursor sent them beside the text."""
        if not isinstance(cursor, _KeepsPlans):
            return super().last_executed_query(cursor, sql, params)
        try:
            return str(self.compose_sql(sql, params))
        except psycopg.Error:
            return sql


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
    is_committing = False
    stopped_waiting = False  # for its replica: set by the server's word, reset by who listens

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Each is heard from its first statement on, whoever replaces it and when."""
        link = super().get_new_connection(conn_params)
        link.add_notice_handler(self._hear)
        return link

    def _commit(self) -> None:
        self.is_committing = True
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self.is_committing = False

    def _hear(self, remark: Any) -> None:
        """A commit that somebody cancelled warns with no state of its own, in any language."""
        at_commit = self.is_committing and remark.severity_nonlocalized == "WARNING"
        if at_commit or (remark.sqlstate or "").startswith("57"):
            self.stopped_waiting = True

    def cursor_that_keeps_plans(self) -> Any:
        """Its statements are parsed and planned once per connection, with the values beside them.

        For statements that find rows by a key (`core.db.compiled`): a plan that does not know the
        values is as good there. Everything else goes through ordinary cursors, which keep none.
        """
        return self._cursor(_KEEPS_PLANS)  # type: ignore[attr-defined]

    def create_cursor(self, name: str | None = None) -> Any:
        if name == _KEEPS_PLANS:
            return _KeepsPlans(self.connection)
        return super().create_cursor(name)
