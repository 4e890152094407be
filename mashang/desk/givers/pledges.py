"""捐助意向: what organisations offer, matched to wishes of the branch that wait longest."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Invalid
from mashang.desk.givers.forms import MatchForm, PledgesForm, WhyForm
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in
from mashang.web.policies import Level, staff_act, staff_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import delivery_plans
from mashang.wishes.models import Pledge
from mashang.wishes.queries import of_giver as rows

PAGE = 50


@staff_page(Permission.CLAIM_MANAGE, Level.P2)
def pledges(request: SignedIn) -> HttpResponse:
    """捐助意向清单: those that wait longest first."""
    form = PledgesForm(request.GET)
    form.is_valid()  # an unknown state shows those that wait
    state = form.cleaned_data.get("state") or Pledge.State.OFFERED
    rows = Pledge.objects.visible_to(request.user).filter(state=state)
    pledges = rows.select_related("organisation", "union").order_by("created_at")
    context = {
        "page": Paginator(pledges, PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": [(one.value, one.label) for one in Pledge.State],
    }
    return render(request, "desk/givers/pledges.html", context)


@staff_page(Permission.CLAIM_MANAGE, Level.P2)
def pledge(request: SignedIn, pledge_id: UUID) -> HttpResponse:
    """一份意向: with the wishes that fit."""
    pledge = _find(request, pledge_id)
    return _page(request, pledge, _match_form(pledge), WhyForm())


@staff_act(Permission.CLAIM_MANAGE, Level.P2)
def match_pledge(request: SignedIn, pledge_id: UUID) -> HttpResponse:
    """对接: the ticked wishes become claims of the organisation."""
    pledge = _find(request, pledge_id)
    form = _match_form(pledge, request.POST)
    if form.is_valid():
        with refusals_in(form):
            done = delivery_plans.match(
                pledge,
                form.cleaned_data["wishes"],
                arrangement=form.arrangement(),
                by=request.user,
            )
            messages.success(request, _said(done))
            return redirect("desk:pledge", pledge.pk)
    return _page(request, pledge, form, WhyForm(), status=422)


def _said(done: delivery_plans.Together) -> str:
    made, missed = len(done.claims), len(done.late) + len(done.beyond)
    if missed:
        counts = {"made": made, "missed": missed}
        return _("已对接 %(made)d 个心愿，%(missed)d 个没有对接上，请另选") % counts
    return _("已对接 %(n)d 个心愿") % {"n": made}


@staff_act(Permission.CLAIM_MANAGE, Level.P2)
def decline_pledge(request: SignedIn, pledge_id: UUID) -> HttpResponse:
    """不采用, with the reason."""
    pledge, form = _find(request, pledge_id), WhyForm(request.POST)
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            delivery_plans.decline(pledge, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, _("已答复单位"))
            return redirect("desk:pledges")
    return _page(request, pledge, _match_form(pledge), form, status=422)


def _match_form(pledge: Pledge, data: object = None) -> MatchForm:
    return MatchForm(
        data, rows.in_reach(pledge), has_delivery_plan=pledge.delivery_plan_id is not None
    )


def _page(
    request: SignedIn, pledge: Pledge, match: MatchForm, why: WhyForm, status: int = 200
) -> HttpResponse:
    left = rows.left_of(pledge)
    context = {
        "pledge": pledge,
        "left": left,
        "wishes": rows.suggestions(pledge) if left and pledge.state in Pledge.RUNNING else [],
        "chosen": match["wishes"].value() or [],
        "planned": rows.planned(pledge.delivery_plan) if pledge.delivery_plan else [],
        "match": match,
        "why": why,
        "crumbs": [(N_("捐助意向"), reverse("desk:pledges"))],
    }
    return render(request, "desk/givers/pledge.html", context, status=status)


def _find(request: SignedIn, pledge_id: UUID) -> Pledge:
    pledges = Pledge.objects.visible_to(request.user)
    related = pledges.select_related("organisation", "union", "delivery_plan", "giver")
    return get_object_or_404(related, pk=pledge_id)
