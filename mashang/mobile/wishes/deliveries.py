"""送达: the giver sends and watches, the family says yes or what is wrong, the helper confirms for it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access
from mashang.cases.queries.access import PAIRED
from mashang.core.errors import Invalid
from mashang.core.privacy import store
from mashang.core.wording import day
from mashang.mobile.cases.attachments import received as bytes_of
from mashang.mobile.cases.families import paired_case
from mashang.mobile.wishes.forms.deliveries import (
    ComplaintForm,
    GoodsPhotoForm,
    HelperConfirmForm,
    SendForm,
    ThanksForm,
)
from mashang.web.forms import posted, refusals_in, status_of
from mashang.web.policies import Level, own_form, own_page, paired_form
from mashang.web.request import SignedIn
from mashang.wishes.actions import complaints, confirmations, deliveries, thanks
from mashang.wishes.actions import goods_photos as photo_actions
from mashang.wishes.models import Claim, DeliveryMode, Wish
from mashang.wishes.offices import office_of
from mashang.wishes.queries.deliveries import (
    Delivery,
    arriving,
    delivery_of,
    givers_photos,
)
from mashang.wishes.queries.homes import may_go_home

# The giver ---------------------------------------------------------------------------------------


@own_form(Level.P2)
def send(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """登记寄出: where to, what, how; the photo goes first, so that a bad one stops nothing halfway."""
    claim = _claim(request, claim_id)
    to_home = may_go_home(claim, timezone.localdate())
    form = SendForm(claim.wish, *posted(request), to_home=to_home)
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            _send(request, claim, form.cleaned_data)
            messages.success(request, _("已登记，收到后会告诉您"))
            return HttpResponseRedirect(_claim_page(claim))
    context = {"claim": claim, "office": office_of(claim.union), "to_home": to_home}
    context["is_service"] = claim.wish.delivery_mode == DeliveryMode.SERVICE
    return _draw(request, "send", form, **context, back=_claim_page(claim))


@own_form(Level.P2)
def goods_photos(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """补物品照片."""
    claim = _claim(request, claim_id)
    form = GoodsPhotoForm(*posted(request))
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            photo_actions.add(claim, data=bytes_of(form.cleaned_data["photo"]), by=request.user)
            messages.success(request, _("照片已收到"))
            return HttpResponseRedirect(_claim_page(claim))
    return _draw(request, "photos", form, claim=claim, back=_claim_page(claim))


@own_page(Level.P2)
def goods_photo(request: SignedIn, claim_id: UUID, photo_id: UUID) -> HttpResponse:
    """One photo of the giver's own goods; the helper's proof from the family's home is not theirs."""
    claim = _claim(request, claim_id)
    photo = get_object_or_404(givers_photos(claim).select_related("data_key"), pk=photo_id)
    response = HttpResponse(store.read(photo.blob, photo.data_key), content_type="image/jpeg")
    response.headers["Content-Disposition"] = "inline"
    return response


