"""Sabotage: the house with its scope switched off, to show what the matrix would see."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.apps import apps

from mashang.cases.actions import access
from mashang.cases.models import Access
from mashang.core.db.compiled import CompiledQuery
from mashang.notices import queries as notices
from mashang.notices.models import Notice
from mashang.unions import roles
from mashang.unions.scope import ScopedQuerySet

SAYS_WHOSE = ("visible_to", "own", "paired_to", "coming_to", "of_giver")


@contextmanager
def scope_off() -> Iterator[None]:
    """Every queryset shows everything, everybody keeps every file, and nothing is asked."""
    with ExitStack() as stack:
        for queryset, name in _methods():
            stack.enter_context(patch.object(queryset, name, _everything))
        stack.enter_context(
            patch.object(access, "access_basis", lambda user, holder: Access.Basis.KEEPING)
        )
        stack.enter_context(patch.object(notices, "inbox", lambda user_id: Notice.objects.all()))
        # What was compiled with the scope on keeps it.
        stack.enter_context(patch.object(CompiledQuery, "_of_database", CompiledQuery._compile))
        for module in _asking():
            stack.enter_context(patch.object(module, "require", _pass))
        yield


def _everything(rows: ScopedQuerySet[Any], *whose: Any) -> ScopedQuerySet[Any]:
    return rows.scoped_by_caller()


def _pass(*args: Any, **kwargs: Any) -> None:
    """In the place of `require`."""


def _methods() -> Iterator[tuple[type, str]]:
    """(queryset class, method) of each place that says whose rows."""
    found = {type(model._default_manager.all()) for model in apps.get_models()} | {ScopedQuerySet}
    for queryset in found:
        for owner in queryset.__mro__:
            if issubclass(owner, ScopedQuerySet):
                yield from ((owner, name) for name in SAYS_WHOSE if name in vars(owner))


def _asking() -> list[Any]:
    """Modules that have imported `require`."""
    import sys

    original: Callable[..., None] = roles.require
    return [m for m in list(sys.modules.values()) if getattr(m, "require", None) is original]
