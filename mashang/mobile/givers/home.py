"""我的爱心: what a giver promised and by when, their certificates, and how they wish to be named."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.core.errors import Invalid
from mashang.givers import actions
from mashang.givers.queries import giver_of, invitations_of, organisations_of, public_name
from mashang.mobile.givers.forms import IntroduceForm
from mashang.web import request as asking
from mashang.web.forms import posted, refusals_in, status_of
from mashang.web.policies import Level, own_act, own_form, own_page
from mashang.web.request import SignedIn
from mashang.web.templatetags.words import unprintable
from mashang.wishes.queries import of_giver as rows


@own_page(Level.P2)
def home(request: SignedIn) -> HttpResponse:
    """我的爱心: what waits for me first, then what I have done."""
    giver = giver_of(request.user)
    context = {
        "giver": giver,
        "name": public_name(request.user, giver),
        "claims": rows.claims_of(request.user, timezone.localdate()),
        "organisations": organisations_of(request.user),
        "invitations": invitations_of(request.user),
        "certificates": rows.certificates_of(request.user),
        "tab": "me",
        "back": reverse("mobile:me"),
    }
    return render(request, "mobile/giving/home.html", context)


@own_form(Level.P2)
def introduce(request: SignedIn) -> HttpResponse:
    """介绍自己: asked before the first claim, and changed at any time."""
    user = request.user
    form = IntroduceForm(posted(request)[0], giver_of(user), user.name)
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            actions.introduce(**form.cleaned_data, by=user)
            messages.success(request, _("已保存，以后随时可以改"))
            if words := unprintable(public_name(user, giver_of(user))):
                messages.info(request, words)
            return HttpResponseRedirect(asking.next_page(request) or reverse("mobile:giving"))
    context = {
        "form": form,
        "next": asking.next_page(request),
        "back": reverse("mobile:giving"),
    }
    return render(request, "mobile/giving/introduce.html", context, status=status_of(form))


@own_act(Level.P2)
def accept_invitation(request: SignedIn, invitation_id: UUID) -> HttpResponse:
    """接受邀请."""
    invitation = get_object_or_404(invitations_of(request.user), pk=invitation_id)
    actions.accept(invitation, by=request.user)
    messages.success(request, _("已成为经办人"))
    return redirect("mobile:organisation", invitation.organisation_id)


@own_act(Level.P2)
def decline_invitation(request: SignedIn, invitation_id: UUID) -> HttpResponse:
    """谢绝邀请."""
    invitation = get_object_or_404(invitations_of(request.user), pk=invitation_id)
    actions.decline(invitation, by=request.user)
    messages.success(request, _("已谢绝"))
    return redirect("mobile:giving")
