"""微心愿专场: planned, stocked, printed, run and ended at the desk."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access
from mashang.desk.wishes.forms.fairs import (
    CodeForm,
    FairForm,
    HandOutForm,
    PlaceForm,
    RestockForm,
    StockForm,
)
from mashang.exchange.print_runs import wish_faces_of
from mashang.exchange.wish_cards import print_wish_cards
from mashang.unions.queries import tops, unions_where
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import fairs
from mashang.wishes.models import Fair, FairWish, Stock, Wish
from mashang.wishes.queries import fairs as looks

MANAGE = Permission.FAIR_MANAGE
MOST = 100
SEEN_FOR = N_("专场走访名单")


@staff_page(MANAGE, Level.P2)
def fair_list(request: SignedIn) -> HttpResponse:
    """专场清单: the next day first."""
    rows = Fair.objects.visible_to(request.user).select_related("union")
    context = {"fairs": rows.order_by("-held_on", "-created_at")[:MOST]}
    return render(request, "desk/fairs/list.html", context)


@staff_form(MANAGE, Level.P2)
def plan_fair(request: SignedIn) -> HttpResponse:
    """筹备专场."""
    form = FairForm(_told(request), tops(unions_where(request.user, MANAGE)))
    if form.is_valid():
        cleaned = dict(form.cleaned_data)
        with refusals_in(form):
            fair = fairs.plan(cleaned.pop("union"), by=request.user, **cleaned)
            return redirect("desk:fair", fair.pk)
    return render(request, "desk/fairs/plan.html", {"form": form}, status=status_of(form))


@staff_form(MANAGE, Level.P2)
def fair(request: SignedIn, fair_id: UUID) -> HttpResponse:
    """一场专场: how far it is, what is offered, what is in stock; posted to, it takes in stock."""
    shown = _fair(request, fair_id)
    form = StockForm(_told(request))
    if form.is_valid():
        with refusals_in(form):
            fairs.add_stock(shown, by=request.user, **form.cleaned_data)
            messages.success(request, _("库存已登记"))
            return redirect("desk:fair", shown.pk)
    offers = looks.wishes_at(shown)
    context = {
        "fair": shown,
        "progress": looks.progress(shown),
        "offers": offers,
        "on_cards": shown.name + "".join(o.wish.item + o.wish.spec for o in offers),
        "stock": Stock.objects.of_fair(shown).order_by("item"),
        "form": form,
        "is_alive": shown.state in Fair.ALIVE,
        "is_today": shown.held_on == timezone.localdate(),
    }
    return render(request, "desk/fairs/fair.html", context, status=status_of(form))


@staff_page(MANAGE, Level.P2)
def choose_wishes(request: SignedIn, fair_id: UUID) -> HttpResponse:
    """选心愿: open wishes of the branch, the longest waiting first."""
    shown = _fair(request, fair_id)
    context = {"fair": shown, "wishes": looks.may_be_offered(shown), "today": timezone.localdate()}
    return render(request, "desk/fairs/choose.html", context)


@staff_act(MANAGE, Level.P2)
def place_wishes(request: SignedIn) -> HttpResponse:
    """放入专场: the ticked wishes, all or none."""
    wishes = Wish.objects.visible_to(request.user)
    own_fairs = Fair.objects.visible_to(request.user).select_related("union")
    form = PlaceForm(request.POST, wishes, own_fairs)
    if not form.is_valid():
        messages.error(request, _("请先选好心愿和专场"))
        return redirect("desk:fairs")
    chosen = form.cleaned_data["fair"]
    placed = fairs.add_wishes(chosen, form.cleaned_data["wishes"], by=request.user)
    messages.success(request, _("已放入 %(n)d 个心愿") % {"n": len(placed)})
    return redirect("desk:fair", chosen.pk)


@staff_act(MANAGE, Level.P2)
def remove_wish(request: SignedIn, offer_id: UUID) -> HttpResponse:
    rows = FairWish.objects.visible_to(request.user).select_related("fair__union", "wish")
    offer = get_object_or_404(rows, pk=offer_id)
    fairs.remove_wish(offer, by=request.user)
    messages.success(request, _("已移出，心愿仍在心愿墙上等待"))
    return redirect("desk:fair", offer.fair_id)


@staff_act(MANAGE, Level.P2)
def restock(request: SignedIn, stock_id: UUID) -> HttpResponse:
    rows = Stock.objects.visible_to(request.user).select_related("fair__union")
    stock = get_object_or_404(rows, pk=stock_id)
    form = RestockForm(request.POST)
    if form.is_valid():
        fairs.restock(stock, more=form.cleaned_data["more"], by=request.user)
        messages.success(request, _("已补货"))
    else:
        messages.error(request, _("请填写补货数量，要大于零"))
    return redirect("desk:fair", stock.fair_id)


@staff_act(MANAGE, Level.P2)
def start_fair(request: SignedIn, fair_id: UUID) -> HttpResponse:
    fairs.start(_fair(request, fair_id), by=request.user)
    messages.success(request, _("专场开始，现在可以扫心愿卡认领"))
    return redirect("desk:fair", fair_id)


@staff_form(MANAGE, Level.P2)
def end_fair(request: SignedIn, fair_id: UUID) -> HttpResponse:
    """结束或取消: asks once and names the effect."""
    shown = _fair(request, fair_id)
    is_running = shown.state == Fair.State.RUNNING
    if request.method == "GET":
        return render(request, "desk/fairs/end.html", {"fair": shown, "is_running": is_running})
    end = fairs.finish if is_running else fairs.cancel
    end(shown, by=request.user)
    messages.success(request, N_("专场已结束") if is_running else N_("专场已取消"))
    return redirect("desk:fair", fair_id)


@staff_page(MANAGE, Level.P2)
def printed_list(request: SignedIn, fair_id: UUID) -> HttpResponse:
    """专场清单（打印）: by number, with a place for each signature."""
    shown = _fair(request, fair_id)
    context = {"fair": shown, "offers": looks.wishes_at(shown)}
    return render(request, "desk/fairs/printed.html", context)


@staff_page(MANAGE, Level.P2)
def wish_cards(request: SignedIn, fair_id: UUID) -> HttpResponse:
    """心愿卡 PDF: number, item, for whom, and the code; no family."""
    shown = _fair(request, fair_id)
    paper = BytesIO()
    print_wish_cards(wish_faces_of(looks.wishes_at(shown)), paper)
    response = HttpResponse(paper.getvalue(), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="wishes-{shown.held_on:%Y%m%d}.pdf"'
    return response


@staff_form(MANAGE, Level.P2)
def find_card(request: SignedIn) -> HttpResponse:
    """扫心愿卡: a scanner types the address of the card, a colleague its code."""
    form = CodeForm(_told(request))
    if form.is_valid():
        code = form.cleaned_data["code"]
        if FairWish.objects.visible_to(request.user).filter(code=code).exists():
            return redirect("desk:hand-out", code)
        form.add_error("code", N_("没有找到这张心愿卡，请核对后再扫一次"))
    return render(request, "desk/fairs/find.html", {"form": form}, status=status_of(form))


@staff_form(MANAGE, Level.P2)
def hand_out(request: SignedIn, code: str) -> HttpResponse:
    """现场发放: what the family gets, and where it is from."""
    rows = FairWish.objects.visible_to(request.user).select_related("fair__union", "stock")
    offer = get_object_or_404(rows.select_related("wish__holder", "wish__union"), code=code)
    left = Stock.objects.of_fair(offer.fair).order_by("item")
    form = HandOutForm(_told(request), left)
    if form.is_valid():
        with refusals_in(form):
            fairs.hand_out(offer, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("心愿 %(number)s 已登记发放") % {"number": offer.wish.number}
            )
            return redirect("desk:find-card")
    context = {"offer": offer, "wish": offer.wish, "form": form}
    return render(request, "desk/fairs/hand_out.html", context, status=status_of(form))


@staff_page(MANAGE, Level.P3)
def visits(request: SignedIn, fair_id: UUID) -> HttpResponse:
    """走访名单: the homes to visit, by helper."""
    shown = _fair(request, fair_id)
    visits = [
        (visit, access.name_if_known(visit.holder, by=request.user, what=SEEN_FOR))
        for visit in looks.visits_after(shown)
    ]
    return render(request, "desk/fairs/visits.html", {"fair": shown, "visits": visits})


def _told(request: SignedIn) -> Any:
    """A POST, even an empty one; nothing for a GET."""
    return request.POST if request.method == "POST" else None


def _fair(request: SignedIn, fair_id: UUID) -> Fair:
    rows = Fair.objects.visible_to(request.user).select_related("union")
    return get_object_or_404(rows, pk=fair_id)
