"""登记发放: a sum that was granted, the account it goes to, and the day on which it was paid."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.aid import actions
from mashang.aid.models import AidProposal
from mashang.cases.actions import access
from mashang.cases.actions.recusal import has_filled_in
from mashang.cases.form.one_off_application import OWN_ACCOUNT
from mashang.cases.form.sheets import Sheet
from mashang.cases.models import Application
from mashang.cases.queries import answers
from mashang.cases.queries.accounts import (
    bank_account_of,
    change_that_holds_back,
    is_taken_back,
)
from mashang.core.errors import WrongState
from mashang.core.seen import mark_of
from mashang.desk.aid.forms import PayForm
from mashang.desk.cases import reveals
from mashang.unions.queries import are_two
from mashang.unions.roles import Permission
from mashang.unions.second_person import NOT_TWO
from mashang.web.forms import refusals_in, seen_in, status_after, status_of
from mashang.web.policies import Level, staff_act, staff_form
from mashang.web.request import SignedIn


@staff_form(Permission.AID_CONFIRM, Level.P3, fresh=True)
def pay(request: SignedIn, proposal_id: UUID) -> HttpResponse:
    """登记发放: to whom, how much, into which account; once it is paid, it is entered here."""
    proposal, application = _granted(request, proposal_id)
    access.log_access(proposal.holder, by=request.user, what=N_("临时救助发放"))
    form = PayForm(request.POST or None)
    refused = refusals_in(form)
    if form.is_valid():
        with refused:
            seen = seen_in(request)
            actions.pay_granted(proposal, **form.cleaned_data, by=request.user, seen=seen)
            messages.success(request, _("已登记发放并入账，职工能看到这一笔"))
            return redirect("desk:aid-queue")
    context = {
        "proposal": proposal,
        "application": application,
        "hindrance": _hindrance(request, proposal, application),
        "lines": [
            (line, _address(proposal, line)) for line in answers.account_paid_to(application)
        ],
        "holds_back": change_that_holds_back(application),
        "is_taken_back": is_taken_back(application),
        "form": form,
        "seen": mark_of(actions.payment_shown(proposal, application)),
    }
    return render(
        request, "desk/aid/pay.html", context, status=status_after(request, form, refused)
    )


@staff_act(Permission.AID_CONFIRM, Level.P4, fresh=True)
def reveal_account(request: SignedIn, proposal_id: UUID, key: str) -> HttpResponse:
    """显示收款账号: one value of the account, for a purpose that is said, after a fresh proof of who asks."""
    proposal, application = _granted(request, proposal_id)
    if key not in ("card_number", "bank_owner"):
        raise Http404
    line, plain = answers.revealed_account(application, key)
    return reveals.answer(
        request,
        proposal.holder,
        label=line.label,
        mask=line.shown,
        plain=lambda: plain,
        back=reverse("desk:pay-aid", args=[proposal.pk]),
    )


@staff_form(Permission.AID_CONFIRM, Level.P4, fresh=True)
def name_account(request: SignedIn, proposal_id: UUID) -> HttpResponse:
    """更正收款账号: of a granted sum that is not paid yet; another colleague confirms it before it is paid to."""
    proposal, application = _granted(request, proposal_id)
    access.log_access(proposal.holder, by=request.user, what=N_("更正收款账号"))
    typed = dict(request.POST.lists()) if request.method == "POST" else None
    sheet = Sheet(OWN_ACCOUNT, bank_account_of(application), {}, typed=typed, veiled=True)
    if typed is not None:
        with refusals_in(sheet):
            actions.name_account(proposal, typed, by=request.user)
            messages.success(request, _("已提出，等另一位同志确认；本人已收到通知，可以叫停"))
            return redirect("desk:pay-aid", proposal.pk)
    context = {"proposal": proposal, "form": sheet}
    return render(request, "desk/aid/name_account.html", context, status=status_of(sheet))


def _hindrance(request: SignedIn, proposal: AidProposal, application: Application) -> str:
    """Why this colleague may not enter the payment, before anything is typed."""
    if proposal.proposed_by_id == request.user.pk:
        return actions.NeedsSecondPerson.message
    if not are_two(proposal.proposed_by, request.user):
        return NOT_TWO
    return actions.FilledInForThem.message if has_filled_in(application, request.user) else ""


def _address(proposal: AidProposal, line: answers.Line) -> str:
    if not line.key:
        return ""
    return reverse("desk:reveal-account", args=[proposal.pk, line.key])


def _granted(request: SignedIn, proposal_id: UUID) -> tuple[AidProposal, Application]:
    rows = AidProposal.objects.visible_to(request.user).filter(application__isnull=False)
    related = ("union", "holder__data_key", "application__holder__data_key", "proposed_by")
    proposal = get_object_or_404(rows.select_related(*related), pk=proposal_id)
    if proposal.application is None:
        raise Http404
    if proposal.state != AidProposal.State.PROPOSED:  # from a second tab, or pressed again
        raise WrongState(message=N_("这一笔已经登记发放并入账，不会再记第二次；职工能看到这一笔"))
    return proposal, proposal.application
