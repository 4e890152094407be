"""A wish on the wall, as a program gets it; and what it may ask the wall."""

from datetime import datetime

from django.utils import timezone
from ninja import Field, Schema

from mashang.wishes.models import Category, Wish

MOST = 50


class WallQuery(Schema):
    region: str = Field("", pattern=r"^(\d{2,12})?$", description="Code of a region, or its start.")
    category: Category | None = None
    cursor: str = Field("", max_length=200, description="`next` of the page before.")
    limit: int = Field(20, ge=1, le=MOST)


class WishOut(Schema):
    number: str
    state: str = Field(json_schema_extra={"enum": list(Wish.ON_WALL)})
    category: Category
    item: str
    spec: str
    story: str
    age_band: str
    place: str
    waiting_since: datetime = Field(alias="opened_at")
    waited_days: int

    @staticmethod
    def resolve_waited_days(wish: Wish) -> int:
        return wish.waited_days(timezone.localdate())


class WallOut(Schema):
    wishes: list[WishOut]
    next: str | None = Field(description="The cursor of the next page; null on the last.")
