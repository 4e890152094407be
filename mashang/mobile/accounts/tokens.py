"""应用令牌: which apps may act for me; to let one in, and to take it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mashang.accounts.actions import tokens
from mashang.mobile.accounts.forms import TokenForm
from mashang.web.policies import Level, own_act, own_form
from mashang.web.request import SignedIn


@own_form(Level.P2, fresh=True)
def issue(request: SignedIn) -> HttpResponse:
    """发放令牌: its text is on the answer to the form, and nowhere else."""
    form = TokenForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return _page(request, "token", status, form=form)
    text = tokens.issue(**form.cleaned_data, by=request.user)
    return _page(request, "token_issued", text=text, days=tokens.LIFETIME.days)


@own_act(Level.P2)
def revoke(request: SignedIn, pk: UUID) -> HttpResponse:
    tokens.revoke(pk, by=request.user)
    messages.success(request, _("已停用，那个应用不能再使用您的账号"))
    return redirect("mobile:sign-ins")


def _page(request: SignedIn, page: str, status: int = 200, **context: object) -> HttpResponse:
    whole = {**context, "back": reverse("mobile:sign-ins"), "tab": "me"}
    return render(request, f"mobile/settings/{page}.html", whole, status=status)
