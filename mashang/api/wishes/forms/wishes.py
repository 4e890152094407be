"""A wish on the wall, as a program gets it; and what it may ask the wall."""

from collections.abc import Iterable

from ninja import Field, Schema

from mashang.wishes.models import Category, Wish
from mashang.wishes.prices import BY_CODE
from mashang.wishes.queries.wall import Asked

MOST = 50


def one_of(words: Iterable[str]) -> str:
    """The pattern of a field that takes one of these words or none."""
    return f"^({'|'.join(words)})?$"


class WallQuery(Schema):
    state: str = Field("", pattern=one_of(Wish.ON_WALL), description="`open` if not said.")
    region: str = Field(
        "", pattern=r"^([0-9]{4}([0-9]{2})?)?$", description="The code of a county, or its first 4."
    )
    category: Category | None = None
    band: str = Field("", pattern=one_of(BY_CODE), description="Of the price.")
    words: str = Field("", max_length=40, description="A search, in Chinese from one character up.")
    after: str = Field("", pattern=r"^(XY[0-9]{11})?$", description="`next` of the page before.")
    limit: int = Field(20, ge=1, le=MOST)

    def asked(self) -> Asked:
        return Asked(
            state=self.state or Wish.State.OPEN,
            region=self.region,
            category=self.category or "",
            band=self.band,
            words=self.words.replace("\0", ""),
            after=self.after,
            size=self.limit,
        )


class WishOut(Schema):
    """What a stranger may know; `band` is the price's, `waited_days` since it came to the wall."""

    number: str
    state: str = Field(json_schema_extra={"enum": list(Wish.ON_WALL)})
    category: Category
    item: str
    story: str
    for_whom: str
    age_band: str
    place: str
    band: str
    waited_days: int


class WallOut(Schema):
    wishes: list[WishOut]
    next: str | None = Field(description="`after` of the next page; null on the last.")
