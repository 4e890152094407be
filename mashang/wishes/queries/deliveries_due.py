"""送达待办: what waits for the union's hands in a branch: goods, hand-overs, complaints, thanks, the ledger."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.aid.models import AidProposal
from mashang.cases.models import Holder
from mashang.wishes.models import Claim, Complaint, DeliveryMode, Handover, Parcel, Thanks
from mashang.wishes.queries.deliveries import another_answers_until

State = Claim.State
SHOWS = {
    "arrivals": N_("待验收"),
    "hand_over": N_("待转交"),
    "confirm": N_("待家里确认"),
    "complaints": N_("反映的问题"),
    "thanks": N_("感谢的话"),
    "ledger": N_("待登记帮扶"),
}


def waiting(user: User, show: str) -> QuerySet[Any]:
    """The rows of one list within the user's branches, what waits longest first."""
    return {
        "arrivals": arrivals,
        "hand_over": to_hand_over,
        "confirm": unconfirmed,
        "complaints": open_complaints,
        "thanks": unread_thanks,
        "ledger": off_ledger,
    }[show](user)


def arrivals(user: User) -> QuerySet[Parcel]:
    """On their way, and rejected ones that have yet to go back; a service and what goes home pass by."""
    rows = Parcel.objects.visible_to(user).filter(
        state__in=[Parcel.State.SENT, Parcel.State.REJECTED]
    )
    goods = rows.exclude(mode__in=[DeliveryMode.SERVICE, DeliveryMode.TO_HOME])
    return goods.select_related("claim__wish", "claim__union").order_by("created_at")


def to_hand_over(user: User) -> QuerySet[Claim]:
    """Goods that passed; services that were promised; what the union buys itself, or sees go home."""
    is_service = Q(wish__delivery_mode=DeliveryMode.SERVICE) | Q(parcels__mode="service")
    needs_no_goods = is_service | Q(kind=Claim.Kind.UNION) | Q(parcels__mode="to_home")
    ready = Q(state=State.RECEIVED) | Q(needs_no_goods, state__in=[State.CLAIMED, State.UNDER_WAY])
    rows = Claim.objects.visible_to(user).filter(ready).distinct()
    return rows.select_related("wish__holder", "union").order_by("due_on", "pk")


def unconfirmed(user: User) -> QuerySet[Handover]:
    rows = Handover.objects.visible_to(user).filter(confirmed_at=None, undone_at=None)
    related = rows.select_related("claim__wish__holder__union", "claim__union", "handed_by")
    return related.order_by("created_at")


def with_days(handovers: Iterable[Handover]) -> list[tuple[Handover, date | None]]:
    """Each with the day until which neither the family's yes nor its silence counts. One query for all, and a few
    for each household whose account was ever linked."""
    rows = list(handovers)
    families = [_family_of(row) for row in rows]
    kept = Q(pk__in=families) | Q(merged_into__in=families)
    holders = Holder.objects.unscoped(why="narrows hand-overs that are already in scope")
    linked = holders.filter(kept).exclude(linked_on=None)
    asked = {merged or pk for pk, merged in linked.values_list("pk", "merged_into")}
    return [(r, another_answers_until(r.claim) if _family_of(r) in asked else None) for r in rows]


def _family_of(handover: Handover) -> UUID:
    holder = handover.claim.wish.holder
    return holder.merged_into_id or holder.pk


def open_complaints(user: User) -> QuerySet[Complaint]:
    rows = Complaint.objects.visible_to(user).filter(state=Complaint.State.OPEN)
    return rows.select_related("wish__union").order_by("due_on", "pk")


def unread_thanks(user: User) -> QuerySet[Thanks]:
    rows = Thanks.objects.visible_to(user).filter(state=Thanks.State.WRITTEN)
    return rows.select_related("claim__wish", "claim__union").order_by("created_at")


def off_ledger(user: User) -> QuerySet[Claim]:
    """Come true, but who handed over could no longer enter the line of aid, or the line was sent back."""
    unentered = Q(proposal=None) | Q(proposal__state=AidProposal.State.REJECTED)
    rows = Claim.objects.visible_to(user).filter(unentered, state=State.FULFILLED)
    return rows.select_related("wish__holder", "union").order_by("fulfilled_at")


def brought(user: User, number: str) -> Claim | None:
    """The claim of a wish whose goods stand at the counter, by the number on the box."""
    waiting = [State.CLAIMED, State.UNDER_WAY, State.RECEIVED]
    rows = Claim.objects.visible_to(user).filter(wish__number=number, state__in=waiting)
    return rows.select_related("wish", "union").first()
