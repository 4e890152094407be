"""服务卡: the queue from waiting to handed over, the printing, and lost cards."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.codes import actions
from mashang.codes.models import Card
from mashang.core.errors import WrongState
from mashang.desk.codes.forms import HandOverForm, QueueForm, printing_form
from mashang.exchange.cards import A4_SHEET, SINGLE, print_cards
from mashang.exchange.print_runs import faces_of
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn

PAGE = 50
LAYOUTS = {"sheet": A4_SHEET, "single": SINGLE}


@staff_page(Permission.CARD_MANAGE, Level.P3)
def cards(request: SignedIn) -> HttpResponse:
    """服务卡清单: who has not yet got one."""
    form = QueueForm(request.GET)
    form.is_valid()  # an unknown state shows the cards that wait to be printed
    state = form.cleaned_data.get("state") or Card.State.TO_PRINT
    visible = Card.objects.visible_to(request.user)
    rows = visible.filter(state=state).select_related("union", "code__holder", "handed_by")
    page = Paginator(rows.order_by("union_path", "serial"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "on_cards": "".join(card.union.name for card in page),
        "state": state,
        "states": [(one.value, one.label) for one in Card.State],
    }
    return render(request, "desk/cards/list.html", context)


@staff_act(Permission.CARD_MANAGE, Level.P3)
def print_run(request: SignedIn) -> HttpResponse:
    """制卡: the chosen cards as one PDF; once it is drawn they count as printed."""
    form = printing_form(request.POST, Card.objects.visible_to(request.user))
    if not form.is_valid():
        messages.error(request, _("请先选好要制的卡，一次最多 500 张"))
        return redirect("desk:cards")
    chosen = form.cleaned_data["cards"].select_related("union", "code")
    if gone := list(chosen.without_key().values_list("serial", flat=True)):
        messages.error(
            request,
            _("没有制卡。这几张卡的旧码已经不能用了，请先逐张“挂失补发”，再制新卡：%(cards)s")
            % {"cards": _("、").join(gone)},
        )
        return redirect("desk:cards")
    paper = BytesIO()
    printed = print_cards(faces_of(chosen), paper, LAYOUTS[form.cleaned_data["layout"]])
    actions.print_cards([card.pk for card in chosen], by=request.user)
    response = HttpResponse(paper.getvalue(), content_type="application/pdf")
    name = f"cards-{timezone.localdate():%Y%m%d}-{printed.cards}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@staff_form(Permission.CARD_MANAGE, Level.P3)
def hand_over(request: SignedIn, card_id: UUID) -> HttpResponse:
    """发放: into whose hands, against what receipt."""
    card = _card(request, card_id)
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, only=WrongState):
            actions.hand_over(card, receipt=form.cleaned_data["receipt"], by=request.user)
            messages.success(request, _("卡 %(serial)s 已登记发放") % {"serial": card.serial})
            return redirect("desk:cards")
    context = {"card": card, "form": form}
    return render(request, "desk/cards/hand_over.html", context, status=status_of(form))


@staff_form(Permission.CARD_MANAGE, Level.P3)
def report_lost(request: SignedIn, card_id: UUID) -> HttpResponse:
    """挂失补发: asks once and names the effect."""
    card = _card(request, card_id)
    if request.method == "GET":
        return render(request, "desk/cards/lost.html", {"card": card})
    actions.reissue(card.code.holder, by=request.user)
    messages.success(request, _("已挂失，旧卡立即作废，新卡已排入待制卡"))
    return redirect("desk:cards")


def _card(request: SignedIn, card_id: UUID) -> Card:
    rows = Card.objects.visible_to(request.user).select_related("code__holder__union", "union")
    return get_object_or_404(rows, pk=card_id)
