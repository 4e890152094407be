"""认领: what the pages of a claim need from several tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.db.compiled import CompiledQuery, Param
from mashang.givers.models import Organisation
from mashang.givers.queries import giver_of, public_name
from mashang.reference.workdays import add_workdays, workdays_between
from mashang.wishes.models import Claim, Wish
from mashang.wishes.rules import rules_at

OWED = (Claim.State.CLAIMED, Claim.State.UNDER_WAY)  # the giver still has something to do
SHOWS = {"live": N_("进行中"), "overdue": N_("已逾期"), "lapsed": N_("已失效")}


@dataclass(frozen=True)
class Promise:
    """What a giver promises by claiming: by when, and how many days more they may ask for."""

    due_on: date
    workdays: int
    extension: int
    comes_late: bool  # after the day by which the family hopes for it


def promise_of(wish: Wish, today: date) -> Promise:
    rules = rules_at(wish.union, today)
    days = rules.workdays_to_fulfil
    due_on = add_workdays(today, days)
    return Promise(due_on, days, rules.workdays_of_extension, comes_late(wish, due_on))


def comes_late(wish: Wish, due_on: date) -> bool:
    """Whether what comes on the last day of a claim comes after the day that the family hopes for."""
    return wish.needed_by is not None and due_on > wish.needed_by


def may_claim_for(user: User) -> list[Organisation]:
    """The organisations in whose name this person may claim; staff claim as persons only."""
    if user.is_colleague:
        return []
    return list(Organisation.objects.of_member(user).approved().order_by("name"))


def live_claim_of(wish: Wish, user: User) -> Claim | None:
    """The live claim of this wish, if it is this person's or their organisation's."""
    return cast("Claim | None", LIVE_CLAIM_OF.first(wish=wish.pk, user=user.pk))


def _live_claim_of() -> Any:
    wish: Any = Param("wish", Wish._meta.pk)
    user: Any = Param("user", User._meta.pk)
    return Claim.objects.of_giver(user).live().filter(wish=wish)


LIVE_CLAIM_OF: CompiledQuery[Any] = CompiledQuery(_live_claim_of)


def claims_in(user: User, show: str, today: date) -> QuerySet[Claim]:
    """One list of the claims in the user's branches; whose last day comes first stands first."""
    rows = Claim.objects.visible_to(user).exclude(kind=Claim.Kind.UNION)
    rows = {
        "live": rows.live(),
        "overdue": rows.filter(state__in=OWED, due_on__lt=today),
        "lapsed": rows.filter(state=Claim.State.LAPSED, wish__state=Wish.State.OPEN),
    }[show]
    rows = rows.select_related("wish", "union", "organisation", "giver__giver")
    return rows.order_by("due_on", "pk")


def signature_of(claim: Claim) -> str:
    """署名: the organisation's name, or what the person chose; without a choice nobody's name."""
    if claim.organisation:
        return claim.organisation.name
    return public_name(claim.giver, giver_of(claim.giver))


def days_left(claim: Claim, today: date) -> int:
    """Working days until the last day; negative once it has passed."""
    return workdays_between(today, claim.due_on)
