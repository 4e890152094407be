"""认领: to claim a wish, one's own claims, to extend one or give it up."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from ninja import Header, Query

from mashang.accounts.models import ApiToken
from mashang.api import cursors
from mashang.api.operations import operation
from mashang.api.wishes.forms.claims import KEY, ClaimOut, ClaimsOut, ClaimsQuery, ClaimWords
from mashang.core.errors import Missing
from mashang.core.numbers import is_number
from mashang.core.requests.idempotency import Answer, once
from mashang.givers.models import Organisation
from mashang.web.policies import Level, Rows
from mashang.web.request import SignedIn
from mashang.wishes.actions import claims as claim_actions
from mashang.wishes.models import Claim, Wish
from mashang.wishes.queries.similar import similar_to
from mashang.wishes.refusals import NotOnWall, WishOffWall, WishTaken

LOOKS, ACTS = ApiToken.Scope.READ, ApiToken.Scope.CLAIM
OWN: dict[str, Any] = {"rows": Rows.OWN, "level": Level.P2}


@operation("POST", "/wishes/{number}/claim", {201: ClaimOut}, scope=ACTS, **OWN)
def claim(
    request: SignedIn, number: str, words: ClaimWords, key: str = Header(**KEY)
) -> HttpResponse:
    """Claim a wish: first come, first served. Repeat with the same key if no answer came."""
    wish = _wish(number)
    organisation = _organisation(request, words.organisation)

    def act() -> Claim:
        return claim_actions.claim(wish, by=request.user, organisation=organisation)

    try:
        return _once(request, key, act, status=201)
    except (WishTaken, WishOffWall) as late:
        late.facts["similar"] = [other.number for other in similar_to(wish)]
        raise


@operation("GET", "/claims", ClaimsOut, scope=LOOKS, **OWN)
def claims(request: SignedIn, asked: Query[ClaimsQuery]) -> dict[str, Any]:
    """My claims, and those of the organisations that I act for; the newest first."""
    rows = _mine(request)
    page, more = cursors.page(rows, "created_at", asked.cursor, asked.limit, newest_first=True)
    return {"claims": page, "next": more}


@operation("GET", "/claims/{uuid:claim_id}", ClaimOut, scope=LOOKS, **OWN)
def claim_of_mine(request: SignedIn, claim_id: UUID) -> Claim:
    """One claim of mine."""
    return _my_claim(request, claim_id)


@operation("POST", "/claims/{uuid:claim_id}/give-up", ClaimOut, scope=ACTS, **OWN)
def give_up(request: SignedIn, claim_id: UUID, key: str = Header(**KEY)) -> HttpResponse:
    """Give a claim up, until goods are under way."""
    return _once(request, key, lambda: _done(claim_actions.give_up, request, claim_id))


@operation("POST", "/claims/{uuid:claim_id}/extend", ClaimOut, scope=ACTS, **OWN)
def extend(request: SignedIn, claim_id: UUID, key: str = Header(**KEY)) -> HttpResponse:
    """Extend a claim, once."""
    return _once(request, key, lambda: _done(claim_actions.extend, request, claim_id))


def _done(verb: Callable[..., None], request: SignedIn, claim_id: UUID) -> Claim:
    verb(_my_claim(request, claim_id), by=request.user)
    return _my_claim(request, claim_id)


def _once(request: SignedIn, key: str, act: Callable[[], Claim], status: int = 200) -> HttpResponse:
    """What the act answers, and answers again to the same key; the address is part of what was said."""

    def answer() -> Answer:
        made = act()
        address = reverse("api:claim-of-mine", args=[made.pk])
        return Answer(status, address, ClaimOut.from_orm(made).model_dump_json())

    answered = once(request.user.pk, key, request.path.encode() + b"\n" + request.body, answer)
    response = HttpResponse(answered.body, content_type="application/json", status=answered.status)
    response.headers["Location"] = answered.location
    return response


def _mine(request: SignedIn) -> Any:
    return Claim.objects.of_giver(request.user).select_related("wish", "union")


def _my_claim(request: SignedIn, claim_id: UUID) -> Claim:
    claim: Claim | None = _mine(request).filter(pk=claim_id).first()
    if claim is None:
        raise Missing
    return claim


def _wish(number: str) -> Wish:
    """The wish on the wall with this number, whether or not it is still to be had."""
    wish = is_number(number, "XY") and Wish.objects.on_wall().filter(number=number).first()
    if not wish:
        raise NotOnWall
    return wish


def _organisation(request: SignedIn, pk: UUID | None) -> Organisation | None:
    if pk is None:
        return None
    organisation = Organisation.objects.of_member(request.user).filter(pk=pk).first()
    if organisation is None:
        raise Missing
    return organisation
