"""待复核帮扶: what was written down and waits for the second person, across files."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mashang.aid import actions
from mashang.aid.models import AidProposal
from mashang.cases.queries.access import surviving
from mashang.unions.queries import no_second_for
from mashang.unions.roles import Permission
from mashang.web.policies import Level, staff_act, staff_page
from mashang.web.request import SignedIn

MOST = 200


@staff_page(Permission.AID_CONFIRM, Level.P3)
def aid_queue(request: SignedIn) -> HttpResponse:
    """待复核帮扶: what was written down and is not on the ledger yet, the oldest first."""
    rows = AidProposal.objects.visible_to(request.user)
    waiting = rows.filter(state=AidProposal.State.PROPOSED).order_by("created_at")
    related = waiting.select_related("holder", "union", "proposed_by")[:MOST]
    context = {"waiting": related, "no_second": no_second_for(request.user)}
    return render(request, "desk/aid/queue.html", context)


@staff_act(Permission.AID_CONFIRM, Level.P3, fresh=True)
def confirm_aid(request: SignedIn, proposal_id: UUID) -> HttpResponse:
    actions.confirm(_proposal(request, proposal_id), by=request.user)
    messages.success(request, _("已复核入账，职工能看到这一笔"))
    return redirect("desk:aid-queue")


@staff_act(Permission.AID_CONFIRM, Level.P3)
def reject_aid(request: SignedIn, proposal_id: UUID) -> HttpResponse:
    actions.reject(_proposal(request, proposal_id), by=request.user)
    messages.success(request, _("已退回，没有入账"))
    return redirect("desk:aid-queue")


@staff_act(Permission.AID_PROPOSE, Level.P3)
def withdraw_aid(request: SignedIn, proposal_id: UUID) -> HttpResponse:
    """撤回登记: what one entered oneself."""
    rows = AidProposal.objects.unscoped(why="the own ones, wherever the line was paid")
    own = rows.filter(proposed_by=request.user).select_related("union", "holder__union")
    proposal = get_object_or_404(own, pk=proposal_id)
    actions.withdraw(proposal, by=request.user)
    messages.success(request, _("已撤回，没有入账"))
    return redirect("desk:holder-tab", surviving(proposal.holder).pk, "aid")


def _proposal(request: SignedIn, proposal_id: UUID) -> AidProposal:
    rows = AidProposal.objects.visible_to(request.user).select_related("union", "holder")
    return get_object_or_404(rows.select_related("proposed_by"), pk=proposal_id)
