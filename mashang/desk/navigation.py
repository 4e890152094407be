"""导航: the side bar of the desk, with the places that this colleague may go to.

Each room names its own places (`ITEMS` in `desk/<room>/nav.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mashang.accounts.models import User
from mashang.unions.roles import Permission, holds
from mashang.web.rooms import menu


@dataclass(frozen=True)
class NavItem:
    """One item of the side bar, for those who hold one of its permissions; low ranks stand on top."""

    rank: int
    name: Any  # in the reader's language when it is shown
    view: str
    icon: str
    permissions: tuple[Permission, ...] = ()
    views: tuple[str, ...] = ()  # further pages that belong to this place
    count: Callable[[User], int] | None = (
        None  # what waits there for this person; a query on every page
    )

    @property
    def address(self) -> str:
        return reverse(f"desk:{self.view}")


@cache
def all_items() -> list[NavItem]:
    """The side bar of somebody who may do everything."""
    return menu("desk", "ITEMS")


def items_of(user: User) -> list[NavItem]:
    """Where this colleague may go, in the order of the side bar."""
    return [
        item
        for item in all_items()
        if not item.permissions or any(holds(user, needed) for needed in item.permissions)
    ]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor; costs nothing on pages that do not draw the desk."""
    user = getattr(request, "user", None)
    if user is None or not request.path.startswith("/desk/"):
        return {}
    return {
        "places": SimpleLazyObject(lambda: _places(request, user)),
        "may_change": SimpleLazyObject(lambda: _may(user, Permission.CASE_CHANGE)),
        "may_find": SimpleLazyObject(lambda: _may(user, Permission.CASE_READ)),
    }


def _may(user: Any, permission: Permission) -> bool:
    """Whether links to changing a household, or the search, are worth showing; the pages ask again."""
    return user.is_authenticated and holds(user, permission)


def _places(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    if not (user.is_authenticated and user.is_staff):
        return []
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [
        {
            "name": item.name,
            "icon": item.icon,
            "href": item.address,
            "current": here in (item.view, *item.views),
            "count": item.count(user) if item.count else 0,
        }
        for item in items_of(user)
    ]
