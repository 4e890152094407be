"""数据库错误: both databases say the same refusal."""

from types import SimpleNamespace

import pytest
from django.db import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
    transaction,
)

from mashang.core.db import errors
from mashang.core.db.errors import committing, refusal_for, refusing
from mashang.core.errors import Busy, DomainError, OutcomeUnknown
from mashang.core.models import DataKey, IdempotencyKey
from tests.core.papers import Household


class AlreadyAnswered(DomainError):
    message = "这张表单已经提交过"


class KeyNotEmptied(DomainError):
    message = "密钥还没有清空"


@pytest.fixture(autouse=True)
def words_of_this_test(monkeypatch):
    monkeypatch.setattr(errors, "_registered", {})
    errors.register("core_idempotency_one_answer", AlreadyAnswered)
    errors.register("core_datakey_destroyed_is_empty", KeyNotEmptied)


class Cause(Exception):
    """What psycopg leaves under Django's error."""

    def __init__(self, sqlstate: str | None, constraint: str) -> None:
        self.sqlstate = sqlstate
        self.diag = SimpleNamespace(constraint_name=constraint)


def postgres_error(kind: type[Exception], state: str | None, constraint: str = "") -> Exception:
    error = kind("…")
    error.__cause__ = Cause(state, constraint)
    return error


def test_a_broken_unique_constraint_is_its_rooms_refusal(db, household):
    row = {"actor_id": household.pk, "key": "k", "body_hash": "h"}
    IdempotencyKey.objects.create(**row)

    with pytest.raises(AlreadyAnswered), transaction.atomic(), refusing():
        IdempotencyKey.objects.create(**row)


def test_a_broken_check_is_its_rooms_refusal(db, household):
    with pytest.raises(KeyNotEmptied), transaction.atomic(), refusing():
        DataKey.objects.update(destroyed_at="2026-01-01T00:00:00Z")


def test_a_constraint_that_nobody_named_stays_an_error(db, household):
    with pytest.raises(IntegrityError), transaction.atomic(), refusing():
        DataKey.objects.create(pk=household.data_key.pk, wrapped=b"")


def test_what_is_no_database_error_passes_untouched():
    with pytest.raises(KeyError), refusing():
        raise KeyError
    assert refusal_for(KeyError()) is None


def test_one_constraint_has_one_meaning():
    errors.register("core_idempotency_one_answer", AlreadyAnswered)

    with pytest.raises(ValueError, match="already means"):
        errors.register("core_idempotency_one_answer", KeyNotEmptied)


@pytest.mark.parametrize(
    ("kind", "state", "constraint", "meaning"),
    [
        (IntegrityError, "23505", "core_idempotency_one_answer", AlreadyAnswered),
        (IntegrityError, "23505", "core_idempotency_one_answer_102008", AlreadyAnswered),
        (IntegrityError, "23505", "", None),
        (IntegrityError, "23503", "some_foreign_key", None),
        (OperationalError, "40P01", "", Busy),
        (OperationalError, "40001", "", Busy),
        (OperationalError, "55P03", "", Busy),
        (OperationalError, "53300", "", Busy),
        (OperationalError, "08006", "", OutcomeUnknown),
        (OperationalError, "57P01", "", OutcomeUnknown),
        (InternalError, "XX000", "", OutcomeUnknown),
        (OperationalError, None, "", OutcomeUnknown),
        (InterfaceError, None, "", OutcomeUnknown),
        (ProgrammingError, "42P01", "", None),
        (ProgrammingError, None, "", None),
    ],
)
def test_the_state_is_read_before_the_name(monkeypatch, kind, state, constraint, meaning):
    monkeypatch.setattr(connection, "vendor", "postgresql")

    refusal = refusal_for(postgres_error(kind, state, constraint))

    assert refusal is None if meaning is None else type(refusal) is meaning


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (OperationalError("database is locked"), Busy),
        (OperationalError("database or disk is full"), Busy),
        (OperationalError("disk I/O error"), OutcomeUnknown),
        (OperationalError("no such table: x"), None),
        (
            IntegrityError("UNIQUE constraint failed: index 'core_idempotency_one_answer'"),
            AlreadyAnswered,
        ),
        (
            IntegrityError(
                "UNIQUE constraint failed: core_idempotencykey.key, core_idempotencykey.actor_id"
            ),
            AlreadyAnswered,
        ),
        (IntegrityError("CHECK constraint failed: core_datakey_destroyed_is_empty"), KeyNotEmptied),
        (IntegrityError("FOREIGN KEY constraint failed"), None),
    ],
)
def test_the_words_of_sqlite_mean_the_same(monkeypatch, error, meaning):
    monkeypatch.setattr(connection, "vendor", "sqlite")

    refusal = refusal_for(error)

    assert refusal is None if meaning is None else type(refusal) is meaning


# At COMMIT


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_fails_leaves_the_outcome_unknown(monkeypatch):
    def broken() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(connection, "_commit", broken)
    with pytest.raises(OutcomeUnknown), committing():
        DataKey.objects.create(wrapped=b"")


@pytest.mark.django_db(transaction=True)
def test_an_error_before_the_commit_is_named_and_nothing_is_stored():
    with pytest.raises(KeyNotEmptied), committing():
        DataKey.objects.create(wrapped=b"x", destroyed_at="2026-01-01T00:00:00Z")

    with (
        pytest.raises((ProgrammingError, OperationalError), match="nowhere"),
        committing(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM nowhere")
    assert not DataKey.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only a replica can be waited for")
@pytest.mark.django_db(transaction=True)
def test_a_commit_that_stops_waiting_for_its_replica_is_unknown_not_done():
    """The server says so in a warning, and only there."""
    warn = "DO $$ BEGIN RAISE WARNING 'canceling wait' USING ERRCODE = 'query_canceled'; END $$"
    with pytest.raises(OutcomeUnknown), committing(), connection.cursor() as cursor:
        cursor.execute(warn)

    with committing():  # and the next transaction on this connection hears nothing of it
        Household.objects.count()
