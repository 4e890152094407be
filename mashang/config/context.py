"""What every template may know about the house itself, and who reads it.

What asks the database is lazy: a page that does not show it asks nothing.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mashang.notices.queries import unread_count
from mashang.unions import queries
from mashang.unions.queries import Seat


def house(request: HttpRequest) -> dict[str, object]:
    """``demo``: every page of a demo says that its people are made up; ``elder``: large letters;
    ``unread``: messages not read yet; ``seat``: at which union a member of staff sits, and in
    which role."""
    return {
        "demo": settings.MASHANG_DEMO,
        "elder": request.COOKIES.get("elder") == "1",
        "unread": SimpleLazyObject(lambda: _unread(request)),
        "seat": SimpleLazyObject(lambda: _seat(request)),
    }


def _unread(request: HttpRequest) -> int:
    return unread_count(request.user.pk) if request.user.is_authenticated else 0


def _seat(request: HttpRequest) -> Seat | None:
    return queries.seat(request.user) if request.user.is_authenticated else None
