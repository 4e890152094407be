"""The table of the wall's search, on each database in its own way."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = {
    "postgresql": [
        "CREATE TABLE wishes_search (wish_id uuid PRIMARY KEY, "
        "opened_at timestamptz NOT NULL, tokens tsvector NOT NULL)",
        # Without a list of entries that wait to be put in: every search would read all of it.
        "CREATE INDEX wishes_search_tokens ON wishes_search USING gin (tokens) WITH (fastupdate = off)",
    ],
    "sqlite": [
        "CREATE TABLE wishes_search (token text NOT NULL, wish_id char(32) NOT NULL, "
        "PRIMARY KEY (token, wish_id)) WITHOUT ROWID",
        "CREATE INDEX wishes_search_wish ON wishes_search (wish_id)",
    ],
}


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in TABLES[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE wishes_search")


class Migration(migrations.Migration):
    dependencies = [("wishes", "0002_append_only")]
    operations = [migrations.RunPython(make, drop)]
