"""相近的心愿: what a late-comer may claim instead; those near first, and of them the longest waiting."""

from dataclasses import replace
from random import SystemRandom

from django.core.cache import cache

from mashang.core.provinces import province_here
from mashang.wishes.models import Wish
from mashang.wishes.queries.wall import Asked, Card, page

SHOWN = 3
AMONG = 12  # the longest waiting, of which each late-comer sees some: a crowd spreads
SECONDS = (
    2  # in which a crowd chooses from the same; what is taken down meanwhile is still among them
)


def similar_to(wish: Wish | Card) -> list[Card]:
    """Open wishes of the same category and county, then of the category, then any."""
    alike = Asked(category=wish.category, region=wish.region_code[:6], size=AMONG)
    chosen: list[Card] = []
    for asked in (alike, replace(alike, region=""), Asked(size=AMONG)):
        known = {wish.number, *(card.number for card in chosen)}
        others = [card for card in _waiting(asked) if card.number not in known]
        chosen += _some(others, SHOWN - len(chosen))
        if len(chosen) == SHOWN:
            break
    return chosen


def _waiting(asked: Asked) -> list[Card]:
    key = ":".join(("similar", province_here(), asked.category, asked.region))
    return cache.get_or_set(key, lambda: page(asked).cards, SECONDS) or []


def _some(cards: list[Card], count: int) -> list[Card]:
    """That many of them, in their order."""
    places = SystemRandom().sample(range(len(cards)), min(count, len(cards)))
    return [cards[place] for place in sorted(places)]
