"""转移与合并: what waits for the second person, across files."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mashang import workflows
from mashang.cases.actions import transfers as actions
from mashang.cases.models import Merge, Transfer
from mashang.desk.cases.files import tab_of
from mashang.unions.queries import no_second_for
from mashang.unions.roles import Permission
from mashang.web.policies import Level, staff_act, staff_page
from mashang.web.request import SignedIn

MOST = 200


@staff_page(Permission.CASE_TRANSFER, Level.P3)
def transfers(request: SignedIn) -> HttpResponse:
    """待接收、待合并: what waits for the second person: files that another union hands over, and merges."""
    rows = Transfer.objects.coming_to(request.user).filter(state=Transfer.State.ASKED)
    coming = rows.select_related("case__holder", "from_union", "to_union").order_by("created_at")
    merges = Merge.objects.visible_to(request.user).waiting().order_by("created_at")
    related = ("duplicate__union", "into__union", "asked_by")
    context = {"coming": coming[:MOST], "merges": merges.select_related(*related)[:MOST]}
    context["no_second"] = no_second_for(request.user)
    return render(request, "desk/cases/transfers.html", context)


@staff_act(Permission.CASE_TRANSFER, Level.P3, fresh=True)
def accept_transfer(request: SignedIn, transfer_id: UUID) -> HttpResponse:
    workflows.accept_transfer(_coming(request, transfer_id), by=request.user)
    messages.success(request, _("已接收，档案和服务码都在您这边了"))
    return redirect("desk:transfers")


@staff_act(Permission.CASE_TRANSFER, Level.P3)
def decline_transfer(request: SignedIn, transfer_id: UUID) -> HttpResponse:
    actions.decline(_coming(request, transfer_id), by=request.user)
    messages.success(request, _("没有接收，档案留在原工会"))
    return redirect("desk:transfers")


@staff_act(Permission.CASE_TRANSFER, Level.P3)
def withdraw_transfer(request: SignedIn, transfer_id: UUID) -> HttpResponse:
    """撤回转出: from the side that asked."""
    rows = Transfer.objects.visible_to(request.user).select_related("case__holder", "from_union")
    transfer = get_object_or_404(rows, pk=transfer_id)
    actions.withdraw(transfer, by=request.user)
    messages.success(request, _("已撤回，档案留在原工会，可以重新申请"))
    return tab_of(request, transfer.case, "transfer")


def _coming(request: SignedIn, transfer_id: UUID) -> Transfer:
    rows = Transfer.objects.coming_to(request.user)
    return get_object_or_404(rows.select_related("case", "from_union", "to_union"), pk=transfer_id)
