"""微心愿数字: from posted to come true in a branch; counts and shares, no ranking of anybody by claims (摊派)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from mashang.unions.models import Union
from mashang.unions.scope import in_branches
from mashang.wishes.models import Claim, Wish
from mashang.wishes.queries.figures import median_days


@dataclass(frozen=True)
class WishFigures:
    """Of one year, and what stands today. Shares are whole percents; None where there is nothing."""

    year: int
    posted: int
    waiting: int
    under_way: int
    overdue: int
    fulfilled: int
    by_union: int
    median_days: int | None

    @property
    def overdue_percent(self) -> int | None:
        return _percent(self.overdue, self.under_way)

    @property
    def by_union_percent(self) -> int | None:
        return _percent(self.by_union, self.fulfilled)


def wish_figures(union: Union, today: date) -> WishFigures:
    """Four queries over index ranges, whatever lies in the branch."""
    branch = in_branches([union.path], "union_path")
    done = Q(state=Claim.State.FULFILLED, fulfilled_at__year=today.year)
    owed = Q(state__in=[Claim.State.CLAIMED, Claim.State.UNDER_WAY])
    wishes = (
        Wish.objects.unscoped(why="counts of a branch that the reader may see; no row is shown")
        .filter(branch)
        .aggregate(
            posted=Count("pk", filter=Q(created_at__year=today.year)),
            waiting=Count("pk", filter=Q(state=Wish.State.OPEN, is_hidden=False)),
        )
    )
    claims = (
        Claim.objects.unscoped(why="counts of a branch that the reader may see; no row is shown")
        .filter(branch)
        .aggregate(
            under_way=Count("pk", filter=Q(state__in=Claim.LIVE)),
            overdue=Count("pk", filter=owed & Q(due_on__lt=today)),
            fulfilled=Count("pk", filter=done),
            by_union=Count("pk", filter=done & Q(kind=Claim.Kind.UNION)),
        )
    )
    came_true = Wish.objects.unscoped(
        why="counts of a branch that the reader may see; no row is shown"
    ).filter(branch, fulfilled_at__year=today.year)
    return WishFigures(year=today.year, median_days=median_days(came_true), **wishes, **claims)


def _percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None
