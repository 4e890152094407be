"""Database errors in the house's language: one mapper, for both databases.

The class of the error (SQLSTATE) is read first, then the constraint's name without the digits that
a shard adds. A room names what its own constraints mean: `register("wish_has_one_live_claim",
WishTaken)`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import (
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import Model, UniqueConstraint

from mashang.core.errors import Busy, DomainError, OutcomeUnknown

TRY_AGAIN = {"40001", "40P01"}  # serialization failure, deadlock: rolled back, may be repeated
NOT_DONE = TRY_AGAIN | {"55P03", "57014"}  # lock timeout, statement timeout
LINK_LOST = {"57P01", "57P02", "57P03", "XX000"}  # XX000 is what a sharded COMMIT says
_registered: dict[str, type[DomainError]] = {}


def register(constraint_name: str, refusal: type[DomainError]) -> None:
    """From now on a violation of this constraint is this refusal."""
    if _registered.setdefault(constraint_name, refusal) is not refusal:
        raise ValueError(f"{constraint_name} already means {_registered[constraint_name].__name__}")


def refusal_for(error: Exception) -> DomainError | None:
    """The refusal that a database error stands for, or None if it is a mistake of ours."""
    if not isinstance(error, Error):
        return None
    if isinstance(error, IntegrityError):
        return _refusal_of_constraint(error)
    if connection.vendor == "sqlite":
        return _refusal_of_sqlite(str(error))
    return _refusal_of_state(error)


@contextmanager
def refusing() -> Iterator[None]:
    """Inside, a broken constraint or a lost database is a DomainError with its sentence."""
    try:
        yield
    except Error as error:
        if refusal := refusal_for(error):
            raise refusal from error
        raise


@contextmanager
def committing() -> Iterator[None]:
    """The outermost transaction of an act: it happened, it did not, or nobody can say.

    Whatever goes wrong once COMMIT was sent is OutcomeUnknown. So is a warning at COMMIT: there
    PostgreSQL says that it stopped waiting for its replica (`config.postgres` hears it).
    """
    done = False
    link: Any = transaction.get_connection()
    link.stopped_waiting = False  # heard by the connection itself (config.postgres)
    try:
        with transaction.atomic(durable=True):
            yield
            done = True
    except Error as error:
        refusal = OutcomeUnknown() if done else refusal_for(error)
        if refusal is None:
            raise
        raise refusal from error
    if link.stopped_waiting:
        raise OutcomeUnknown


def sqlstate(error: Exception) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


def _refusal_of_state(error: Error) -> DomainError | None:
    state = sqlstate(error)
    if state is None:  # the server never answered
        return OutcomeUnknown() if isinstance(error, OperationalError | InterfaceError) else None
    if state in LINK_LOST or state.startswith("08"):
        return OutcomeUnknown()
    return Busy() if state in NOT_DONE or state.startswith("53") else None


def _refusal_of_sqlite(text: str) -> DomainError | None:
    if "locked" in text or "disk is full" in text:
        return Busy()
    return OutcomeUnknown() if "disk I/O error" in text else None


def _refusal_of_constraint(error: IntegrityError) -> DomainError | None:
    for name in _constraint_names(error):
        for known in (name, re.sub(r"_?\d+$", "", name)):
            if known in _registered:
                return _registered[known]()
    return None


def _constraint_names(error: IntegrityError) -> list[str]:
    diagnosis: Any = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return [diagnosis.constraint_name or ""]
    text = str(error)
    if named := re.match(
        r"(?:CHECK constraint failed: |UNIQUE constraint failed: index ')(\w+)", text
    ):
        return [named[1]]
    if columns := re.match(r"UNIQUE constraint failed: (.+)", text):
        return _unique_names().get(frozenset(columns[1].split(", ")), [])
    return []


@cache
def _unique_names() -> dict[frozenset[str], list[str]]:
    """SQLite names the columns ("t.a, t.b") where PostgreSQL names the constraint."""
    names: dict[frozenset[str], list[str]] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                names.setdefault(_columns(model, constraint), []).append(constraint.name)
    return names


def _columns(model: type[Model], constraint: UniqueConstraint) -> frozenset[str]:
    fields = (model._meta.get_field(name) for name in constraint.fields)
    return frozenset(f"{model._meta.db_table}.{field.column}" for field in fields)  # type: ignore[union-attr]
