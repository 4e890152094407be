"""心愿墙数字: how many wishes were posted, claimed, fulfilled; counts of nobody, small ones hidden."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from mashang.wishes.models import Category, WallFigures, Wish
from mashang.wishes.rules import defaults

COUNTED = ("posted", "claimed", "fulfilled")


@dataclass(frozen=True)
class Row:
    """One category; None is a number too small to be shown."""

    name: str
    posted: int | None
    claimed: int | None
    fulfilled: int | None


@dataclass(frozen=True)
class Figures:
    """What the page shows. `median_days` from the wall to fulfilled; `least`: what is shown at all."""

    counted_at: datetime
    posted: int | None
    claimed: int | None
    fulfilled: int | None
    households: int | None
    median_days: int | None
    rows: list[Row]
    least: int


def figures() -> Figures:
    """As the clock last counted; in a house where it has not yet, as they are now."""
    last = WallFigures.objects.order_by("-day").first()
    counted, at = (last.figures, last.counted_at) if last else (count(), timezone.now())
    return _shown(counted, at)


def count() -> dict[str, Any]:
    """Everything that was ever on the wall, taken down or not, by category; three queries."""
    shown = Wish.objects.unscoped(why="counts of nobody").filter(opened_at__isnull=False)
    done = Q(state=Wish.State.FULFILLED)
    numbers = {
        "posted": Count("pk"),
        "claimed": Count("pk", filter=done | Q(state=Wish.State.CLAIMED)),
        "fulfilled": Count("pk", filter=done),
    }
    by_category = shown.order_by().values("category").annotate(**numbers)
    fulfilled = Wish.objects.unscoped(why="counts of nobody").filter(done)
    return {
        "categories": {row.pop("category"): row for row in by_category},
        "households": fulfilled.aggregate(n=Count("holder", distinct=True))["n"],
        "median_days": median_days(fulfilled),
    }


def median_days(fulfilled: Any) -> int | None:
    """From the wall to fulfilled, in whole days; None where nothing was fulfilled."""
    took = fulfilled.filter(fulfilled_at__isnull=False).annotate(
        took=F("fulfilled_at") - F("opened_at")
    )
    middle = took.count() // 2
    waits: list[timedelta] = list(
        took.order_by("took").values_list("took", flat=True)[middle : middle + 1]
    )
    return waits[0].days if waits else None


def _shown(counted: dict[str, Any], at: datetime) -> Figures:
    least = int(defaults()["least_alike"]["value"])
    by_category = counted["categories"]
    total = {name: sum(row[name] for row in by_category.values()) for name in COUNTED}
    columns = {
        name: hide_small(
            [by_category.get(code, {}).get(name, 0) for code in Category.values], least
        )
        for name in COUNTED
    }
    is_many = total["fulfilled"] >= least
    return Figures(
        counted_at=at,
        **{name: hide_small([number], least)[0] for name, number in total.items()},
        households=hide_small([counted["households"]], least)[0],
        median_days=counted["median_days"] if is_many else None,
        rows=[
            Row(str(label), *(columns[name][line] for name in COUNTED))
            for line, label in enumerate(Category.labels)
        ],
        least=least,
    )


def hide_small(numbers: list[int], least: int) -> list[int | None]:
    """Numbers from 1 to below `least` become None; a single hidden one takes the next with it.

    Else it could be reckoned back from the total. Nothing is nobody, so 0 may be shown.
    """
    hidden = {at for at, number in enumerate(numbers) if 0 < number < least}
    others = sorted((number, at) for at, number in enumerate(numbers) if number >= least)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return [None if at in hidden else number for at, number in enumerate(numbers)]
