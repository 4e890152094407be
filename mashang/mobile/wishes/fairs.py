"""专场: the wish whose card was scanned, claimed on the spot, and the screen on the wall of the hall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from mashang.givers.models import Organisation
from mashang.mobile.wishes.claims import introduce_first
from mashang.mobile.wishes.forms.claims import ClaimForm
from mashang.unions.roles import Permission, holds
from mashang.web.forms import posted
from mashang.web.policies import Level, Rows, Who, policy, public_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import fairs
from mashang.wishes.models import Fair, FairWish, Wish
from mashang.wishes.queries.claims import live_claim_of, may_claim_for
from mashang.wishes.queries.fairs import newest_given, progress
from mashang.wishes.refusals import NeedsGiver


@public_page()
def fair_wish(request: HttpRequest, code: str) -> HttpResponse:
    """扫心愿卡: what is wished for, and the button; a colleague finds the way to hand it out."""
    return _draw(request, _placed(code), ClaimForm(None, _organisations(request)))


@policy(who=Who.SIGNED_IN, rows=Rows.PUBLIC, level=Level.P1, methods=("POST",))
def fair_claim(request: SignedIn, code: str) -> HttpResponse:
    """现场认领: pressing again gets the claim that one has."""
    placed = _placed(code)
    form = ClaimForm(posted(request)[0], may_claim_for(request.user))
    if not form.is_valid():
        return _draw(request, placed, form, status=422)
    try:
        fairs.claim_on_the_spot(placed, by=request.user, organisation=form.organisation)
    except NeedsGiver:
        return introduce_first(reverse("mobile:fair-wish", args=[code]))
    return redirect("mobile:fair-wish", code)


@public_page()
def fair_screen(request: HttpRequest, key: str) -> HttpResponse:
    """专场大屏: counts and numbers only; asks for itself again every few seconds."""
    fair = get_object_or_404(Fair.objects.of_screen(key).select_related("union"))
    context = {
        "fair": fair,
        "progress": progress(fair),
        "newest": newest_given(fair),
        "at": timezone.now(),
    }
    return render(request, "mobile/fairs/screen.html", context)


def _placed(code: str) -> FairWish:
    rows = FairWish.objects.of_code(code).select_related(
        "fair__union", "wish__holder__user", "wish__union"
    )
    return get_object_or_404(rows)


def _organisations(request: HttpRequest) -> list[Organisation]:
    return may_claim_for(request.user) if request.user.is_authenticated else []


def _draw(
    request: HttpRequest, placed: FairWish, form: ClaimForm, status: int = 200
) -> HttpResponse:
    user = request.user
    is_on = placed.removed_at is None and placed.fair.state == Fair.State.RUNNING
    own_claim = live_claim_of(placed.wish, user) if user.is_authenticated else None
    context = {
        "placed": placed,
        "wish": placed.wish,
        "fair": placed.fair,
        "form": form,
        "own_claim": own_claim,
        "is_on": is_on,
        "is_free": is_on and placed.wish.state == Wish.State.OPEN,
        "may_hand_out": is_on and user.is_authenticated and holds(user, Permission.FAIR_MANAGE),
    }
    return render(request, "mobile/fairs/wish.html", context, status=status)
