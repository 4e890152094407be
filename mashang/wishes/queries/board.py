"""心愿督办: what would otherwise be forgotten, with the days that it waits; counts and rows of a branch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber, TruncDate
from django.utils import timezone

from mashang.accounts.models import User
from mashang.aid.models import AidProposal
from mashang.unions.scope import posts_of
from mashang.wishes.models import Claim, Complaint, FairWish, Handover, Parcel, Wish
from mashang.wishes.rules import rules_at

MOST = 100  # rows of one list; its count tells all of them
State = Claim.State
TURNED_DOWN, OVERDUE = "turned_down", "overdue"
UNDELIVERED, UNCONFIRMED = "undelivered", "unconfirmed"


@dataclass(frozen=True)
class Backlog:
    """One list: how many there are in all, and those that wait longest.

    Each row carries `since`, a day, and `days`, how long ago that was.
    """

    count: int
    rows: list[Any]


@dataclass(frozen=True)
class Board:
    after_days: int
    unclaimed: Backlog
    unshown: Backlog  # the family does not want it shown: no giver can find it, only the union
    turned_down: Backlog
    overdue: Backlog
    undelivered: Backlog
    unconfirmed: Backlog
    complaints: Backlog


def board(user: User, today: date) -> Board:
    """All that waits too long in the branches of this colleague: four queries."""
    after_days = _days_unclaimed(user, today)
    wishes = list(_unclaimed(user, today - timedelta(days=after_days)))
    claims = _claims_in_trouble(user, today)

    def of(trouble: str) -> Backlog:
        return _backlog((claim for claim in claims if claim.trouble == trouble), today)

    return Board(
        after_days=after_days,
        unclaimed=_backlog((wish for wish in wishes if not wish.is_hidden), today),
        unshown=_backlog((wish for wish in wishes if wish.is_hidden), today),
        turned_down=of(TURNED_DOWN),
        overdue=of(OVERDUE),
        undelivered=of(UNDELIVERED),
        unconfirmed=of(UNCONFIRMED),
        complaints=_backlog(_complaints_overdue(user, today), today),
    )


def _days_unclaimed(user: User, today: date) -> int:
    """By the rules of the highest union where this colleague sits."""
    unions = sorted((post.union for post in posts_of(user)), key=lambda union: union.path)
    return rules_at(unions[0], today).days_unclaimed


def _unclaimed(user: User, last: date) -> QuerySet[Any]:
    """Open wishes that came to the wall on this day or before, those on it and those taken down."""
    midnight = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    fair = FairWish.objects.unscoped(why="narrows wishes that are already in scope").filter(
        wish=OuterRef("pk"), removed_at=None
    )
    rows = Wish.objects.visible_to(user).filter(state=Wish.State.OPEN, opened_at__lt=midnight)
    ranked = rows.annotate(
        since=TruncDate("opened_at"),
        fair_name=Subquery(fair.values("fair__name")[:1]),
        total=Window(Count("pk"), partition_by=F("is_hidden")),
        rank=Window(
            RowNumber(), partition_by=F("is_hidden"), order_by=[F("opened_at").asc(), F("pk").asc()]
        ),
    )
    return ranked.filter(rank__lte=MOST).select_related("union").order_by("rank")


def _claims_in_trouble(user: User, today: date) -> list[Any]:
    """Of each trouble the longest waiting; `trouble` says which."""
    is_owed = Q(state__in=[State.CLAIMED, State.UNDER_WAY])
    is_refused = Q(kind=Claim.Kind.UNION, proposal__state=AidProposal.State.REJECTED)
    is_late = is_owed & Q(due_on__lt=today)
    trouble = Case(
        When(is_owed & is_refused, then=Value(TURNED_DOWN)),
        When(is_late, then=Value(OVERDUE)),
        When(state=State.RECEIVED, then=Value(UNDELIVERED)),
        When(state=State.HANDED_OVER, then=Value(UNCONFIRMED)),
        output_field=CharField(),
    )
    rows = Claim.objects.visible_to(user).annotate(trouble=trouble).exclude(trouble=None)
    rows = rows.annotate(since=_since())
    each, oldest = F("trouble"), [F("since").asc(), F("pk").asc()]
    ranked = rows.annotate(
        total=Window(Count("pk"), partition_by=each),
        place=Window(RowNumber(), partition_by=each, order_by=oldest),
    )
    related = ranked.filter(place__lte=MOST).select_related("wish__union", "organisation")
    return list(related.order_by("place"))


def _since() -> Case:
    """The deadline that has passed; the last check of goods; the hand-over; else the claim itself."""
    checked = (
        Parcel.objects.unscoped(why="narrows wishes that are already in scope")
        .filter(claim=OuterRef("pk"))
        .order_by()
    )
    last_check = checked.values("claim").annotate(at=Max("checked_at")).values("at")
    handed = Handover.objects.unscoped(why="narrows wishes that are already in scope").filter(
        claim=OuterRef("pk"), undone_at=None
    )
    began = TruncDate("created_at")
    return Case(
        When(trouble=OVERDUE, then=F("due_on")),
        When(trouble=TURNED_DOWN, then=began),
        When(trouble=UNDELIVERED, then=Coalesce(TruncDate(Subquery(last_check)), began)),
        default=Coalesce(Subquery(handed.values("handed_on")[:1]), began),
        output_field=DateField(),
    )


def _complaints_overdue(user: User, today: date) -> QuerySet[Any]:
    rows = Complaint.objects.visible_to(user).filter(state=Complaint.State.OPEN, due_on__lt=today)
    counted = rows.annotate(since=F("due_on"), total=Window(Count("pk")))
    return counted.select_related("wish__union").order_by("due_on", "pk")[:MOST]


def _backlog(rows: Iterable[Any], today: date) -> Backlog:
    listed = list(rows)
    for row in listed:
        row.days = (today - row.since).days
    return Backlog(count=listed[0].total if listed else 0, rows=listed)
