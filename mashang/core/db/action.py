"""动作: what surrounds every action and every page.

A page is *served*: scoped tables refuse to be read whole (see `unions.scope`). An action *acts*:
it is one transaction, and inside it rows are locked and checked by key, whoever asks.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from mashang.core.privacy.keys import require_own_keys

P = ParamSpec("P")
R = TypeVar("R")

_serving: ContextVar[bool] = ContextVar("serving", default=False)
_acting: ContextVar[bool] = ContextVar("acting", default=False)


def is_serving() -> bool:
    """Whether a page is being built right now, outside any action."""
    return _serving.get()


def is_acting() -> bool:
    """Whether an action is under way: its transaction is open, and rows may be locked."""
    return _acting.get()


@contextmanager
def _mark(value: bool) -> Iterator[None]:
    token = _serving.set(value)
    try:
        yield
    finally:
        _serving.reset(token)


def serving() -> AbstractContextManager[None]:
    """Marks the time in which a door builds a page."""
    return _mark(True)


@contextmanager
def joined() -> Iterator[bool]:
    """Actions inside are parts of one act: what refuses a part refuses the whole.

    Gives whether this one is itself a part of another.
    """
    is_part = _acting.get()
    token = _acting.set(True)
    try:
        yield is_part
    finally:
        _acting.reset(token)


def savepoint() -> AbstractContextManager[None]:
    """A part of an act that may be refused: what it wrote is taken back, and the act goes on."""
    return transaction.atomic()


def action(act: Callable[P, R]) -> Callable[P, R]:
    """One verb of the field: a transaction of its own, or a part of the caller's act.

    A part has no savepoint: who catches its refusal and goes on, makes a `savepoint`. With the keys
    of another database nothing is done at all.
    """

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not _acting.get():
            require_own_keys()
        with _mark(False), joined() as is_part, transaction.atomic(savepoint=not is_part):
            done = act(*args, **kwargs)
            if not is_part and transaction.get_connection().needs_rollback:
                raise transaction.TransactionManagementError(
                    f"{act.__name__} went on after a part was refused; that part wants a savepoint()"
                )
            return done

    return run
