"""制卡批次: which words and code go onto each card that waits to be printed, and onto each wish's card."""

from collections.abc import Iterable, Iterator

from mashang.codes.models import Card
from mashang.codes.queries import url_of
from mashang.exchange.cards import CardFace
from mashang.exchange.wish_cards import WishFace
from mashang.wishes.models import FairWish


def faces_of(cards: Iterable[Card]) -> Iterator[CardFace]:
    """What each card says; `cards` with their `union` and `code` selected. Raises CodeKeyGone."""
    for card in cards:
        yield CardFace(card.union.name, card.union.hotline, card.serial, url_of(card.code))


def wish_faces_of(offers: Iterable[FairWish]) -> Iterator[WishFace]:
    """What each wish's card says; `offers` with their `wish` and `fair` selected."""
    for offer in offers:
        wish = offer.wish
        ages = wish.age_band and f"职工 {wish.age_band}"  # the worker's, whoever the wish is for
        whom = " · ".join(word for word in (wish.get_shown_for_display(), ages) if word)
        yield WishFace(wish.number, wish.item, wish.spec, whom, offer.fair.name, offer.url)
