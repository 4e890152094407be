"""认领: what one promises, the press of the button, and what to do afterwards by when."""

import secrets
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mashang.core.db.compiled import CompiledQuery, Param
from mashang.core.errors import DomainError
from mashang.core.numbers import is_number
from mashang.core.requests.idempotency import Answer, once
from mashang.givers.models import Organisation
from mashang.mobile.wishes.forms.claims import MYSELF, ClaimForm
from mashang.web.forms import posted
from mashang.web.policies import Level, Rows, Who, own_act, own_form, own_page, policy
from mashang.web.request import SignedIn
from mashang.wishes.actions import addresses, claims
from mashang.wishes.models import Claim, DeliveryMode, Wish
from mashang.wishes.offices import office_of
from mashang.wishes.queries.claims import days_left, live_claim_of, may_claim_for, promise_of
from mashang.wishes.queries.deliveries import progress_of
from mashang.wishes.queries.homes import may_go_home
from mashang.wishes.queries.similar import similar_to
from mashang.wishes.refusals import NeedsGiver, WishOffWall, WishTaken


@policy(who=Who.SIGNED_IN, rows=Rows.PUBLIC, level=Level.P1, methods=("GET", "POST"))
def claim_wish(request: SignedIn, number: str) -> HttpResponse:
    """我来认领: the promise is read before the button; whoever comes late sees others that wait."""
    wish = _wish(number)
    if wish.state != Wish.State.OPEN or wish.is_hidden:
        held = live_claim_of(wish, request.user)
        if held is None:
            return _late(request, wish)
        if request.method == "GET":
            return redirect("mobile:my-claim", held.pk)
    form = _form(request)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_press(request, wish, form.organisation).location)
        except (WishTaken, WishOffWall) as late:
            return _late(request, wish, late)
        except NeedsGiver:
            return introduce_first(request.path)
    return _draw_promise(request, wish, form)


@own_page(Level.P2)
def my_claim(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """我的认领: what to do by when, and what has happened so far."""
    claim, today = _claim(request, claim_id), timezone.localdate()
    is_waiting = claim.state == Claim.State.CLAIMED
    context = {
        "claim": claim,
        "wish": claim.wish,
        "office": office_of(claim.union),
        "progress": progress_of(claim, request.user),
        "is_waiting": is_waiting,
        "is_service": claim.wish.delivery_mode == DeliveryMode.SERVICE,
        "days_left": days_left(claim, today),
        "to_home": may_go_home(claim, today),
        "may_extend": is_waiting and claim.extended_at is None and claim.due_on >= today,
        "back": reverse("mobile:giving"),
    }
    return render(request, "mobile/claims/claim.html", context)


@own_act(Level.P4, fresh=True)
def claim_address(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """查看收货地址: by a press of its own; the look is written down, and nothing is kept."""
    claim = _claim(request, claim_id)
    home = addresses.look(claim, by=request.user)
    back = reverse("mobile:my-claim", args=[claim.pk])
    context = {"claim": claim, "home": home, "back": back}
    return render(request, "mobile/claims/address.html", context)


@own_act(Level.P2)
def extend_claim(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """延期一次."""
    claims.extend(_claim(request, claim_id), by=request.user)
    messages.success(request, _("已延期，请看新的最晚送达日"))
    return redirect("mobile:my-claim", claim_id)


@own_form(Level.P2)
def give_up_claim(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """放弃认领: asks once and names the effect."""
    claim = _claim(request, claim_id)
    if request.method == "POST":
        claims.give_up(claim, by=request.user)
        messages.success(request, _("已放弃，心愿回到了心愿墙"))
        return redirect("mobile:my-claim", claim_id)
    context = {
        "claim": claim,
        "most_given_up": claims.MOST_GIVEN_UP,
        "back": reverse("mobile:my-claim", args=[claim.pk]),
    }
    return render(request, "mobile/claims/give_up.html", context)


# Of a wish when it is claimed; every press reads it, so the wide rows of its family stay behind.
NEEDED = (
    *("number", "state", "is_hidden", "category", "item", "spec", "price_fen", "story", "place"),
    *("age_band", "region_code", "needed_by", "union_path", "union__name", "union__path"),
    *("for_whom", "delivery_mode"),
    *("union__hotline", "holder__user__id", "holder__merged_into"),
)


def _once_on_wall() -> Any:
    number = Param("number", Wish._meta.get_field("number"))
    wishes = Wish.objects.ever_on_wall().filter(number=number)
    return wishes.select_related("holder__user", "union").only(*NEEDED)


WISH_BY_NUMBER: CompiledQuery[Any] = CompiledQuery(_once_on_wall)


def _wish(number: str) -> Wish:
    wish = WISH_BY_NUMBER.first(number=number) if is_number(number, "XY") else None
    if wish is None:
        raise Http404
    return cast(Wish, wish)


def _claim(request: SignedIn, claim_id: UUID) -> Claim:
    rows = Claim.objects.of_giver(request.user)
    rows = rows.select_related(
        "wish__holder__user", "wish__holder__data_key", "union", "organisation"
    )
    return get_object_or_404(rows, pk=claim_id)


def _form(request: SignedIn) -> ClaimForm:
    """Whoever presses in their own name is not asked for whom else they act."""
    own = request.method == "POST" and request.POST.get("giver", MYSELF) == MYSELF
    return ClaimForm(posted(request)[0], [] if own else may_claim_for(request.user))


def _press(request: SignedIn, wish: Wish, organisation: Organisation | None) -> Answer:
    """A repeated tap or a lost answer gives the answer of the first time."""
    body = f"{wish.pk} {organisation.pk if organisation else ''}".encode()

    def act() -> Answer:
        made = claims.claim(wish, by=request.user, organisation=organisation)
        return Answer(HTTPStatus.SEE_OTHER, reverse("mobile:my-claim", args=[made.pk]))

    return once(request.user.pk, request.POST.get("key", ""), body, act)


def _draw_promise(request: SignedIn, wish: Wish, form: ClaimForm) -> HttpResponse:
    context = {
        "wish": wish,
        "form": form,
        "office": office_of(wish.union),
        "promise": promise_of(wish, timezone.localdate()),
        "is_service": wish.delivery_mode == DeliveryMode.SERVICE,
        "key": secrets.token_urlsafe(16),
        "back": reverse("mobile:wall-wish", args=[wish.number]),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "mobile/claims/promise.html", context, status=status)


def introduce_first(back: str) -> HttpResponse:
    """First a word how to be named, then back to the wish."""
    query = urlencode({REDIRECT_FIELD_NAME: back})
    return HttpResponseRedirect(f"{reverse('mobile:introduce')}?{query}")


def _late(request: SignedIn, wish: Wish, refusal: DomainError | None = None) -> HttpResponse:
    """来晚一步: no error page, but three wishes that still wait."""
    if refusal is None:
        is_there = wish.state in Wish.ON_WALL and not wish.is_hidden
        refusal = WishTaken() if is_there else WishOffWall()
    context = {"refusal": refusal, "similar": similar_to(wish)}
    pressed = request.method == "POST"
    status = refusal.status if pressed else HTTPStatus.OK
    response = render(request, "mobile/claims/late.html", context, status=status)
    response.headers["X-Refusal"] = refusal.code
    return response
