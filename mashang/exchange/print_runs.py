"""制卡批次: which words and code go onto each card that waits to be printed."""

from collections.abc import Iterable, Iterator

from mashang.codes.models import Card
from mashang.codes.queries import url_of
from mashang.exchange.cards import CardFace


def faces_of(cards: Iterable[Card]) -> Iterator[CardFace]:
    """What each card says; `cards` with their `union` and `code` selected."""
    for card in cards:
        yield CardFace(card.union.name, card.union.hotline, card.serial, url_of(card.code))
