"""Append-only tables: triggers on both databases that refuse UPDATE, DELETE and TRUNCATE.

A room's `0002_...` migration lists `AppendOnly("trailentry")` for each model that says
`APPEND_ONLY = True`. On SQLite Django rebuilds a table whose columns change and the triggers go
with the old one: such a migration ends with `AppendOnly` again; `unguarded()` (start-up check and
house test) tells when that was forgotten.
"""

from typing import Any

from django.apps import apps
from django.db import models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION mashang_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$
"""


class AppendOnly(Operation):
    """A migration step: from here on rows of this model are only ever added."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The tables' shape stays as it is."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            guard(schema_editor, model._meta.db_table)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for name, _ in trigger_names(schema_editor.connection.vendor, table):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")

    def describe(self) -> str:
        return f"Rows of {self.model_name} are only ever added"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model_name.lower()}_append_only"


def guard(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    postgres = schema_editor.connection.vendor == "postgresql"
    if postgres:
        schema_editor.execute(POSTGRES_FUNCTION, params=None)  # its % is not a placeholder
    for name, event in trigger_names(schema_editor.connection.vendor, table):
        make = _postgres_trigger if postgres else _sqlite_trigger
        schema_editor.execute(make(name, event, table))


def trigger_names(vendor: str, table: str) -> list[tuple[str, str]]:
    """[(trigger, event)]; SQLite has no TRUNCATE."""
    events = ["UPDATE", "DELETE"] + (["TRUNCATE"] if vendor == "postgresql" else [])
    return [(f"{table}_no_{event.lower()}", event) for event in events]


def unguarded(connection: BaseDatabaseWrapper) -> list[type[models.Model]]:
    """Append-only models whose triggers do not all stand in this database."""
    standing = _standing(connection)
    return [
        model
        for model in apps.get_models()
        if getattr(model, "APPEND_ONLY", False)
        and router.allow_migrate_model(connection.alias, model)
        and not {name for name, _ in trigger_names(connection.vendor, model._meta.db_table)}
        <= standing
    ]


def _standing(connection: BaseDatabaseWrapper) -> set[str]:
    names: dict[str, Any] = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(c.oid)",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        return {row[0] for row in cursor.fetchall()}


def _sqlite_trigger(name: str, event: str, table: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'table {table} is append-only'); END"
    )


def _postgres_trigger(name: str, event: str, table: str) -> str:
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION mashang_refuse_change()"
    )
