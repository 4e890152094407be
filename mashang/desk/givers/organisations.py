"""爱心单位: organisations that ask to be approved, and the pledges to match with wishes."""

import base64
from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.seen import ChangedMeanwhile, mark_of
from mashang.desk.givers.forms import OrganisationsForm, WhyForm
from mashang.givers import actions
from mashang.givers.models import Organisation
from mashang.givers.queries import organisation_shown, people_of
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, seen_in, status_after
from mashang.web.policies import Level, staff_act, staff_page
from mashang.web.request import SignedIn
from mashang.wishes.queries.of_giver import came_of

PAGE = 50


@staff_page(Permission.GIVER_APPROVE, Level.P2)
def organisations(request: SignedIn) -> HttpResponse:
    """爱心单位清单: those that wait for an answer first."""
    form = OrganisationsForm(request.GET)
    form.is_valid()  # an unknown state shows those that wait
    state = form.cleaned_data.get("state") or Organisation.State.APPLIED
    in_state = Organisation.objects.visible_to(request.user).filter(state=state)
    rows = in_state.select_related("union").order_by("created_at")
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": [(one.value, one.label) for one in Organisation.State],
    }
    return render(request, "desk/givers/organisations.html", context)


@staff_page(Permission.GIVER_APPROVE, Level.P2)
def organisation(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """一家单位: the look at its contact is written down."""
    return _page(request, _find(request, organisation_id), WhyForm())


@staff_page(Permission.GIVER_APPROVE, Level.P2)
def licence(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """执照照片: the picture travels inside the page, so that one look is one row."""
    organisation = _find(request, organisation_id)
    picture = actions.licence_of(organisation, by=request.user)
    context = {"organisation": organisation, "picture": base64.b64encode(picture).decode()}
    return render(request, "desk/givers/licence.html", context)


@staff_act(Permission.GIVER_APPROVE, Level.P2)
def approve_organisation(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    organisation = _find(request, organisation_id)
    act = partial(actions.approve, organisation, by=request.user, seen=seen_in(request))
    return _act(request, organisation, act, N_("已核实，单位可以认领心愿了"))


@staff_act(Permission.GIVER_APPROVE, Level.P2)
def refuse_organisation(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    return _with_reason(
        request, organisation_id, actions.refuse, N_("已答复单位，改好后可以再申请")
    )


@staff_act(Permission.GIVER_APPROVE, Level.P2)
def suspend_organisation(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    return _with_reason(request, organisation_id, actions.suspend, N_("已暂停认领新的心愿"))


@staff_act(Permission.GIVER_APPROVE, Level.P2)
def restore_organisation(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    organisation = _find(request, organisation_id)
    act = partial(actions.restore, organisation, by=request.user, seen=seen_in(request))
    return _act(request, organisation, act, N_("已恢复"))


def _act(
    request: SignedIn, organisation: Organisation, act: Callable[[], None], done: str
) -> HttpResponse:
    """One press; who pressed on an older page is shown what is there now."""
    refused = refusals_in(Form(request.POST), only=ChangedMeanwhile)
    with refused:
        act()
        messages.success(request, _(done))
        return redirect("desk:organisation", organisation.pk)
    return _again(request, organisation, WhyForm(), refused)


def _again(
    request: SignedIn, organisation: Organisation, form: WhyForm, refused: refusals_in
) -> HttpResponse:
    status = status_after(request, form, refused)
    return _page(request, _find(request, organisation.pk), form, status=status)


def _with_reason(
    request: SignedIn, organisation_id: UUID, act: Callable[..., None], done: str
) -> HttpResponse:
    organisation, form = _find(request, organisation_id), WhyForm(request.POST)
    refused, seen = refusals_in(form), seen_in(request)
    if form.is_valid():
        with refused:
            act(organisation, why=form.cleaned_data["why"], by=request.user, seen=seen)
            messages.success(request, done)
            return redirect("desk:organisation", organisation.pk)
    return _again(request, organisation, form, refused)


def _page(
    request: SignedIn, organisation: Organisation, form: WhyForm, status: int = 200
) -> HttpResponse:
    actions.look(organisation, by=request.user)
    context = {
        "organisation": organisation,
        "seen": mark_of(organisation_shown(organisation)),
        "phone": organisation.contact_phone.reveal(),
        "people": people_of(organisation),
        "came": came_of(organisation),
        "form": form,
        "crumbs": [(N_("爱心单位"), reverse("desk:organisations"))],
    }
    return render(request, "desk/givers/organisation.html", context, status=status)


def _find(request: SignedIn, organisation_id: UUID) -> Organisation:
    rows = Organisation.objects.visible_to(request.user).select_related("union", "data_key")
    return get_object_or_404(rows, pk=organisation_id)
