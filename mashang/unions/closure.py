"""撤销前清点: what still goes on at a union, said by the rooms above, which this one may not look into.

A room names its rows beside their model: `blocks_closing(Case, "%(n)d 份在档档案", state__in=[…])`.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from mashang.unions.models import Union


@dataclass(frozen=True)
class _GoesOn:
    model: type[Model]
    words: Any  # with %(n)d; in the reader's language when it is said
    at: str
    which: dict[str, Any]

    def count(self, union: Union) -> int:
        """Of this union, whoever may read them: also on a page that says why it cannot be closed."""
        return self.model._base_manager.filter(**{self.at: union}, **self.which).count()


_registered: list[_GoesOn] = []


def blocks_closing(model: type[Model], words: Any, *, at: str = "union", **which: Any) -> None:
    """From now on no union is closed while it has such rows; `at` is the column that names it."""
    _registered.append(_GoesOn(model, words, at, which))


def closing_blockers(union: Union) -> list[str]:
    """What there is at this union itself, in words with their numbers; empty if it may be closed."""
    counted = ((each, each.count(union)) for each in _registered)
    return [str(each.words % {"n": number}) for each, number in counted if number]