@own_form(Level.P2)
def giver_complaint(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """认领人反映问题: to the union, never to the family."""
    claim = _claim(request, claim_id)
    return _complaint(request, claim, back=_claim_page(claim), by_giver=True)


def _send(request: SignedIn, claim: Claim, typed: dict[str, Any]) -> None:
    goods = {name: value for name, value in typed.items() if name != "photo"}
    if photo := typed["photo"]:
        photo_actions.add(claim, data=bytes_of(photo), by=request.user)
    deliveries.send(claim, by=request.user, **goods)


def _claim(request: SignedIn, claim_id: UUID) -> Claim:
    rows = Claim.objects.of_giver(request.user).select_related(
        "wish__holder__data_key", "union", "organisation"
    )
    return get_object_or_404(rows, pk=claim_id)


def _claim_page(claim: Claim) -> str:
    return reverse("mobile:my-claim", args=[claim.pk])


# The family --------------------------------------------------------------------------------------


@own_form(Level.P3)
def wish_received(request: SignedIn, wish_id: UUID) -> HttpResponse:
    """确认收到: one tap; the certificate for the giver follows from it."""
    wish, delivery = _own_delivery(request, wish_id)
    if request.method == "POST":
        confirmations.confirm(delivery.claim, by=request.user)
        messages.success(request, _("已确认收到，祝您一家安好"))
        return HttpResponseRedirect(reverse("mobile:wish-received", args=[wish.pk]))
    back = reverse("mobile:my-wish", args=[wish.pk])
    context = {"wish": wish, "delivery": delivery, "tab": "matters", "back": back}
    return render(request, "mobile/deliveries/received.html", context)


@own_form(Level.P3)
def wish_complaint(request: SignedIn, wish_id: UUID) -> HttpResponse:
    """没有收到，或者不对: the union answers within five working days."""
    wish, delivery = _own_delivery(request, wish_id)
    return _complaint(request, delivery.claim, back=reverse("mobile:wish-received", args=[wish.pk]))


@own_form(Level.P3)
def wish_thanks(request: SignedIn, wish_id: UUID) -> HttpResponse:
    """写句感谢的话: who does not want to, does not."""
    wish, delivery = _own_delivery(request, wish_id)
    back = reverse("mobile:wish-received", args=[wish.pk])
    form = ThanksForm(*posted(request))
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            thanks.write(delivery.claim, words=form.cleaned_data["words"], by=request.user)
            messages.success(request, _("工会看过以后会转给对方"))
            return HttpResponseRedirect(back)
    return _draw(request, "thanks", form, wish=wish, delivery=delivery, back=back)


def _own_delivery(request: SignedIn, wish_id: UUID) -> tuple[Wish, Delivery]:
    wishes = Wish.objects.own(request.user).select_related("holder", "union")
    wish = get_object_or_404(wishes, pk=wish_id)
    delivery = delivery_of(wish, request.user)
    if delivery is None:
        raise Http404
    return wish, delivery


# The helper --------------------------------------------------------------------------------------


@paired_form()
def family_received(request: SignedIn, case_id: UUID) -> HttpResponse:
    """帮家里确认收到: with a photo of the goods, as long as the family says nothing is wrong."""
    wish, delivery = _familys_delivery(request, case_id)
    back = reverse("mobile:family", args=[case_id])
    form = HelperConfirmForm(*posted(request), wants_photo=confirmations.wants_photo(wish))
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            taken = form.cleaned_data.get("photo")
            photo = bytes_of(taken) if taken else b""
            confirmations.confirm(delivery.claim, photo=photo, by=request.user)
            messages.success(request, _("已替家里确认收到"))
            return HttpResponseRedirect(back)
    context = {"wish": wish, "delivery": delivery, "case_id": case_id, "back": back}
    return _draw(request, "family_received", form, **context)


@paired_form()
def family_complaint(request: SignedIn, case_id: UUID) -> HttpResponse:
    """帮家里反映问题."""
    _wish, delivery = _familys_delivery(request, case_id)
    back = reverse("mobile:family-received", args=[case_id])
    return _complaint(request, delivery.claim, back=back)


def _familys_delivery(request: SignedIn, case_id: UUID) -> tuple[Wish, Delivery]:
    """The wish that was handed over to a paired family and waits for its yes; the look is written."""
    case = paired_case(request, case_id)
    wish = arriving(case.holder)
    delivery = delivery_of(wish, request.user) if wish else None
    if wish is None or delivery is None:
        raise Http404
    access.log_access(case.holder, by=request.user, among=[PAIRED], what=N_("心愿送达情况"))
    return wish, delivery


# All of them -------------------------------------------------------------------------------------


def _complaint(
    request: SignedIn, claim: Claim, *, back: str, by_giver: bool = False
) -> HttpResponse:
    form = ComplaintForm(*posted(request), by_giver=by_giver)
    if form.is_valid():
        complaint = complaints.raise_complaint(claim, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("工会已收到，%(day)s 前答复您") % {"day": day(complaint.due_on)}
        )
        return HttpResponseRedirect(back)
    return _draw(request, "complaint", form, claim=claim, back=back)


def _draw(request: SignedIn, page: str, form: forms.Form, **context: object) -> HttpResponse:
    status = status_of(form)
    context["form"] = form
    return render(request, f"mobile/deliveries/{page}.html", context, status=status)
