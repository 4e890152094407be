"""相近的心愿: what a late-comer may claim instead; the longest waiting first."""

from typing import Any

from mashang.core.prepared import Prepared, Slot
from mashang.wishes.models import Wish

SHOWN = 3


def similar_to(wish: Wish) -> list[Wish]:
    """Open wishes of the same category and region, then of the category, then any."""
    found: dict[Any, Wish] = {}
    for waiting in (WAITING_ALIKE, WAITING_OF_CATEGORY, WAITING):
        for one in waiting.all(category=wish.category, region_code=wish.region_code):
            found.setdefault(one.pk, one)
        if len(found) >= SHOWN:
            break
    return list(found.values())[:SHOWN]


def _waiting(*alike: str) -> Any:
    meta: Any = Wish._meta
    slots = {name: Slot(name, meta.get_field(name)) for name in alike}
    return Wish.objects.open().filter(**slots).order_by("opened_at", "pk")[:SHOWN]


WAITING_ALIKE: Prepared[Any] = Prepared(lambda: _waiting("category", "region_code"))
WAITING_OF_CATEGORY: Prepared[Any] = Prepared(lambda: _waiting("category"))
WAITING: Prepared[Any] = Prepared(_waiting)
