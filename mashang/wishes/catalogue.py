"""心愿清单: usual things with their reference prices; a union's own dated entries stand over the bundled ones."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import Q, QuerySet

from mashang.unions.models import Union
from mashang.wishes.models import CatalogueItem, Category

_DATA = Path(__file__).parent / "data/catalogue.json"


@dataclass(frozen=True)
class Item:
    """One usual thing or service. Money in fen."""

    category: str
    name: str
    price_fen: int
    is_service: bool = False  # done at a time that is agreed on; nothing is sent


@cache
def bundled() -> tuple[Item, ...]:
    return tuple(Item(**row) for row in json.loads(_DATA.read_text())["items"])


def items_at(union: Union, on: date, *, up_to_fen: int | None = None) -> list[Item]:
    """What may be chosen from at a union that day, by category; of one name the nearest entry holds."""
    items = {item.name: item for item in bundled()}
    for row in _entries(union, on):
        usual = items.get(row.name)
        is_service = usual is not None and usual.is_service
        items[row.name] = Item(row.category, row.name, row.price_fen, is_service)
    order = list(Category.values)
    fitting = [item for item in items.values() if up_to_fen is None or item.price_fen <= up_to_fen]
    return sorted(fitting, key=lambda item: order.index(item.category))


def item_named(union: Union, name: str, on: date) -> Item | None:
    return next((item for item in items_at(union, on) if item.name == name), None)


def own_entries(union: Union) -> QuerySet[CatalogueItem]:
    """What this union itself has entered, the latest of each name first."""
    return CatalogueItem.objects.filter(union=union).order_by("category", "name", "-valid_from")


def _entries(union: Union, on: date) -> list[CatalogueItem]:
    """From the province down, so that the nearest comes last."""
    above = [union.path[:end] for end in range(2, len(union.path) + 1, 4)]
    rows = CatalogueItem.objects.filter(union__path__in=above, valid_from__lte=on)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=on)).select_related("union")
    return sorted(rows, key=lambda row: (len(row.union.path), row.valid_from))
