"""What becomes of cards when a file moves. Only `mashang.workflows` may import this (pyproject.toml)."""

from mashang.cases.models import Holder, Merge, Transfer
from mashang.codes.models import Card
from mashang.unions.models import Union


def follow_transfer(transfer: Transfer) -> None:
    """The cards that are not lost move to the new union's queue."""
    _move_cards(transfer.case.holder, transfer.to_union)


def follow_merge(merge: Merge) -> None:
    """The same for those of the file that was absorbed."""
    into = Holder.objects.select_related("union").get(pk=merge.into_id)
    _move_cards(into, into.union)


def _move_cards(holder: Holder, union: Union) -> None:
    cards = Card.objects.filter(code__holder__in=Holder.objects.halves_of(holder))
    cards.exclude(state=Card.State.LOST).update(union=union, union_path=union.path)
