"""换号换卡: what waits for the second colleague, or for its day, across the households of a branch."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access
from mashang.cases.actions import channels as actions
from mashang.cases.models import ChannelChange
from mashang.cases.queries.access import access_basis, which_open
from mashang.cases.queries.shown import channel_change_shown
from mashang.core.privacy.masks import Masked, mask_card, mask_name, mask_phone
from mashang.core.seen import mark_of
from mashang.desk.cases.forms.channels import DecideForm
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, seen_in, status_after
from mashang.web.policies import Level, staff_form, staff_page
from mashang.web.request import SignedIn

PAGE = 20


@staff_page(Permission.CASE_CHANGE, Level.P3)
def channels(request: SignedIn) -> HttpResponse:
    """待确认换号换卡: the oldest first, with links where the page behind would open."""
    rows = ChannelChange.objects.visible_to(request.user).waiting().order_by("created_at")
    rows = rows.select_related("holder__union", "asked_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    opens = which_open(request.user, [change.holder for change in page])
    context = {"page": page, "changes": [(change, change.holder_id in opens) for change in page]}
    return render(request, "desk/channels/list.html", context)


@staff_form(Permission.CASE_CHANGE, Level.P3, fresh=True)
def decide(request: SignedIn, change_id: UUID) -> HttpResponse:
    """核对一次更换: confirmed by a second colleague, or not done."""
    change = _change(request, change_id)
    if _is_over_for(request, change):
        messages.success(request, _("这次更换已经有人办理，不用您再核对"))
        return redirect("desk:channels")
    access.log_access(change.holder, by=request.user, what=N_("核对换号换卡"))
    form = DecideForm(request.POST or None)
    refused = refusals_in(form)
    if form.is_valid():
        with refused:
            _decide(request, change, form.cleaned_data["decision"])
            return redirect("desk:channels")
        change = _change(request, change_id)
    context = {
        "change": change,
        "form": form,
        "holder": mask_name(change.holder.name),
        "new": _masked(change, change.new_value.reveal()),
        "old": _masked(change, change.old_value.reveal()) if change.old_value else "",
        "is_own": change.asked_by_id == request.user.pk,
        "refusal": actions.refusal_to_confirm(change, request.user),
        "seen": mark_of(channel_change_shown(change)),
    }
    return render(
        request, "desk/channels/decide.html", context, status=status_after(request, form, refused)
    )


def _is_over_for(request: SignedIn, change: ChannelChange) -> bool:
    """Whether this colleague, whom a notice led here, came too late: nothing waits for them at this household any more."""
    waits = change.state == ChannelChange.State.ASKED
    return not waits and access_basis(request.user, change.holder) is None


def _decide(request: SignedIn, change: ChannelChange, decision: str) -> None:
    if decision == DecideForm.DECLINE:
        actions.decline(change, by=request.user, seen=seen_in(request))
        messages.success(request, _("没有更换，已告知本人"))
        return
    confirmed = actions.confirm(change, by=request.user, seen=seen_in(request))
    if confirmed.state == ChannelChange.State.DONE:
        messages.success(request, _("已确认，马上生效"))
    elif confirmed.state == ChannelChange.State.CONFIRMED:
        messages.success(request, _("已确认，到期自动生效；这之前本人可以叫停"))
    else:
        messages.warning(request, _("原来的号码或账号已经变了，这次更换作废"))


def _change(request: SignedIn, change_id: UUID) -> ChannelChange:
    rows = ChannelChange.objects.visible_to(request.user)
    related = ("holder__data_key", "holder__union", "asked_by", "confirmed_by")
    return get_object_or_404(rows.select_related(*related), pk=change_id)


def _masked(change: ChannelChange, value: str) -> Masked:
    return mask_card(value) if change.kind == ChannelChange.Kind.ACCOUNT else mask_phone(value)
