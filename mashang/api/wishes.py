"""心愿墙: the wall, and one wish of it."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from mashang.api import cursors
from mashang.api.forms.wishes import WallOut, WallQuery, WishOut
from mashang.api.operations import operation
from mashang.core.errors import Missing
from mashang.core.numbers import is_number
from mashang.unions.policies import Level, Rows
from mashang.wishes.models import Wish

NUMBERS = "XY"


@operation("GET", "/wishes", WallOut, rows=Rows.PUBLIC, level=Level.P1)
def wall(request: HttpRequest, asked: Query[WallQuery]) -> dict[str, Any]:
    """Open wishes, the longest waiting first."""
    rows = Wish.objects.open().filter(region_code__startswith=asked.region)
    if asked.category:
        rows = rows.filter(category=asked.category)
    found, more = cursors.page(rows, "opened_at", asked.cursor, asked.limit)
    return {"wishes": found, "next": more}


@operation("GET", "/wishes/{number}", WishOut, rows=Rows.PUBLIC, level=Level.P1)
def wish(request: HttpRequest, number: str) -> Wish:
    """One wish of the wall by its public number: open, claimed or come true."""
    return wish_with(number)


def wish_with(number: str) -> Wish:
    """The wish on the wall with this number; Missing for any other text."""
    found = is_number(number, NUMBERS) and Wish.objects.on_wall().filter(number=number).first()
    if not found:
        raise Missing
    return found
