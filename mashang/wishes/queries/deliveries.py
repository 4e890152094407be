"""送达进度: every step of the goods, as the giver, the family and the desk see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import accounts_of, live_consents
from mashang.cases.models import Application, Filler, Holder, Pairing
from mashang.cases.safeguards import newly_linked_until
from mashang.core.db.compiled import CompiledQuery, Param
from mashang.core.errors import NotAllowed
from mashang.givers.models import Representative
from mashang.wishes.models import (
    Certificate,
    Claim,
    Complaint,
    DeliveryMode,
    GoodsPhoto,
    Handover,
    Parcel,
    Thanks,
    Wish,
)
from mashang.wishes.queries.homes import is_going_home
from mashang.wishes.refusals import AnotherAnswers, AnotherHelperAnswers

State = Claim.State
SENDABLE = (State.CLAIMED, State.UNDER_WAY, State.RECEIVED)
WAITS = {
    State.CLAIMED: N_("等您寄出或送到"),
    State.UNDER_WAY: N_("等工会收货验收"),
    State.RECEIVED: N_("等工会转交"),
    State.HANDED_OVER: N_("等家里确认收到"),
}
SENT = {DeliveryMode.SERVICE: N_("服务已约好"), DeliveryMode.TO_HOME: N_("已直接送往家里")}
ENDED = {
    State.GIVEN_UP: N_("您放弃了认领"),
    State.REVOKED: N_("工会撤销了认领"),
    State.LAPSED: N_("认领已逾期失效"),
}
FAMILY_WAITS = {
    State.CLAIMED: N_("已有人认领，正在准备"),
    State.UNDER_WAY: N_("正在送往工会"),
    State.RECEIVED: N_("工会已收到，准备送给您"),
    State.HANDED_OVER: N_("已转交，等确认"),
}
GOING_HOME = N_("正直接送往您家，收到后请确认")


@dataclass(frozen=True)
class Progress:
    """What the giver's page says about one claim."""

    items: list[dict[str, Any]]
    may_send: bool
    photos: list[GoodsPhoto]
    complaints: list[Complaint]
    certificate: Certificate | None
    thanks: str


@dataclass(frozen=True)
class Delivery:
    """What the family's page says about the claim that brings its wish."""

    claim: Claim
    words: str
    may_confirm: bool
    why_not: str  # somebody else confirms: this one brought it, or has a new account
    may_thank: bool
    thanks: Thanks | None
    complaints: list[Complaint]


def progress_of(claim: Claim, user: User) -> Progress:
    """For the giver: what happened, what comes next. Nothing that says who the family is."""
    happened = sorted(_happened(claim), key=lambda item: item["moment"])
    return Progress(
        items=[*happened, *_next(claim)],
        may_send=claim.state in SENDABLE,
        photos=list(givers_photos(claim).order_by("created_at")),
        complaints=_raised(claim.wish, user),
        certificate=Certificate.objects.filter(claim=claim).first(),
        thanks=_shown_thanks(claim),
    )


def delivery_of(wish: Wish, user: User) -> Delivery | None:
    """For the family or its helper: the claim that lives or came true, and what it may say about it."""
    claims = Claim.objects.of_holder_of(wish).filter(state__in=[*Claim.LIVE, State.FULFILLED])
    claim = claims.select_related("union").first()
    if claim is None:
        return None
    thanks = Thanks.objects.of_claim(claim).first()
    goes_home = is_going_home(claim)
    is_here = claim.state in (State.HANDED_OVER, State.FULFILLED)
    waits_for_yes = claim.state == State.HANDED_OVER or goes_home
    refusal = _refusal_of(claim, wish, user) if waits_for_yes else None
    return Delivery(
        claim=claim,
        words=GOING_HOME if goes_home else FAMILY_WAITS.get(State(claim.state), ""),
        may_confirm=waits_for_yes and refusal is None,
        why_not=refusal.message if refusal else "",
        may_thank=is_here and thanks is None,
        thanks=thanks,
        complaints=_raised(wish, user),
    )


def _refusal_of(claim: Claim, wish: Wish, user: User) -> NotAllowed | None:
    return familys_refusal(claim) if wish.is_of(user) else helpers_refusal(claim, user)


def familys_refusal(claim: Claim) -> AnotherAnswers | None:
    """Why the family does not confirm by itself yet, nor by its silence."""
    until = another_answers_until(claim)
    if until is None:
        return None
    return AnotherAnswers(until, has_helper=other_helpers(claim, brought_by(claim)).exists())


def helpers_refusal(claim: Claim, helper: User) -> AnotherHelperAnswers | None:
    """Whoever put the goods into the family's hands is no second person, with whichever of their accounts."""
    if brought_by(claim).pk not in accounts_of(helper):
        return None
    has_other = other_helpers(claim, helper).exists()
    return AnotherHelperAnswers(another_answers_until(claim), has_other=has_other)


