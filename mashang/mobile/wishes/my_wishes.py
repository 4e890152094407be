"""我的心愿: a worker's own wishes; posting one in three short steps, changing it, withdrawing it."""

import secrets
from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.accounts.models import Consent
from mashang.accounts.queries import live_consents
from mashang.cases.form import consents as wording
from mashang.cases.models import Case, Holder
from mashang.core.errors import Invalid
from mashang.core.requests.idempotency import Answer, once
from mashang.mobile.wishes.forms.wishes import AddressForm, AgreeForm, WishForm, of_item, of_wish
from mashang.screening.shared_words import pieces, told_in
from mashang.web.forms import caution, refusals_in
from mashang.web.policies import Level, own_form, own_page
from mashang.web.request import SignedIn
from mashang.wishes import catalogue
from mashang.wishes.actions import consents, wishes
from mashang.wishes.eligibility import case_of, cautions, check_words, why_not_home_yet
from mashang.wishes.models import Category, DeliveryMode, Wish
from mashang.wishes.models.wishes import WishQuerySet
from mashang.wishes.queries.history import like_it
from mashang.wishes.queries.preview import preview
from mashang.wishes.queries.progress import standing_of
from mashang.wishes.refusals import AlreadyClaimed, HasLiveWish, NotOnFile
from mashang.wishes.rules import rules_at
from mashang.wishes.words import WishWords

Send = Callable[[WishWords], Wish]


@own_page(Level.P3)
def my_wishes(request: SignedIn) -> HttpResponse:
    """我的心愿: the living one first, each with what happens next."""
    wishes = _own(request).order_by("-created_at")
    context = {
        "rows": [(wish, standing_of(wish)) for wish in wishes],
        "may_post": _may_post(request),
        "back": reverse("mobile:home"),
    }
    return render(request, "mobile/wishes/list.html", context)


@own_page(Level.P3)
def my_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """One wish: who has it, by when, and what one can do now."""
    wish = _wish(request, pk)
    context = {
        "wish": wish,
        "standing": standing_of(wish),
        "may_correct": wish.state in Wish.EDITABLE,
        "tells_address": wish.state in Wish.LIVE and wish.delivery_mode == DeliveryMode.TO_HOME,
        "back": reverse("mobile:my-wishes"),
    }
    return render(request, "mobile/wishes/wish.html", context)


@own_form(Level.P3)
def post(request: SignedIn) -> HttpResponse:
    """发布心愿: choose, say why, see what a stranger will see; only then it is sent."""
    case = _case(request)
    if request.POST.get("step") != "send" and _own(request).live().exists():
        raise HasLiveWish  # what is sent twice gets the answer of the first time instead

    def send(words: WishWords) -> Wish:
        ticked = bool(request.POST.get("agrees_address"))
        return wishes.post(case.holder, words=words, by=request.user, agrees_address=ticked)

    if request.method == "POST":
        return _steps(request, case, send)
    if "item" not in request.GET and "own" not in request.GET:
        return _choose(request, case)
    item = catalogue.item_named(case.union, request.GET.get("item", ""), timezone.localdate())
    return _ask(request, case, WishForm(initial=of_item(item) if item else None))


@own_form(Level.P3)
def correct(request: SignedIn, pk: UUID) -> HttpResponse:
    """修改心愿: until somebody claims it."""
    wish, case = _wish(request, pk), _case(request)
    if wish.state not in Wish.EDITABLE:
        raise AlreadyClaimed

    def send(words: WishWords) -> Wish:
        ticked = bool(request.POST.get("agrees_address"))
        return wishes.correct(wish, words=words, by=request.user, agrees_address=ticked)

    if request.method == "POST":
        return _steps(request, case, send, wish)
    return _ask(request, case, WishForm(initial=of_wish(wish)), wish)


@own_form(Level.P3)
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """撤回心愿: asks once and names the effect."""
    wish = _wish(request, pk)
    if request.method == "POST":
        wishes.withdraw(wish, by=request.user)
        messages.success(request, _("心愿已撤回"))
        return HttpResponseRedirect(reverse("mobile:my-wishes"))
    context = {"wish": wish, "back": reverse("mobile:my-wish", args=[wish.pk])}
    return render(request, "mobile/wishes/withdraw.html", context)


# The steps ----------------------------------------------------------------------------


def _steps(request: SignedIn, case: Case, send: Send, wish: Wish | None = None) -> HttpResponse:
    """From the filled-in form to the preview, back to the form, or off."""
    form = WishForm(request.POST)
    if not form.is_valid() or not _fits(form, case):
        return _ask(request, case, form, wish, status=422)
    step = request.POST.get("step")
    if step == "edit":
        again = WishForm(initial=request.POST.dict())
        caution(again, _cautions(form, case))
        return _ask(request, case, again, wish)
    ticks = _ticks(request, case, form.words(), is_sent=step == "send")
    if step != "send" or not all(tick.is_valid() for tick in ticks.values()):
        return _preview(request, case, form, ticks, wish)
    answer = once(
        request.user.pk,
        request.POST.get("key", ""),
        repr(form.cleaned_data).encode(),
        lambda: _sent(request, case, form.words(), send),
    )
    return HttpResponseRedirect(answer.location)


