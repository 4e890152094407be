"""微心愿规则: the numbers of the wish service as dated cards, and the list of usual things."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.desk.unions.forms.rules import LastDayForm
from mashang.desk.unions.rules import draw_form, union_kept_by
from mashang.desk.wishes.forms.moderation import ItemForm, NumberForm
from mashang.unions import queries
from mashang.unions.actions import rules as cards
from mashang.unions.numbers import said_value
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in
from mashang.web.policies import Level, staff_form, staff_page
from mashang.web.request import SignedIn
from mashang.wishes import catalogue
from mashang.wishes.actions import catalogue as catalogue_actions
from mashang.wishes.models import CatalogueItem, Category
from mashang.wishes.rules import (
    CARD_KIND,
    card_body,
    default_source,
    defaults,
    label_of,
    rules_at,
)


@staff_page(Permission.RULE_MANAGE, Level.P2)
def wish_rules(request: SignedIn) -> HttpResponse:
    """What holds at this union today, its own cards, and the list that families choose from."""
    union, today = union_kept_by(request), timezone.localdate()
    now = rules_at(union, today)
    labels = dict(Category.choices)
    items = catalogue.items_at(union, today)
    context = {
        "union": union,
        "numbers": [
            (code, label_of(code), said_value(code, getattr(now, code))) for code in defaults()
        ],
        "source": default_source(),
        "own_cards": [
            (card, label_of(card.code), said_value(card.code, int(card.body["value"])))
            for card in queries.own_rules(union).filter(kind=CARD_KIND)
        ],
        "items": [(labels[item.category], item) for item in items],
        "own_items": catalogue.own_entries(union),
    }
    return render(request, "desk/wishes/rules.html", context)


@staff_form(Permission.RULE_MANAGE, Level.P2, fresh=True)
def set_number(request: SignedIn, code: str) -> HttpResponse:
    """改规则: a new card from a day on; the card before stays on record."""
    if code not in defaults():
        raise Http404
    union, today = union_kept_by(request), timezone.localdate()
    now = said_value(code, getattr(rules_at(union, today), code))
    form = NumberForm(code, request.POST or None, initial={"value": now, "valid_from": today})
    if form.is_valid():
        cleaned = form.cleaned_data
        with refusals_in(form):
            body = card_body(code, cleaned.pop("value"))
            cards.set_rule(union, CARD_KIND, code, body, **cleaned, by=request.user)
            messages.success(request, _("规则已登记"))
            return redirect("desk:wish-rules")
    return draw_form(request, form, N_("改规则"), N_("登记规则卡"), back=reverse("desk:wish-rules"))


@staff_form(Permission.RULE_MANAGE, Level.P2, fresh=True)
def list_item(request: SignedIn) -> HttpResponse:
    """列入清单; a name that is there already gets another price from that day on."""
    union = union_kept_by(request)
    form = ItemForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if form.is_valid():
        cleaned = form.cleaned_data
        with refusals_in(form):
            catalogue_actions.list_item(
                union, price_fen=cleaned.pop("price"), **cleaned, by=request.user
            )
            messages.success(request, _("已列入心愿清单"))
            return redirect("desk:wish-rules")
    return draw_form(
        request, form, N_("列入心愿清单"), N_("列入清单"), back=reverse("desk:wish-rules")
    )


@staff_form(Permission.RULE_MANAGE, Level.P2, fresh=True)
def end_item(request: SignedIn, item_id: UUID) -> HttpResponse:
    """停用: the entry of the union above, or the bundled one, holds again."""
    rows = CatalogueItem.objects.filter(union=union_kept_by(request)).select_related("union")
    item = get_object_or_404(rows, pk=item_id)
    form = LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            catalogue_actions.end_item(
                item, last_day=form.cleaned_data["last_day"], by=request.user
            )
            messages.success(request, _("已停用"))
            return redirect("desk:wish-rules")
    return draw_form(request, form, N_("停用清单物品"), N_("停用"), back=reverse("desk:wish-rules"))
