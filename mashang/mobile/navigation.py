"""导航: the tiles of the first page and the rows of “我的”. Each room names its own in
`mobile/<room>/nav.py`: `TILES` and `ROWS`."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mashang.cases.queries.files import is_helper, is_on_file
from mashang.notices.queries import unread_count
from mashang.web.rooms import menu

BLOCK = 100  # rows of “我的” whose ranks share a hundred stand in one block


class Visitor:
    """Who holds the phone; what asks the database is asked once, and only if somebody wants to know."""

    def __init__(self, request: HttpRequest) -> None:
        self.user: Any = request.user

    @property
    def is_signed_in(self) -> bool:
        return bool(self.user.is_authenticated)

    @property
    def is_staff(self) -> bool:
        return bool(getattr(self.user, "is_staff", False))

    @cached_property
    def is_helper(self) -> bool:
        return is_helper(self.user)

    @cached_property
    def is_on_file(self) -> bool:
        return is_on_file(self.user)

    @cached_property
    def unread(self) -> str:
        """How many messages wait, in words; empty if none does."""
        count = unread_count(self.user.pk) if self.is_signed_in else 0
        return _("%(unread)s 条未读") % {"unread": count} if count else ""


def everybody(visitor: Visitor) -> bool:
    return True


def nothing(visitor: Visitor) -> str:
    return ""


@dataclass(frozen=True)
class NavItem:
    """A tile or a row: low ranks stand first; `news` goes before the note where there is any."""

    rank: int
    name: Any  # in the reader's language when it is shown, as the note is
    view: str
    icon: str
    note: Any = ""
    shown: Callable[[Visitor], bool] = everybody
    news: Callable[[Visitor], str] = nothing
    is_main: bool = False

    @property
    def address(self) -> str:
        return reverse(f"mobile:{self.view}")


@cache
def _all(name: str) -> list[NavItem]:
    return menu("mobile", name)


def tiles_of(visitor: Visitor) -> list[dict[str, Any]]:
    return [_cell(item, visitor) for item in _all("TILES") if item.shown(visitor)]


def blocks_of(visitor: Visitor) -> list[list[dict[str, Any]]]:
    """The rows of “我的”, block by block."""
    shown = (item for item in _all("ROWS") if item.shown(visitor))
    blocks = groupby(shown, key=lambda item: item.rank // BLOCK)
    return [[_cell(item, visitor) for item in block] for _number, block in blocks]


def _cell(item: NavItem, visitor: Visitor) -> dict[str, Any]:
    return {
        "name": item.name,
        "note": item.note,
        "news": item.news(visitor),
        "href": item.address,
        "icon": item.icon,
        "is_main": item.is_main,
    }
