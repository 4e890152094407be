"""微心愿的表: wishes, claims, deliveries, fairs."""

from mashang.wishes.models.claims import Claim, DeliveryPlan, Pledge
from mashang.wishes.models.deliveries import (
    Certificate,
    Complaint,
    GoodsPhoto,
    Handover,
    Parcel,
    Thanks,
)
from mashang.wishes.models.fairs import Fair, FairWish, Stock
from mashang.wishes.models.wall import WallFigures
from mashang.wishes.models.wishes import CatalogueItem, Category, DeliveryMode, ForWhom, Wish

__all__ = [
    "CatalogueItem",
    "Category",
    "Certificate",
    "Claim",
    "DeliveryMode",
    "Fair",
    "FairWish",
    "ForWhom",
    "GoodsPhoto",
    "Handover",
    "Parcel",
    "DeliveryPlan",
    "Pledge",
    "Complaint",
    "Stock",
    "Thanks",
    "WallFigures",
    "Wish",
]
