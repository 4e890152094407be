"""谁看过我的档案: the looks at a household, by day, person and reason; grouped by the database, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.models import Access, Holder
from mashang.core.privacy.masks import mask_name
from mashang.givers.queries import giver_of, public_name
from mashang.unions.models import Union

PER_PAGE = 30
ONE_LINE = ("day", "viewer_id", "basis", "reason")
Group = dict[str, Any]


@dataclass(frozen=True)
class AccessRow:
    """One line of 谁看过我的档案: the office and the surname, the day, what, why, how often."""

    at: datetime  # the last time of that day
    office: str
    who: str
    basis: str
    reason: str
    what: str
    times: int  # of one page in one minute, once


def looks_at(holder: Holder, number: str | None = None) -> Page[AccessRow]:
    """Who looked at this household, newest first, page by page to the very first look; the family's own
    looks are left out.

    What one person looked at on one day, on one basis and for one reason, is one line, so that nobody
    pushes another look off the page by coming again and again. `number` is what an address says.
    """
    rows = Access.objects.of_household(holder).exclude(basis=Access.Basis.SELF)
    by_day = rows.annotate(day=TruncDate("created_at"))
    groups = by_day.values(*ONE_LINE).annotate(at=Max("created_at"), times=Count("pk"))
    page: Any = Paginator(groups.order_by("-at", "viewer_id", "basis"), PER_PAGE).get_page(number)
    page.object_list = _described(list(page.object_list), by_day)
    return page


def _described(groups: list[Group], rows: "QuerySet[Access]") -> list[AccessRow]:
    if not groups:
        return []
    parts = _parts_of(groups, rows)
    viewers = User.objects.in_bulk({group["viewer_id"] for group in groups})
    offices = Union.objects.in_bulk({union for part in parts.values() for union, _ in part})
    return [
        _row(group, parts[_key(group)], viewers[group["viewer_id"]], offices) for group in groups
    ]


def _parts_of(
    groups: list[Group], rows: "QuerySet[Access]"
) -> dict[tuple[Any, ...], list[tuple[Any, str]]]:
    """For each line, for which office and at what the person looked: each thing once."""
    days = [group["day"] for group in groups]
    between = rows.filter(created_at__gte=_midnight(min(days)), created_at__lt=_after(max(days)))
    told = between.filter(viewer__in={group["viewer_id"] for group in groups})
    parts: dict[tuple[Any, ...], list[tuple[Any, str]]] = {_key(group): [] for group in groups}
    seen = told.values(*ONE_LINE, "union_id", "what").annotate(first=Max("created_at"))
    for one in seen.order_by("-first"):
        if _key(one) in parts:
            parts[_key(one)].append((one["union_id"], one["what"]))
    return parts


def _key(group: Group) -> tuple[Any, ...]:
    return tuple(group[name] for name in ONE_LINE)


def _row(
    group: Group, parts: Iterable[tuple[Any, str]], viewer: User, offices: dict[Any, Union]
) -> AccessRow:
    parts = list(parts)
    office = offices.get(parts[0][0])
    is_giver = group["basis"] == Access.Basis.CLAIM
    helps = N_("帮扶责任人")
    return AccessRow(
        at=group["at"],
        office=N_("认领人") if is_giver else (office.name if office else helps),
        # a giver as givers wish to be named, a colleague by the surname
        who=public_name(viewer, giver_of(viewer)) if is_giver else str(mask_name(viewer.name)),
        basis=str(Access.Basis(group["basis"]).label),
        reason=group["reason"],
        what="、".join(dict.fromkeys(what for _, what in parts)),
        times=group["times"],
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _after(day: date) -> datetime:
    return _midnight(day + timedelta(days=1))
