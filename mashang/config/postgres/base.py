"""PostgreSQL without put-off checks: a broken reference is refused by the statement that breaks it.

Django puts foreign key checks off to the commit. There a failure has no statement to blame, and
on a distributed PostgreSQL it no longer says which constraint was broken, so nobody could tell the
person what went wrong. Nothing here needs the delay.
"""

from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.postgresql.schema import DatabaseSchemaEditor as PostgresSchemaEditor


class DatabaseFeatures(PostgresFeatures):
    can_defer_constraint_checks = False


class DatabaseOperations(PostgresOperations):
    def deferrable_sql(self) -> str:
        return ""


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
