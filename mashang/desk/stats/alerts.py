"""异常提醒: what the keepers of the files and the auditors look into, until it is said what was found."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mashang.accounts.queries import accounts_of
from mashang.cases.actions import alerts as actions
from mashang.cases.models import Alert
from mashang.cases.queries.shown import alert_shown
from mashang.core.seen import mark_of
from mashang.stats import alerts as unusual
from mashang.unions.changes import recent_changes
from mashang.unions.models import Union
from mashang.unions.queries import seat, why_not_close, works_within
from mashang.unions.roles import Permission
from mashang.web.forms import Form, refusals_in, seen_in, status_after
from mashang.web.policies import Level, staff_form, staff_page
from mashang.web.request import SignedIn

MOST = 200
RELATED = ("about", "union", "holder", "taken_by", "settled_by")


class FindingForm(Form):
    TAKE, SETTLE = "take", "settle"

    found = forms.CharField(
        label=gettext_lazy("查到什么、怎么处理的"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decision = forms.ChoiceField(choices=[(TAKE, ""), (SETTLE, "")], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("decision") == self.TAKE:  # nothing was found yet
            self.fields["found"].required = False


@staff_page(Permission.ALERT_READ, Level.P3)
def alerts(request: SignedIn) -> HttpResponse:
    rows = Alert.objects.visible_to(request.user).select_related(*RELATED).order_by("-created_at")
    context = {
        "unsettled": rows.unsettled()[:MOST],
        "settled": rows.filter(state=Alert.State.SETTLED)[:MOST],
        "alerts": unusual.alerts(request.user),
        "days": unusual.DAYS,
        "changes": recent_changes(request.user),
    }
    return render(request, "desk/branch/alerts.html", context)


@staff_form(Permission.ALERT_READ, Level.P3)
def alert(request: SignedIn, alert_id: UUID) -> HttpResponse:
    """查一条提醒: taken up, then settled with what was found."""
    row = _alert(request, alert_id)
    form = FindingForm(request.POST or None)
    refused = refusals_in(form)
    if form.is_valid():
        with refused:
            _do(request, row, form.cleaned_data)
            return redirect("desk:alerts")
        row = _alert(request, alert_id)
    close_at = _close_at(request, row)
    context = {
        "alert": row,
        "form": form,
        "is_own": row.about_id == request.user.pk,
        "may_settle": row.about_id not in accounts_of(request.user),
        "seen": mark_of(alert_shown(row)),
        "sits_at": seat(row.about),
        "close_at": close_at,
        "barred": why_not_close(row.about, request.user) if close_at else None,
    }
    return render(
        request, "desk/branch/alert.html", context, status=status_after(request, form, refused)
    )


def _do(request: SignedIn, row: Alert, typed: dict[str, str]) -> None:
    if typed["decision"] == FindingForm.TAKE:
        actions.take(row, by=request.user, seen=seen_in(request))
        messages.success(request, _("已记下由您来查"))
        return
    actions.settle(row, found=typed["found"], by=request.user, seen=seen_in(request))
    messages.success(request, _("已记下查明的情况"))


def _close_at(request: SignedIn, row: Alert) -> Union | None:
    """Where the colleague works and this reader may close the account: not where the family's file lies."""
    if not row.about.is_active:
        return None
    return works_within(row.about, request.user, Permission.ACCOUNT_CLOSE)


def _alert(request: SignedIn, alert_id: UUID) -> Alert:
    rows = Alert.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows, pk=alert_id)
