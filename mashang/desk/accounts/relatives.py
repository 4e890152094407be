"""回避声明: whom a colleague must not decide on; asked before the first page of the desk, and once a year."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mashang.accounts import queries as accounts
from mashang.accounts.models import Relative
from mashang.cases.actions import declared_kin, limits, withdrawn_kin
from mashang.desk.accounts.forms import MOST_ROWS, ROWS, KinForm, RelativeForm
from mashang.desk.accounts.views import go_home, render_page
from mashang.web.forms import refusals_in, status_of
from mashang.web.kin_gate import has_declared
from mashang.web.policies import Level, colleague_act, colleague_form
from mashang.web.request import SignedIn


@colleague_form(Level.P2, kin_first=False)
def declare_kin(request: SignedIn, stashed: str = "") -> HttpResponse:
    """先声明: what was asked for, or a form on its way, goes on after it."""
    if has_declared(request):
        return go_home(request, request.user)
    declared = list(accounts.relatives_of(request.user))
    has_own = any(row.relation == Relative.SELF for row in declared)
    if stashed or request.method == "GET":
        form = KinForm(rows=ROWS, has_own=has_own)
    elif "more" in request.POST:
        form = KinForm(rows=_rows(request) + ROWS, has_own=has_own, initial=request.POST.dict())
    else:
        form = KinForm(request.POST, rows=_rows(request), has_own=has_own)
    if form.is_valid():
        with refusals_in(form, "answer"):
            limits.count_declaration(form.numbers(), by=request.user)
            declared_kin.declare(
                form.cleaned_data["own_number"],
                form.named(),
                has_none=form.cleaned_data["answer"] == KinForm.NONE,
                by=request.user,
            )
            return go_home(request, request.user)
    context = {
        "form": form,
        "relatives": [row for row in declared if row.relation not in Relative.OWN],
        "has_own": has_own,
        "is_first": accounts.kin_declared_at(request.user) is None,
    }
    return render_page(request, "declare_kin", context, status_of(form), stashed)


def _rows(request: HttpRequest) -> int:
    typed = request.POST.get("rows", "")
    return min(int(typed), MOST_ROWS) if typed.isascii() and typed.isdigit() else ROWS


@colleague_form(Level.P2)
def relatives(request: SignedIn) -> HttpResponse:
    """亲属声明: whom one must not decide on. Counted like every number whose answer could tell something."""
    form = RelativeForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form, "id_number"):
            limits.count_id_number(typed["id_number"], by=request.user)
            declared_kin.declare_relative(typed["id_number"], typed["relation"], by=request.user)
            messages.success(request, _("亲属声明已登记"))
            return redirect("desk:relatives")
    context = {
        "form": form,
        "relatives": accounts.relatives_of(request.user),
        "own": Relative.OWN,
    }
    return render_page(request, "relatives", context, status_of(form))


@colleague_act(Level.P2)
def withdraw_relative(request: SignedIn, relative_id: UUID) -> HttpResponse:
    withdrawn_kin.withdraw_relative(relative_id, by=request.user)
    messages.success(request, _("已撤销这项声明；档案管理员和审批人会收到通知"))
    return redirect("desk:relatives")
