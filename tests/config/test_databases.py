import sqlite3
from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction

from mashang.config.databases import wal_is_safe
from tests.crowd import press_at_once

on_sqlite = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="about the embedded database"
)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),  # Debian 12's own
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 0), True),
    ],
)
def test_a_log_is_used_only_where_resetting_it_is_safe(version, safe):
    assert wal_is_safe(version) is safe


def test_the_library_in_use_is_the_one_from_the_wheel():
    assert wal_is_safe(sqlite3.sqlite_version_info)


on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about the server")


@on_postgresql
@pytest.mark.django_db
def test_no_check_is_put_off_to_the_commit():
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE condeferrable")
        assert cursor.fetchall() == []


@on_postgresql
@pytest.mark.django_db
def test_a_broken_reference_is_refused_by_the_statement_that_breaks_it():
    with pytest.raises(IntegrityError), transaction.atomic():
        Permission.objects.create(name="to nowhere", content_type_id=10**9)


@on_sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 20_000),
        ("secure_delete", 1),
    ],
)
def test_the_embedded_database_is_opened_in_its_safe_mode(pragma, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def add_one_hundred(label: str) -> None:
    for number in range(100):
        with transaction.atomic():
            seen = ContentType.objects.filter(app_label=label).count()
            ContentType.objects.create(app_label=label, model=f"m{number}-{seen}")


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_wait_for_each_other():
    press_at_once([partial(add_one_hundred, label) for label in "abcd"])

    assert ContentType.objects.filter(app_label__in="abcd").count() == 400


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_committing_test_finds_the_database_fresh(turn):
    assert not ContentType.objects.filter(app_label="left over").exists()

    ContentType.objects.create(app_label="left over", model=turn)
