"""爱心单位: applying, who acts for it, and what it has claimed, planned and pledged."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.core.privacy.photos import BadPhoto
from mashang.givers import actions
from mashang.givers.models import Organisation, Representative
from mashang.givers.queries import invitations_by, organisations_of, people_of, representative
from mashang.mobile.givers.forms import InviteForm, OrganisationForm
from mashang.web.forms import posted, refusals_in, status_of
from mashang.web.policies import Level, own_act, own_form, own_page
from mashang.web.request import SignedIn
from mashang.wishes.queries import of_giver as rows


@own_form(Level.P2)
def apply_for(request: SignedIn) -> HttpResponse:
    """申请爱心单位, for the first time or after a refusal."""
    form = OrganisationForm(*posted(request))
    if form.is_valid():
        # a bad picture is said beside the licence, whatever the field is called elsewhere
        with refusals_in(form), refusals_in(form, "licence", only=BadPhoto):
            made = actions.apply_for(form.particulars(), licence=form.picture(), by=request.user)
            messages.success(request, _("已提交，工会核实后会告诉您"))
            return redirect("mobile:organisation", made.pk)
    context = {"form": form, "back": reverse("mobile:giving")}
    return render(request, "mobile/giving/apply.html", context, status=status_of(form))


@own_page(Level.P2)
def organisation(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """单位页: everything that those who act for it share."""
    return _page(request, find(request, organisation_id), InviteForm())


@own_act(Level.P2)
def invite(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """邀请经办人: the same answer whether or not this phone has an account."""
    organisation = find(request, organisation_id)
    form = InviteForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.invite(organisation, phone=form.cleaned_data["phone"], by=request.user)
            messages.success(request, _("已发出邀请，对方登录后可以接受"))
            return redirect("mobile:organisation", organisation.pk)
    return _page(request, organisation, form, status=422)


@own_act(Level.P2)
def withdraw_invitation(
    request: SignedIn, organisation_id: UUID, invitation_id: UUID
) -> HttpResponse:
    """收回邀请."""
    organisation = find(request, organisation_id)
    invitation = get_object_or_404(invitations_by(organisation), pk=invitation_id)
    actions.withdraw_invitation(invitation, by=request.user)
    messages.success(request, _("已收回邀请"))
    return redirect("mobile:organisation", organisation.pk)


@own_act(Level.P2)
def make_owner(request: SignedIn, organisation_id: UUID, representative_id: UUID) -> HttpResponse:
    """设为管理员."""
    organisation = find(request, organisation_id)
    actions.make_owner(_member(organisation, representative_id), by=request.user)
    messages.success(request, _("已设为管理员"))
    return redirect("mobile:organisation", organisation.pk)


@own_form(Level.P2)
def remove(request: SignedIn, organisation_id: UUID, representative_id: UUID) -> HttpResponse:
    """请出经办人: asks once and names the effect."""
    organisation = find(request, organisation_id)
    member = _member(organisation, representative_id)
    back = reverse("mobile:organisation", args=[organisation.pk])
    if request.method == "GET":
        context = {"organisation": organisation, "member": member, "back": back}
        return render(request, "mobile/giving/remove.html", context)
    actions.remove(member, by=request.user)
    messages.success(request, _("已请出"))
    return redirect(back)


@own_form(Level.P2)
def leave(request: SignedIn, organisation_id: UUID) -> HttpResponse:
    """退出单位: asks once and names the effect."""
    organisation = find(request, organisation_id)
    if request.method == "GET":
        back = reverse("mobile:organisation", args=[organisation.pk])
        return render(
            request, "mobile/giving/leave.html", {"organisation": organisation, "back": back}
        )
    actions.leave(organisation, by=request.user)
    messages.success(request, _("已退出，单位的认领不受影响"))
    return redirect("mobile:giving")


def find(request: SignedIn, organisation_id: UUID) -> Organisation:
    """One that this person acts for; any other is not there."""
    return get_object_or_404(organisations_of(request.user), pk=organisation_id)


def _member(organisation: Organisation, representative_id: UUID) -> Representative:
    return get_object_or_404(people_of(organisation), pk=representative_id)


def _page(
    request: SignedIn, organisation: Organisation, form: InviteForm, status: int = 200
) -> HttpResponse:
    user = request.user
    own_row = representative(organisation, user)
    context = {
        "organisation": organisation,
        "is_owner": own_row is not None and own_row.role == Representative.Role.OWNER,
        "people": people_of(organisation),
        "invitations": invitations_by(organisation),
        "claims": rows.claims_of_organisation(user, organisation, timezone.localdate()),
        "delivery_plans": rows.delivery_plans_of(user, organisation),
        "pledges": rows.pledges_of(user, organisation),
        "form": form,
        "back": reverse("mobile:giving"),
        "tab": "me",
    }
    return render(request, "mobile/giving/organisation.html", context, status=status)