def other_helpers(claim: Claim, user: User) -> QuerySet[Pairing]:
    """Those paired with the family right now, without this person; nobody where the family lets no helper see it."""
    holder = claim.wish.holder
    pairings = Pairing.objects.of_household(holder).live()
    if not live_consents(Consent.Purpose.HELPER).filter(subject_id=holder.pk).exists():
        return pairings.none()
    return pairings.exclude(helper__in=accounts_of(user))


def brought_by(claim: Claim) -> User:
    """The colleague who handed over; the giver of what goes straight home."""
    handover = Handover.objects.of_claim(claim).filter(undone_at=None).first()
    return handover.handed_by if handover else claim.giver


def another_answers_until(claim: Claim) -> date | None:
    """刚接上的账号: until when neither the family's own yes nor its silence counts, since whoever handed the goods
    over has filled in for it as well, and may have entered the phone behind the account. None where they count."""
    until = newly_linked_until(claim.wish.holder)
    handover = until and Handover.objects.of_claim(claim).filter(undone_at=None).first()
    if not handover:
        return None
    theirs = Application.objects.of_household(claim.wish.holder).values("pk")
    filled_in = Filler.objects.filter(
        application__in=theirs, user__in=accounts_of(handover.handed_by)
    )
    return until if filled_in.exists() else None


def givers_photos(claim: Claim) -> QuerySet[GoodsPhoto]:
    """Those from the giver's side; the helper's proof from the family's home is not theirs to see."""
    people = Representative.objects.filter(organisation=claim.organisation_id).values("user_id")
    photos = GoodsPhoto.objects.of_claim(claim)
    return photos.filter(Q(added_by=claim.giver_id) | Q(added_by__in=people))


def _arriving() -> Any:
    holder: Any = Param("holder", Holder._meta.pk)
    return Wish.objects.of_household(holder).filter(state=Wish.State.CLAIMED)


ARRIVING: CompiledQuery[Wish] = CompiledQuery(_arriving)  # behind every helper's scan


def arriving(holder: Holder) -> Wish | None:
    """The wish that has been claimed for this family and has not come true yet."""
    return ARRIVING.first(holder=holder.pk)


def _happened(claim: Claim) -> Iterator[dict[str, Any]]:
    yield _item(claim.created_at, N_("已认领"))
    for parcel in Parcel.objects.of_claim(claim):
        yield from _of_parcel(parcel)
    for handover in Handover.objects.of_claim(claim).select_related("claim"):
        way = N_("家里收到了") if handover.is_by_giver else N_("工会已转交给家里")
        yield _item(handover.created_at, way)
        if handover.undone_at:
            yield _item(handover.undone_at, N_("家里反映没有妥善送到，工会重新办理"), state="bad")
    if claim.fulfilled_at:
        yield _item(claim.fulfilled_at, N_("心愿实现了"))
    if claim.ended_at:
        yield _item(claim.ended_at, ENDED[State(claim.state)], claim.ended_why, state="bad")


def _of_parcel(parcel: Parcel) -> Iterator[dict[str, Any]]:
    what = " · ".join(filter(None, [parcel.goods, parcel.carrier, parcel.tracking]))
    yield _item(
        parcel.created_at, SENT.get(DeliveryMode(parcel.mode), N_("物品已寄出或送到")), what
    )
    if parcel.mode == DeliveryMode.TO_HOME:
        yield from _of_home(parcel)
        return
    if parcel.checked_at is None:
        return
    # What is taken in at the counter or at a fair is written down and checked in one moment: in this order.
    checked_at = max(parcel.checked_at, parcel.created_at)
    if parcel.state == Parcel.State.PASSED:
        yield _item(checked_at, N_("工会验收合格"))
    else:
        yield _item(checked_at, N_("验收不合格，请换好再送"), parcel.rejected_why, state="bad")
    if parcel.state == Parcel.State.RETURNED:
        yield _item(checked_at, N_("不合格的物品已退回"))


def _of_home(parcel: Parcel) -> Iterator[dict[str, Any]]:
    """No counter saw it; only what the family says is wrong is told."""
    if parcel.checked_at and parcel.state == Parcel.State.REJECTED:
        yield _item(parcel.checked_at, N_("请重新送"), parcel.rejected_why, state="bad")


def _next(claim: Claim) -> Iterator[dict[str, Any]]:
    waits = WAITS.get(State(claim.state))
    if waits:
        yield {"title": N_("等家里确认收到") if is_going_home(claim) else waits, "state": "now"}


def _item(moment: datetime, title: str, words: str = "", state: str = "done") -> dict[str, Any]:
    return {"moment": moment, "at": moment, "title": title, "words": words, "state": state}


def _raised(wish: Wish, user: User) -> list[Complaint]:
    """What this person said is wrong, and the answers; nobody reads what others said."""
    return list(Complaint.objects.raised_by(user).filter(wish=wish).order_by("-created_at"))


def _shown_thanks(claim: Claim) -> str:
    shown = Thanks.objects.of_claim(claim).filter(state=Thanks.State.SHOWN).first()
    return shown.words if shown else ""
