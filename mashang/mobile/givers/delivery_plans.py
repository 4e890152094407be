"""批量认领与捐助意向: wishes chosen from a list, one delivery plan for all of them, and offers."""

import secrets
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mashang.core.requests.idempotency import Answer, once
from mashang.givers.models import Organisation
from mashang.mobile.givers.forms import ChooseForm, DeliveryPlanForm, PledgeForm
from mashang.mobile.givers.organisations import find
from mashang.web.forms import posted, refusals_in, status_of
from mashang.web.policies import Level, own_act, own_form, own_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import delivery_plans
from mashang.wishes.models import DeliveryPlan, Pledge
from mashang.wishes.queries import of_giver as rows

PAGE = 50  # no more than may be claimed at once


@own_page(Level.P2)
def choose(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """选心愿: the longest waiting first; those that are ticked go on to the plan."""
    organisation = find(request, organisation_id)
    form = ChooseForm(request.GET)
    cleaned = form.cleaned_data if form.is_valid() else {}
    wishes = rows.open_wishes(cleaned.get("category", ""), cleaned.get("union"))
    page = Paginator(wishes, PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "form": form,
        "page": page,
        "back": reverse("mobile:organisation", args=[organisation.pk]),
    }
    return render(request, "mobile/giving/choose.html", context)


@own_form(Level.P2)
def plan_together(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """定送达计划: the chosen wishes stand in the address; the button claims all that are still free."""
    organisation = find(request, organisation_id)
    numbers = request.GET.getlist("wish")[:PAGE]
    wishes = list(rows.numbered(numbers))
    if not wishes:
        messages.error(request, _("请先选几个心愿，再定送达计划"))
        return redirect("mobile:choose-wishes", organisation.pk)
    form = DeliveryPlanForm(
        posted(request)[0], initial={"key": uuid4(), "delivery_mode": "courier"}
    )
    if form.is_valid():
        with refusals_in(form):
            done = delivery_plans.claim_together(
                wishes,
                organisation=organisation,
                arrangement=form.arrangement(),
                key=form.delivery_plan_key(),
                by=request.user,
            )
            return _to_delivery_plan(form.delivery_plan_key(), done)
    context = {
        "organisation": organisation,
        "wishes": wishes,
        "form": form,
        "back": reverse("mobile:choose-wishes", args=[organisation.pk]),
    }
    return render(request, "mobile/giving/plan_together.html", context, status=status_of(form))


def _to_delivery_plan(key: UUID, done: delivery_plans.Together) -> HttpResponse:
    """What did not come about stands in the address: public numbers, nothing else."""
    params = [("late", wish.number) for wish in done.late]
    params += [("beyond", wish.number) for wish in done.beyond]
    query = f"?{urlencode(params)}" if params else ""
    return HttpResponseRedirect(reverse("mobile:delivery-plan", args=[key]) + query)


@own_page(Level.P2)
def delivery_plan(request: SignedIn, delivery_plan_id: UUID) -> HttpResponse:
    """一份计划: what was claimed, what came too late, how far it has come."""
    delivery_plan = _delivery_plan(request, delivery_plan_id)
    context = {
        "delivery_plan": delivery_plan,
        "progress": rows.progress([delivery_plan])[0],
        "rows": rows.planned(delivery_plan),
        "late": rows.numbered(request.GET.getlist("late")[:PAGE]),
        "beyond": rows.numbered(request.GET.getlist("beyond")[:PAGE]),
        "back": reverse("mobile:organisation", args=[delivery_plan.organisation_id]),
    }
    return render(request, "mobile/giving/delivery_plan.html", context)


@own_page(Level.P2)
def delivery_plan_list(request: SignedIn, delivery_plan_id: UUID) -> HttpResponse:
    """采购清单: on paper, beside the goods; numbers, items and sizes, nothing of a family."""
    delivery_plan = _delivery_plan(request, delivery_plan_id)
    context = {
        "delivery_plan": delivery_plan,
        "rows": rows.planned(delivery_plan),
        "back": reverse("mobile:delivery-plan", args=[delivery_plan.pk]),
    }
    return render(request, "mobile/giving/delivery_plan_list.html", context)


def _delivery_plan(request: SignedIn, delivery_plan_id: UUID) -> DeliveryPlan:
    delivery_plans = DeliveryPlan.objects.of_giver(request.user).select_related(
        "organisation", "union"
    )
    return get_object_or_404(delivery_plans, pk=delivery_plan_id)


# Pledges -------------------------------------------------------------------------------------


@own_form(Level.P2)
def pledge(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """提出捐助意向: the union looks for wishes that fit."""
    organisation = find(request, organisation_id)
    form = PledgeForm(posted(request)[0], initial={"key": secrets.token_urlsafe(16)})
    back = reverse("mobile:organisation", args=[organisation.pk])
    if form.is_valid():
        with refusals_in(form):
            _offer(request, form, organisation)
            messages.success(request, _("已交给工会，对接好会告诉您"))
            return redirect(back)
    context = {"organisation": organisation, "form": form, "back": back}
    return render(request, "mobile/giving/pledge.html", context, status=status_of(form))


def _offer(request: SignedIn, form: PledgeForm, organisation: Organisation) -> Answer:
    offer = form.offer()
    body = repr((organisation.pk, *vars(offer).values())).encode()

    def act() -> Answer:
        delivery_plans.pledge(offer, organisation=organisation, by=request.user)
        return Answer(HTTPStatus.SEE_OTHER)

    return once(request.user.pk, form.cleaned_data["key"], body, act)


@own_act(Level.P2)
def withdraw_pledge(request: SignedIn, pledge_id: UUID) -> HttpResponse:
    """撤回捐助意向."""
    pledges = Pledge.objects.of_giver(request.user).select_related("union")
    pledge = get_object_or_404(pledges, pk=pledge_id)
    delivery_plans.withdraw(pledge, by=request.user)
    messages.success(request, _("已撤回"))
    return redirect("mobile:organisation", pledge.organisation_id)