def _ticks(
    request: SignedIn, case: Case, words: WishWords, *, is_sent: bool
) -> dict[str, forms.Form]:
    """The consents that this wish still needs, each a tick of its own."""
    data = request.POST if is_sent else None
    ticks: dict[str, forms.Form] = {}
    if not _has_agreed(case.holder):
        ticks["agree"] = AgreeForm(data)
    if words.delivery_mode == DeliveryMode.TO_HOME:
        ticks["address"] = AddressForm(data)
    return ticks


def _sent(request: SignedIn, case: Case, words: WishWords, send: Send) -> Answer:
    if not _has_agreed(case.holder):
        consents.agree(case.holder, by=request.user)
    wish = send(words)
    messages.success(request, _("心愿已交给工会，有进展会告诉您"))
    return Answer(303, location=reverse("mobile:my-wish", args=[wish.pk]))


def _fits(form: WishForm, case: Case) -> bool:
    """The room's own rules, asked before anything is sent; each sentence stands beside its field."""
    today = timezone.localdate()
    with refusals_in(form, only=Invalid):
        check_words(form.words(), case, rules_at(case.union, today), today)
    return not form.errors


def _cautions(form: WishForm, case: Case) -> dict[str, str]:
    today = timezone.localdate()
    return cautions(form.words(), rules_at(case.union, today), today)


def _choose(request: SignedIn, case: Case) -> HttpResponse:
    today = timezone.localdate()
    cap_fen = rules_at(case.union, today).cap_fen
    items = catalogue.items_at(case.union, today, up_to_fen=cap_fen)
    groups = [
        (label, [item for item in items if item.category == value])
        for value, label in Category.choices
    ]
    context = {
        "groups": [group for group in groups if group[1]],
        "cap_fen": cap_fen,
        "back": reverse("mobile:my-wishes"),
    }
    return render(request, "mobile/wishes/choose.html", context)


def _ask(
    request: SignedIn,
    case: Case,
    form: WishForm,
    wish: Wish | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """What is on the list has its category already."""
    named = str(form["item"].value() or "")
    is_listed = catalogue.item_named(case.union, named, timezone.localdate()) is not None
    back = reverse("mobile:my-wish", args=[wish.pk]) if wish else reverse("mobile:post-wish")
    if not rules_at(case.union, timezone.localdate()).may_go_home:
        form.keep_from_home()
    elif why := why_not_home_yet(case.holder):
        form.keep_from_home(why)
    context = {"form": form, "wish": wish, "is_listed": is_listed, "back": back}
    return render(request, "mobile/wishes/ask.html", context, status=status)


def _preview(
    request: SignedIn,
    case: Case,
    form: WishForm,
    ticks: dict[str, forms.Form],
    wish: Wish | None,
) -> HttpResponse:
    words, today = form.words(), timezone.localdate()
    rules = rules_at(case.union, today)
    months = rules.same_category_months
    before = like_it(case.holder, words.category, months=months, today=today)
    if wish:
        before = before.exclude(pk=wish.pk)
    card = preview(words, case, least=rules.least_alike)
    context = {
        "form": form,
        "card": card,
        "story": pieces(card.story, told_in(card.story)),
        "cautions": list(cautions(words, rules, today).values()),
        **ticks,
        "asked": wording.asked_for(Consent.Purpose.WISH),
        "asked_address": wording.asked_for(Consent.Purpose.ADDRESS),
        "like_it": before.first(),
        "months": months,
        "wish": wish,
        "key": secrets.token_urlsafe(16),
    }
    status = 422 if any(tick.errors for tick in ticks.values()) else 200
    return render(request, "mobile/wishes/preview.html", context, status=status)


# Whose --------------------------------------------------------------------------------


def _own(request: SignedIn) -> WishQuerySet:
    return Wish.objects.own(request.user).select_related("union", "holder")


def _wish(request: SignedIn, pk: UUID) -> Wish:
    return get_object_or_404(_own(request), pk=pk)


def _case(request: SignedIn) -> Case:
    """The signed-in worker's active file. Raises NotOnFile."""
    holder = Holder.objects.own(request.user).first()
    case = case_of(holder) if holder else None
    if case is None:
        raise NotOnFile
    return case


def _may_post(request: SignedIn) -> bool:
    holder = Holder.objects.own(request.user).first()
    is_on_file = holder is not None and case_of(holder) is not None
    return is_on_file and not _own(request).live().exists()


def _has_agreed(holder: Holder) -> bool:
    return live_consents(Consent.Purpose.WISH).filter(subject_id=holder.pk).exists()
