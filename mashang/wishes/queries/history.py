"""以前的心愿: what a household has wished for so far, for the limits of a year and the colleague who checks."""

from datetime import date, timedelta

from mashang.cases.models import Holder
from mashang.wishes.models import Wish
from mashang.wishes.models.wishes import WishQuerySet

DAYS_OF_A_MONTH = 30.44


def wishes_of(holder: Holder) -> WishQuerySet:
    """Every wish of the household, newest first."""
    return Wish.objects.of_household(holder).select_related("union").order_by("-created_at")


def fulfilled_in(holder: Holder, year: int) -> int:
    rows = Wish.objects.of_household(holder).filter(state=Wish.State.FULFILLED)
    return rows.filter(fulfilled_at__year=year).count()


def like_it(holder: Holder, category: str, *, months: int, today: date) -> WishQuerySet:
    """Fulfilled or still living wishes of the same category within so many months: a warning, no refusal."""
    since = today - timedelta(days=round(months * DAYS_OF_A_MONTH))
    states = (*Wish.LIVE, Wish.State.FULFILLED)
    rows = wishes_of(holder).filter(category=category, state__in=states)
    return rows.filter(created_at__date__gte=since)
