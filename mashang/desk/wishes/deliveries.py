"""送达: what arrives is checked, what passed goes to the family, what the family says is answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access
from mashang.cases.models import Holder
from mashang.core.privacy import store
from mashang.core.seen import mark_of
from mashang.core.wording import day
from mashang.desk.wishes.forms.deliveries import AnswerForm, CheckForm, HandOverForm, TakeInForm
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, seen_in, status_after, status_of
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import complaints, confirmations
from mashang.wishes.actions import deliveries as delivery_actions
from mashang.wishes.actions import thanks as thanks_actions
from mashang.wishes.models import Claim, Complaint, GoodsPhoto, Parcel, Thanks
from mashang.wishes.queries import deliveries_due
from mashang.wishes.queries.access import ANSWERING
from mashang.wishes.queries.deliveries import another_answers_until

PAGE, MOST_ON_SHEET = 50, 100


@staff_page(Permission.CLAIM_MANAGE, Level.P3)
def deliveries(request: SignedIn) -> HttpResponse:
    """送达待办: one list at a time, each with how many wait."""
    show = request.GET.get("show", "arrivals")
    if show not in deliveries_due.SHOWS:
        raise Http404
    rows = deliveries_due.waiting(request.user, show)
    number = request.GET.get("number", "").strip()
    page: Any = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    if show == "confirm":
        page.object_list = deliveries_due.with_days(page.object_list)
    context = {
        "show": show,
        "page": page,
        "tabs": _tabs(request, show),
        "list": f"desk/deliveries/_{show}.html",
        "number": number,
        "brought": deliveries_due.brought(request.user, number) if number else None,
    }
    return render(request, "desk/deliveries/list.html", context)


@staff_form(Permission.CLAIM_MANAGE, Level.P3)
def parcel(request: SignedIn, parcel_id: UUID) -> HttpResponse:
    """验收: matches, new, not expired; or why not."""
    row = _parcel(request, parcel_id)
    form = CheckForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            messages.success(request, _check(request, row, form.cleaned_data))
            return redirect(_list("arrivals"))
    context = {"parcel": row, "wish": row.claim.wish, "photos": _photos(row.claim)}
    return _draw(request, "parcel", form, **context)


@staff_act(Permission.CLAIM_MANAGE, Level.P3)
def return_parcel(request: SignedIn, parcel_id: UUID) -> HttpResponse:
    """登记退回."""
    delivery_actions.return_parcel(_parcel(request, parcel_id), by=request.user)
    messages.success(request, _("已登记退回"))
    return redirect(_list("arrivals"))


@staff_form(Permission.CLAIM_MANAGE, Level.P3)
def take_in(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """现场收货: goods at the counter that nobody announced."""
    claim = _claim(request, claim_id)
    form = TakeInForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            delivery_actions.take_in(claim, by=request.user, **form.cleaned_data)
            messages.success(request, _("已收货并验收，可以转交了"))
            return redirect(_list("hand_over"))
    return _draw(request, "take_in", claim=claim, wish=claim.wish, form=form)


@staff_form(Permission.CLAIM_MANAGE, Level.P3)
def hand_over(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """转交: into the family's hands; whoever keeps the file sees to whom."""
    claim = _claim(request, claim_id)
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            delivery_actions.hand_over(claim, by=request.user, **form.cleaned_data)
            messages.success(request, _handed_over_words(claim))
            return redirect(_list("hand_over"))
    name = _name_for(request, claim.wish.holder, N_("心愿转交"))
    return _draw(request, "hand_over", claim=claim, wish=claim.wish, name=name, form=form)


@staff_page(Permission.CLAIM_MANAGE, Level.P3)
def sheet(request: SignedIn) -> HttpResponse:
    """签收表: a printed list to be signed at the doors; every name on it is a look."""
    claims = deliveries_due.to_hand_over(request.user)[:MOST_ON_SHEET]
    lines = [(claim, _name_for(request, claim.wish.holder, N_("心愿签收表"))) for claim in claims]
    return render(request, "desk/deliveries/sheet.html", {"lines": lines, "most": MOST_ON_SHEET})


