"""相近的心愿: what a late-comer may claim instead; the longest waiting first."""

from mashang.wishes.models import Wish

SHOWN = 3


def similar_to(wish: Wish) -> list[Wish]:
    """Open wishes of the same category and region, then of the category, then any."""
    found: list[Wish] = []
    same_category = {"category": wish.category}
    for alike in ({**same_category, "region_code": wish.region_code}, same_category, {}):
        waiting = Wish.objects.open().filter(**alike).exclude(pk__in=[one.pk for one in found])
        found += waiting.order_by("opened_at", "pk")[: SHOWN - len(found)]
        if len(found) == SHOWN:
            break
    return found
