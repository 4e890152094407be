"""送达待办: what waits for the union's hands in a branch: goods, hand-overs, complaints, thanks, the ledger."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.wishes.models import Claim, Complaint, DeliveryMode, Handover, Parcel, Thanks

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
    return rows.select_related("claim__wish", "claim__union", "handed_by").order_by("created_at")


def open_complaints(user: User) -> QuerySet[Complaint]:
    rows = Complaint.objects.visible_to(user).filter(state=Complaint.State.OPEN)
    return rows.select_related("wish__union").order_by("due_on", "pk")


def unread_thanks(user: User) -> QuerySet[Thanks]:
    rows = Thanks.objects.visible_to(user).filter(state=Thanks.State.WRITTEN)
    return rows.select_related("claim__wish", "claim__union").order_by("created_at")


def off_ledger(user: User) -> QuerySet[Claim]:
    """Come true, but who handed over could no longer enter the line of aid."""
    rows = Claim.objects.visible_to(user).filter(state=State.FULFILLED, proposal=None)
    return rows.select_related("wish__holder", "union").order_by("fulfilled_at")


def brought(user: User, number: str) -> Claim | None:
    """The claim of a wish whose goods stand at the counter, by the number on the box."""
    waiting = [State.CLAIMED, State.UNDER_WAY, State.RECEIVED]
    rows = Claim.objects.visible_to(user).filter(wish__number=number, state__in=waiting)
    return rows.select_related("wish", "union").first()
