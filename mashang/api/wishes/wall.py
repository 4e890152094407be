"""心愿墙: the wall, and one wish of it."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from mashang.api.operations import operation
from mashang.api.wishes.forms.wishes import WallOut, WallQuery, WishOut
from mashang.web.policies import Level, Rows
from mashang.wishes.queries import wall as hanging
from mashang.wishes.queries.wall import Card
from mashang.wishes.refusals import NotOnWall


@operation("GET", "/wishes", WallOut, rows=Rows.PUBLIC, level=Level.P1)
def wall(request: HttpRequest, asked: Query[WallQuery]) -> dict[str, Any]:
    """The wall: open wishes, the longest waiting first; the others, the latest first."""
    page = hanging.page(asked.asked())
    return {"wishes": page.cards, "next": page.after or None}


@operation("GET", "/wishes/{number}", WishOut, rows=Rows.PUBLIC, level=Level.P1)
def wish(request: HttpRequest, number: str) -> Card:
    """One wish of the wall by its public number: open, claimed or come true."""
    card = hanging.wish(number)
    if card is None:
        raise NotOnWall
    return card
