"""专场怎么看: how far a fair is, what is left in stock, what may be offered, whose homes are visited next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from mashang.cases.models import Holder, Pairing
from mashang.wishes.models import Claim, Fair, FairWish, Wish

MOST_OFFERED = 200
NEWEST = 8  # on the live screen


@dataclass(frozen=True)
class Progress:
    """Of the wishes at a fair: how many have somebody, how many are in a family's hands."""

    wishes: int
    claimed: int
    handed: int

    @property
    def percent(self) -> int:
        return self.handed * 100 // self.wishes if self.wishes else 0


@dataclass(frozen=True)
class FairVisit:
    """A home to visit after the fair, with who goes there."""

    holder: Holder
    union: str
    helper: str
    number: str
    item: str


def progress(fair: Fair) -> Progress:
    """One query. A wish that was claimed and handed out counts in both."""
    taken = Q(handed_at__isnull=False) | Q(
        wish__state__in=[Wish.State.CLAIMED, Wish.State.FULFILLED]
    )
    counts = (
        FairWish.objects.of_fair(fair)
        .placed()
        .aggregate(
            wishes=Count("pk"),
            claimed=Count("pk", filter=taken),
            handed=Count("pk", filter=Q(handed_at__isnull=False)),
        )
    )
    return Progress(**counts)


def wishes_at(fair: Fair) -> QuerySet[FairWish]:
    """What is offered there, by number; removed ones are gone."""
    placed = FairWish.objects.of_fair(fair).placed()
    related = placed.select_related("wish__union", "stock", "fair")
    return related.order_by("wish__number")


def newest_given(fair: Fair) -> QuerySet[FairWish]:
    """For the live screen: what was handed out last."""
    given = FairWish.objects.of_fair(fair).placed().filter(handed_at__isnull=False)
    return given.select_related("wish").order_by("-handed_at")[:NEWEST]


def may_be_offered(fair: Fair) -> QuerySet[Wish]:
    """Open wishes of the branch that are at no fair, the longest waiting first."""
    placed = FairWish.objects.unscoped(why="narrows what the fair's union may see").filter(
        removed_at=None, handed_at=None
    )
    branch = Wish.objects.unscoped(why="narrows what the fair's union may see").filter(
        union_path__gte=fair.union_path, union_path__lt=fair.union_path + "~"
    )
    rows = branch.filter(state=Wish.State.OPEN, is_hidden=False)
    free = rows.exclude(pk__in=placed.values("wish")).select_related("union")
    return free.order_by("opened_at", "pk")[:MOST_OFFERED]


def visits_after(fair: Fair) -> list[FairVisit]:
    """The homes of all whose wish was taken at this fair, by helper, so that each has a list."""
    claimed = Claim.objects.unscoped(why="narrows what the fair's union may see").filter(
        state__in=[*Claim.LIVE, Claim.State.FULFILLED]
    )
    paired = (
        Pairing.objects.unscoped(why="narrows what the fair's union may see")
        .live()
        .filter(case__holder=OuterRef("wish__holder"))
    )
    rows = FairWish.objects.of_fair(fair).filter(wish__in=claimed.values("wish"))
    helper = Subquery(paired.order_by("from_on").values("helper__name")[:1])
    with_helper: QuerySet[Any] = rows.annotate(helper=helper).select_related("wish__holder__union")
    visits = [_visit(row) for row in with_helper]
    return sorted(visits, key=lambda visit: (visit.helper == "", visit.helper, visit.number))


def _visit(row: Any) -> FairVisit:
    wish = row.wish
    return FairVisit(
        holder=wish.holder,
        union=wish.holder.union.name,
        helper=row.helper or "",
        number=wish.number,
        item=wish.item,
    )
