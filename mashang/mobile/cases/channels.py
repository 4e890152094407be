"""要换的号码和账号: what somebody asked to change of one's own household, stopped or confirmed from the phone."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mashang.cases.actions import channels as actions
from mashang.cases.models import ChannelChange, Holder
from mashang.cases.queries.shown import channel_change_shown
from mashang.core.privacy.masks import mask_card, mask_phone
from mashang.core.seen import mark_of
from mashang.web import request as asking
from mashang.web.forms import seen_in
from mashang.web.policies import Level, own_act, own_page
from mashang.web.request import SignedIn


@own_page(Level.P3)
def numbers(request: SignedIn) -> HttpResponse:
    """要换的号码和账号: what waits; and what was asked before."""
    holder = get_object_or_404(Holder.objects.own(request.user))
    rows = ChannelChange.objects.own(request.user).order_by("-created_at")
    changes = list(rows.select_related("holder__data_key", "holder__union"))
    context = {
        "waiting": [_waiting(change, request) for change in changes if change.is_waiting],
        "over": [change for change in changes if not change.is_waiting],
        "union": holder.union,
        "back": reverse("mobile:own"),
    }
    return render(request, "mobile/own/numbers.html", context)


def _waiting(change: ChannelChange, request: SignedIn) -> dict[str, object]:
    is_account = change.kind == ChannelChange.Kind.ACCOUNT
    return {
        "change": change,
        "new": (mask_card if is_account else mask_phone)(change.new_value.reveal()),
        "may_confirm": change.kind == ChannelChange.Kind.SIGN_IN
        and change.holder.user_id == request.user.pk,
        "seen": mark_of(channel_change_shown(change)),
    }


@own_act(Level.P3, fresh=True)
def confirm(request: SignedIn, change_id: UUID) -> HttpResponse:
    """是我要换的: after a code to the phone that is still the own one. It ends every sign-in, this one too, so
    what has happened is said on the spot: nothing can be put into a session that is over."""
    change = _own(request, change_id)
    change = actions.confirm_from_old_phone(change, by=request.user, seen=seen_in(request))
    if change.state != ChannelChange.State.DONE:
        messages.warning(request, _("没有换成：新号码已有别的账号，或登记的号码刚刚变过。号码照旧"))
        return HttpResponseRedirect(reverse("mobile:numbers"))
    asking.sign_out(request)
    return render(request, "mobile/own/number_changed.html")


@own_act(Level.P3)
def stop(request: SignedIn, change_id: UUID) -> HttpResponse:
    """不是我要换的: at once, whatever the page showed."""
    actions.stop(_own(request, change_id), by=request.user)
    messages.success(request, _("已叫停，号码和账号都照旧；工会会查是谁提出的"))
    return HttpResponseRedirect(reverse("mobile:numbers"))


def _own(request: SignedIn, change_id: UUID) -> ChannelChange:
    rows = ChannelChange.objects.own(request.user)
    return get_object_or_404(rows.select_related("holder"), pk=change_id)
