"""审核流程: which steps this union's applications go through, and by when each has to be done."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.desk.unions.forms.flows import FlowForm
from mashang.reviews import actions
from mashang.reviews.models import Flow
from mashang.reviews.queries import flow_for
from mashang.unions import queries
from mashang.unions.models import Union
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, staff_form, staff_page
from mashang.web.request import SignedIn

RULE = Permission.RULE_MANAGE


@staff_page(RULE, Level.P2)
def flows(request: SignedIn) -> HttpResponse:
    union, today = _union(request), timezone.localdate()
    flows = [flow for kind in Flow.Kind if (flow := flow_for(union, kind, today))]
    return render(request, "desk/flows/flows.html", {"union": union, "flows": flows})


@staff_form(RULE, Level.P2, fresh=True)
def retime_flow(request: SignedIn, kind: str) -> HttpResponse:
    """改办理时限: for this union and everything below it, from a day on."""
    union = _union(request)
    flow = flow_for(union, kind, timezone.localdate())
    if flow is None:
        raise Http404
    form = FlowForm(flow, request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.retime_flow(flow, at=union, by=request.user, **form.as_change())
            messages.success(request, _("已登记，从生效日期起用于新的申请"))
            return redirect("desk:flows")
    context = {"form": form, "flow": flow, "union": union}
    return render(request, "desk/flows/form.html", context, status=status_of(form))


def _union(request: SignedIn) -> Union:
    """The union whose rules this colleague keeps: the highest of theirs."""
    tops = queries.tops(queries.unions_where(request.user, RULE))
    if not tops:
        raise Http404
    return tops[0]