@staff_form(Permission.CLAIM_MANAGE, Level.P3)
def complaint(request: SignedIn, complaint_id: UUID) -> HttpResponse:
    """答复: by a colleague who did not hand over."""
    rows = Complaint.objects.visible_to(request.user).select_related("wish__holder", "claim")
    row = get_object_or_404(rows, pk=complaint_id)
    form = AnswerForm(request.POST or None)
    refused = refusals_in(form)
    if form.is_valid():
        with refused:
            complaints.answer(row, by=request.user, seen=seen_in(request), **form.cleaned_data)
            message = _("已答复，反映人会收到通知") if row.raised_by_id else _("处理情况已登记")
            messages.success(request, message)
            return redirect(_list("complaints"))
    if not rows.filter(pk=row.pk, state=Complaint.State.OPEN).exists():
        messages.info(request, _("这件反映已经有同志答复了"))
        return redirect(_list("complaints"))
    access.log_access(
        row.wish.holder, by=request.user, among=[ANSWERING], what=N_("心愿反映的问题")
    )
    row = rows.get(pk=row.pk)  # as it stands now: more may have been said meanwhile
    seen = mark_of(complaints.complaint_shown(row))
    context = {"complaint": row, "wish": row.wish, "form": form, "seen": seen}
    status = status_after(request, form, refused)
    return render(request, "desk/deliveries/complaint.html", context, status=status)


@staff_act(Permission.CLAIM_MANAGE, Level.P3)
def thanks(request: SignedIn, thanks_id: UUID) -> HttpResponse:
    """感谢的话: passed on to the giver, or not."""
    rows = Thanks.objects.visible_to(request.user).select_related("claim__union", "claim__giver")
    row = get_object_or_404(rows, pk=thanks_id)
    if request.POST.get("act") == "show":
        thanks_actions.show(row, by=request.user)
        messages.success(request, _("已转给认领人"))
    else:
        thanks_actions.hold_back(row, by=request.user)
        messages.success(request, _("已留下，认领人看不到"))
    return redirect(_list("thanks"))


@staff_act(Permission.CLAIM_MANAGE, Level.P3)
def enter_ledger(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """登记帮扶: for a colleague who has left."""
    confirmations.enter_ledger(_claim(request, claim_id), by=request.user)
    messages.success(request, _("已登记，等另一位同志复核入账"))
    return redirect(_list("ledger"))


@staff_page(Permission.CLAIM_MANAGE, Level.P3)
def goods_photo(request: SignedIn, photo_id: UUID) -> HttpResponse:
    """One photo of the goods."""
    photos = GoodsPhoto.objects.visible_to(request.user).select_related("data_key")
    photo = get_object_or_404(photos, pk=photo_id)
    response = HttpResponse(store.read(photo.blob, photo.data_key), content_type="image/jpeg")
    response.headers["Content-Disposition"] = "inline"
    return response


def _tabs(request: SignedIn, show: str) -> list[dict[str, object]]:
    return [
        {
            "name": _(label),
            "href": _list(name),
            "current": name == show,
            "count": deliveries_due.waiting(request.user, name).count(),
        }
        for name, label in deliveries_due.SHOWS.items()
    ]


def _handed_over_words(claim: Claim) -> str:
    until = another_answers_until(claim)
    if until is None:
        return _("已登记转交，正在等家里确认")
    return _(
        "已登记转交。这户的账号是刚接上的，您也替他们填过申请：%(day)s以前请另一位结对帮扶的同志问清楚、替家里确认，不会自动确认"
    ) % {"day": day(until)}


def _check(request: SignedIn, row: Parcel, cleaned: dict[str, Any]) -> str:
    """Two buttons, one for each outcome; what became of the parcel in words."""
    if request.POST.get("act") == "reject":
        delivery_actions.reject_parcel(row, why=cleaned["why"], by=request.user)
        return _("已登记不合格，认领人会收到通知")
    delivery_actions.pass_parcel(
        row,
        matches=cleaned["as_wished"],
        is_new=cleaned["is_new"],
        is_fresh=cleaned["is_fresh"],
        by=request.user,
    )
    return _("验收合格，可以转交了")


def _parcel(request: SignedIn, parcel_id: UUID) -> Parcel:
    rows = Parcel.objects.visible_to(request.user).select_related("claim__wish", "claim__union")
    return get_object_or_404(rows, pk=parcel_id)


def _claim(request: SignedIn, claim_id: UUID) -> Claim:
    rows = Claim.objects.visible_to(request.user).select_related("wish__holder__union", "union")
    return get_object_or_404(rows, pk=claim_id)


def _photos(claim: Claim) -> list[GoodsPhoto]:
    photos = GoodsPhoto.objects.of_claim(claim).select_related("resembles__claim__wish")
    return list(photos.order_by("created_at"))


def _name_for(request: SignedIn, holder: Holder, what: str) -> str:
    return access.name_if_known(holder, by=request.user, what=what)


def _list(show: str) -> str:
    return f"{reverse('desk:deliveries')}?show={show}"


def _draw(request: SignedIn, page: str, form: forms.Form, **context: object) -> HttpResponse:
    status = status_of(form)
    context["form"] = form
    return render(request, f"desk/deliveries/{page}.html", context, status=status)
