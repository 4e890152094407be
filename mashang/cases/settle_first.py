"""先办结: what has to be settled where a file is kept before it moves, said by the rooms above.

A room names its rows beside their model: `settles_first(AidProposal, "%(n)d 笔…", state=…)`.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model

if TYPE_CHECKING:
    from mashang.cases.models.holders import Holder


@dataclass(frozen=True)
class _Unsettled:
    model: type[Model]
    words: Any  # with %(n)d; in the reader's language when it is said
    which: dict[str, Any]

    def count(self, holder: "Holder") -> int:
        rows: Any = self.model._default_manager.all()
        return int(rows.of_household(holder).filter(**self.which).count())


_registered: list[_Unsettled] = []


def settles_first(model: type[Model], words: Any, **which: Any) -> None:
    """From now on no file moves while its household has such rows."""
    _registered.append(_Unsettled(model, words, which))


def unsettled(holder: "Holder") -> list[str]:
    """What is still to be settled, in words with their numbers; empty if the file may move."""
    counted = ((each, each.count(holder)) for each in _registered)
    return [str(each.words % {"n": number}) for each, number in counted if number]
