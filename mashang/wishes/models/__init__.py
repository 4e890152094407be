"""微心愿的表: wishes, claims, deliveries, events."""

from mashang.wishes.models.claims import Claim, Plan, Pledge
from mashang.wishes.models.deliveries import (
    Certificate,
    GoodsPhoto,
    Handover,
    Parcel,
    Problem,
    Thanks,
)
from mashang.wishes.models.events import Event, EventWish, Stock
from mashang.wishes.models.wall import WallFigures
from mashang.wishes.models.wishes import CatalogueItem, Category, DeliveryMode, ForWhom, Wish

__all__ = [
    "CatalogueItem",
    "Category",
    "Certificate",
    "Claim",
    "DeliveryMode",
    "Event",
    "EventWish",
    "ForWhom",
    "GoodsPhoto",
    "Handover",
    "Parcel",
    "Plan",
    "Pledge",
    "Problem",
    "Stock",
    "Thanks",
    "WallFigures",
    "Wish",
]
