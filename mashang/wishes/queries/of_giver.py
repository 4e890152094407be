"""我的爱心: what a giver has claimed and what to do by when; plans and pledges of an organisation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.givers.models import Organisation
from mashang.unions.models import Union
from mashang.unions.scope import in_branches
from mashang.wishes.models import (
    Category,
    Certificate,
    Claim,
    DeliveryMode,
    DeliveryPlan,
    Pledge,
    Wish,
)
from mashang.wishes.offices import offices_of
from mashang.wishes.queries.claims import days_left

State = Claim.State
# What the giver does next, or waits for; states in which the claim is over say so themselves.
NEXT = {
    State.CLAIMED: N_("请备好物品，在最晚送达日之前送到工会"),
    State.UNDER_WAY: N_("已在路上，等收到"),
    State.RECEIVED: N_("工会已收，等转交给职工"),
    State.HANDED_OVER: N_("已转交，等职工确认收到"),
    State.FULFILLED: N_("已经实现，谢谢您"),
}
NEXT_TO_HOME = N_(
    "请备好物品，在最晚送达日之前送到"
)  # to the union or, as the family agrees, its home
NEXT_SERVICE = N_("请打工会电话约好时间，在最晚那天之前办好")
KEPT = (*Claim.LIVE, State.FULFILLED)  # claims that have not come to nothing
DIGITS = {Union.Kind.PROVINCE: 2, Union.Kind.CITY: 4, Union.Kind.COUNTY: 6}  # of a region's code
MOST = 100
SUGGESTED = 100


@dataclass(frozen=True)
class ClaimRow:
    """One claim as its giver reads it."""

    claim: Claim
    next_step: str
    days_left: int | None  # working days; None when there is nothing to do by a day


def claims_of(user: User, today: date) -> list[ClaimRow]:
    """What this person claimed for themselves: what waits for them first, by its day."""
    claims = Claim.objects.of_giver(user).filter(organisation=None)
    return _rows(claims, today)


def claims_of_organisation(user: User, organisation: Organisation, today: date) -> list[ClaimRow]:
    return _rows(Claim.objects.of_giver(user).filter(organisation=organisation), today)


def _rows(claims: QuerySet[Claim], today: date) -> list[ClaimRow]:
    newest = claims.select_related("wish", "union", "delivery_plan").order_by("-created_at")[:MOST]
    rows = [_row(claim, today) for claim in newest]
    return sorted(rows, key=lambda row: (row.days_left is None, row.claim.due_on, row.claim.pk))


def _row(claim: Claim, today: date) -> ClaimRow:
    state = State(claim.state)
    days = days_left(claim, today) if state == State.CLAIMED else None
    return ClaimRow(claim, _next_step(claim, state), days)


def _next_step(claim: Claim, state: str) -> str:
    if state == State.CLAIMED and claim.wish.delivery_mode == DeliveryMode.TO_HOME:
        return NEXT_TO_HOME
    if state == State.CLAIMED and claim.wish.delivery_mode == DeliveryMode.SERVICE:
        return NEXT_SERVICE
    return NEXT.get(State(state), claim.ended_why)


def certificates_of(user: User) -> QuerySet[Certificate]:
    """The certificates of this person and of the organisations they act for, newest first."""
    claims = Claim.objects.of_giver(user).values("pk")
    return Certificate.objects.filter(claim__in=claims).order_by("-issued_on", "number")


# Organisations -------------------------------------------------------------------------------


def open_wishes(category: str = "", union: Union | None = None) -> QuerySet[Wish]:
    """What may be claimed, the longest waiting first; in the region of `union`, or everywhere.

    By the public region, not by the branch: where a description was made broader, so is this.
    """
    wishes = Wish.objects.waiting_for_claim()
    if category:
        wishes = wishes.filter(category=Category(category))
    if union:
        digits = DIGITS[Union.Kind(union.kind)]
        wishes = wishes.filter(region_code__startswith=union.region_code[:digits])
    return wishes.order_by("opened_at", "pk")


def numbered(numbers: list[str]) -> QuerySet[Wish]:
    """The wishes on the wall with these numbers, ready to be claimed."""
    known = [number for number in numbers if number.isalnum()]  # PostgreSQL takes no NUL
    wishes = Wish.objects.on_wall().filter(number__in=known)
    return wishes.select_related("union", "holder__user").order_by("opened_at", "pk")


@dataclass(frozen=True)
class DeliveryPlanProgress:
    delivery_plan: DeliveryPlan
    total: int  # claims that have not come to nothing
    sent: int
    fulfilled: int


def delivery_plans_of(user: User, organisation: Organisation) -> list[DeliveryPlanProgress]:
    """The plans of an organisation, newest first, each with how far it has come. Two queries."""
    delivery_plans = DeliveryPlan.objects.of_giver(user).filter(organisation=organisation)
    return progress(delivery_plans.select_related("union").order_by("-created_at")[:MOST])


def progress(delivery_plans: Iterable[DeliveryPlan]) -> list[DeliveryPlanProgress]:
    listed = list(delivery_plans)
    states: dict[UUID, Counter[str]] = {delivery_plan.pk: Counter() for delivery_plan in listed}
    claims = Claim.objects.unscoped(
        why="the giver's own, or of an organisation they act for"
    ).filter(delivery_plan__in=listed, state__in=KEPT)
    for delivery_plan_id, state in claims.values_list("delivery_plan_id", "state"):
        states[delivery_plan_id][state] += 1
    return [_progress(delivery_plan, states[delivery_plan.pk]) for delivery_plan in listed]


def _progress(delivery_plan: DeliveryPlan, states: "Counter[str]") -> DeliveryPlanProgress:
    total = states.total()
    return DeliveryPlanProgress(
        delivery_plan, total, total - states[State.CLAIMED], states[State.FULFILLED]
    )


def came_of(organisation: Organisation) -> dict[str, int]:
    """How its claims ended or stand, by state: what a union looks at before it decides."""
    claims = Claim.objects.unscoped(
        why="the giver's own, or of an organisation they act for"
    ).filter(organisation=organisation)
    counted = claims.values_list("state").annotate(n=Count("pk")).order_by("state")
    return {State(state).label: n for state, n in counted}


@dataclass(frozen=True)
class Planned:
    """One line of the list that goes with the goods, and the office that takes them in."""

    claim: Claim
    office: Union


def planned(delivery_plan: DeliveryPlan) -> list[Planned]:
    """What a plan has claimed, by office and number; of no family, and of no small union. Two queries."""
    claims = Claim.objects.unscoped(
        why="the giver's own, or of an organisation they act for"
    ).filter(delivery_plan=delivery_plan, state__in=KEPT)
    ordered = claims.select_related("wish", "union").order_by("wish__number")
    offices = offices_of(claim.union_path for claim in ordered)
    rows = [Planned(claim, offices.get(claim.union_path, claim.union)) for claim in ordered]
    return sorted(rows, key=lambda row: row.office.path)


def pledges_of(user: User, organisation: Organisation) -> QuerySet[Pledge]:
    pledges = Pledge.objects.of_giver(user).filter(organisation=organisation)
    return pledges.select_related("union").order_by("-created_at")


def left_of(pledge: Pledge) -> int:
    """How many of the pledged have no wish yet; a claim that came to nothing frees its place."""
    if pledge.delivery_plan_id is None:
        return pledge.quantity
    claimed = (
        Claim.objects.unscoped(why="the giver's own, or of an organisation they act for")
        .filter(delivery_plan=pledge.delivery_plan_id, state__in=KEPT)
        .count()
    )
    return max(pledge.quantity - claimed, 0)


def in_reach(pledge: Pledge) -> QuerySet[Wish]:
    """The wishes on the wall of the pledge's branch, those taken a moment ago among them."""
    wishes = Wish.objects.on_wall().filter(in_branches([pledge.union_path], "union_path"))
    return wishes.select_related("union", "holder__user")


def suggestions(pledge: Pledge) -> list[Wish]:
    """Open wishes that fit: the same thing first, then the longest waiting."""
    wishes = in_reach(pledge).filter(state=Wish.State.OPEN, category=pledge.category)
    if pledge.for_whom:
        wishes = wishes.filter(for_whom=pledge.for_whom)
    fitting = wishes.order_by("opened_at", "pk")[:SUGGESTED]
    return sorted(fitting, key=lambda wish: not _is_same(wish.item, pledge.item))


def _is_same(wished: str, offered: str) -> bool:
    return wished in offered or offered in wished
