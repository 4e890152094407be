"""放假通知: the State Council's notice of a year, entered by one colleague and checked by another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.accounts.models import User
from mashang.desk.unions.forms.holidays import HolidayNoticeForm
from mashang.desk.unions.rules import draw_form, union_kept_by
from mashang.unions import queries
from mashang.unions.actions import holidays as notices
from mashang.unions.models import HolidayNotice, Union
from mashang.unions.roles import Permission
from mashang.unions.second_person import NOT_TWO
from mashang.web.forms import refusals_in
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn

RULE = Permission.RULE_MANAGE


@staff_page(RULE, Level.P2)
def holidays(request: SignedIn) -> HttpResponse:
    """放假安排: for each year what the terms are reckoned with, and the notice that waits for its second person."""
    union = union_kept_by(request)
    context = {
        "years": queries.calendar_years(),
        "notices": HolidayNotice.objects.select_related("proposed_by", "decided_by")[:20],
        "may_enter": union.parent_id is None,
        "others": _who_checks(union, request.user),
        "no_second": queries.no_second_for(request.user),
        "not_two": NOT_TWO,
    }
    return render(request, "desk/rules/holidays.html", context)


def _who_checks(union: Union, user: User) -> list[str]:
    """Whoever makes two with this person, by name."""
    no_second = queries.no_second_for(user)
    others = queries.others_who_may(RULE, at=union, but=user)
    return [one.name for one in others if one.pk not in no_second]


@staff_form(RULE, Level.P2, fresh=True)
def propose_holidays(request: SignedIn) -> HttpResponse:
    """录入放假通知: its own words, pasted."""
    union = union_kept_by(request)
    form = HolidayNoticeForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            notices.propose(union, **form.cleaned_data, by=request.user)
            messages.success(request, _("已录入，请另一位同事核对后生效"))
            return redirect("desk:holidays")
    return draw_form(request, form, N_("录入放假通知"), N_("录入"), back=reverse("desk:holidays"))


@staff_act(RULE, Level.P2, fresh=True)
def publish_holidays(request: SignedIn, notice_id: UUID) -> HttpResponse:
    """核对生效: running terms are counted again."""
    workflows.publish_holidays(_notice(request, notice_id), by=request.user)
    messages.success(request, _("已生效；正在走的期限已按新的安排重算，并告知有关的人"))
    return redirect("desk:holidays")


@staff_act(RULE, Level.P2, fresh=True)
def decline_holidays(request: SignedIn, notice_id: UUID) -> HttpResponse:
    """退回, or 撤回 of what one entered: entered anew."""
    notice = notices.decline(_notice(request, notice_id), by=request.user)
    own = notice.state == HolidayNotice.State.WITHDRAWN
    messages.success(
        request, _("已撤回，可以重新录入") if own else _("已退回，请按通知原文重新录入")
    )
    return redirect("desk:holidays")


def _notice(request: SignedIn, notice_id: UUID) -> HolidayNotice:
    union_kept_by(request)
    return get_object_or_404(HolidayNotice, pk=notice_id)
