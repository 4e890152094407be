"""收款账号: where a granted sum is to go, named from the phone while it is not paid yet."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mashang.aid import actions
from mashang.aid.models import AidProposal
from mashang.cases.form.one_off_application import OWN_ACCOUNT
from mashang.cases.form.sheets import Sheet
from mashang.cases.models import Application, ChannelChange
from mashang.cases.notices import day_words
from mashang.cases.queries.accounts import bank_account_of, is_taken_back
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, own_form
from mashang.web.request import SignedIn


@own_form(Level.P4)
def name_account(request: SignedIn, proposal_id: UUID) -> HttpResponse:
    """收款账号: of one's own, for what was granted on this application."""
    rows = AidProposal.objects.own(request.user).filter(application__isnull=False)
    granted = get_object_or_404(
        rows.select_related("application__holder__data_key"), pk=proposal_id
    )
    application = cast(Application, granted.application)
    back = reverse("mobile:matter", args=[application.pk])
    if is_taken_back(application):
        raise actions.AccountTakenBack
    typed = dict(request.POST.lists()) if request.method == "POST" else None
    sheet = Sheet(OWN_ACCOUNT, bank_account_of(application), {}, typed=typed, veiled=True)
    if typed is not None:
        with refusals_in(sheet):
            change = actions.name_account(granted, typed, by=request.user)
            messages.success(request, _said(change))
            return HttpResponseRedirect(back)
    context = {"form": sheet, "granted": granted, "back": back}
    return render(request, "mobile/matters/account.html", context, status=status_of(sheet))


def _said(change: ChannelChange) -> str:
    if change.state == ChannelChange.State.DECLINED:
        return _("照原来登记的账号打款，等财务办理")
    if change.state == ChannelChange.State.DONE or change.effective_on is None:
        return _("收款账号已登记，等财务打款")
    words = _("已交给工会核实，最晚 %(day)s 起按新账号打款，您不用再做什么")
    return words % {"day": day_words(change.effective_on)}
