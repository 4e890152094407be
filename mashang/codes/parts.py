"""What becomes of cards when a file moves. Only `mashang.workflows` may import this (pyproject.toml)."""

from mashang.cases.models import Transfer
from mashang.codes.models import Card


def follow_transfer(transfer: Transfer) -> None:
    """The cards that are not lost move to the new union's queue."""
    cards = Card.objects.filter(code__holder=transfer.case.holder_id)
    place = {"union": transfer.to_union, "union_path": transfer.to_union.path}
    cards.exclude(state=Card.State.LOST).update(**place)
