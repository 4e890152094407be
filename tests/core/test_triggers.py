"""只增不改: the trail's rows are never changed, never removed, whoever holds the pen."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.state import ProjectState

from mashang.core.audit import trail
from mashang.core.db import triggers
from mashang.core.models import TrailEntry
from tests.core.papers import Household

TABLE = TrailEntry._meta.db_table


@pytest.fixture
def entry(household: Household) -> TrailEntry:
    return trail.record("case.opened", household, by=None)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", ["UPDATE {} SET action = 'x'", "DELETE FROM {}"])
def test_a_row_of_the_trail_stays_as_it_is(entry, sql):
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql.format(TABLE))

    assert TrailEntry.objects.get() == entry


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_trail_is_not_emptied(entry):
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"TRUNCATE {TABLE}")


def test_the_house_knows_when_a_trigger_is_gone(db):
    assert triggers.unguarded(connection) == []

    name, _ = triggers.trigger_names(connection.vendor, TABLE)[1]
    run(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if connection.vendor == "postgresql" else ""))

    assert triggers.unguarded(connection) == [TrailEntry]


@pytest.mark.django_db(transaction=True)
def test_the_step_can_be_taken_back_and_taken_again():
    step, state = triggers.AppendOnly("TrailEntry"), ProjectState.from_apps(apps)
    with connection.schema_editor() as editor:
        step.database_backwards("core", editor, state, state)
    assert triggers.unguarded(connection) == [TrailEntry]

    with connection.schema_editor() as editor:
        step.database_forwards("core", editor, state, state)
    assert triggers.unguarded(connection) == []
