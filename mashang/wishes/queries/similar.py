"""相近的心愿: what a late-comer may claim instead; the longest waiting first."""

from dataclasses import replace

from mashang.wishes.models import Wish
from mashang.wishes.queries.wall import Asked, Card, page

SHOWN = 3


def similar_to(wish: Wish | Card) -> list[Card]:
    """Open wishes of the same category and county, then of the category, then any."""
    alike = Asked(category=wish.category, region=wish.region_code[:6])
    found: dict[str, Card] = {}
    for asked in (alike, replace(alike, region=""), Asked()):
        found |= {card.number: card for card in page(asked).cards if card.number != wish.number}
        if len(found) >= SHOWN:
            break
    return list(found.values())[:SHOWN]
