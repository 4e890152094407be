"""规则与字典: dated rule cards and living standards of a branch, and the region table."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases import safeguards
from mashang.cases.assessment.for_application import CARD_KIND, rules_for
from mashang.cases.rules import Rule, RuleSet
from mashang.desk.unions.forms.rules import (
    RULE_FORMS,
    EndRegionForm,
    LastDayForm,
    RegionForm,
    RuleForm,
    SafeguardForm,
    StandardForm,
)
from mashang.reference import queries as regions
from mashang.unions import queries
from mashang.unions.actions import dictionaries
from mashang.unions.actions import rules as cards
from mashang.unions.models import RuleCard, Union
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, Rows, Who, policy, staff_form, staff_page
from mashang.web.request import SignedIn

RULE, TREE = Permission.RULE_MANAGE, Permission.TREE_MANAGE


# Rule cards ----------------------------------------------------------------------------


@staff_page(RULE, Level.P2)
def rules(request: SignedIn) -> HttpResponse:
    """规则卡: what this union reckons by today, and the cards of its own."""
    union = union_kept_by(request)
    rules = rules_for(union, timezone.localdate())
    own = list(queries.own_rules(union))
    context = {
        "union": union,
        "groups": [
            (N_("困难类别"), "category", rules.categories),
            (N_("可扣除的支出"), "deduction", rules.deductions),
            (N_("不予建档情形"), "exclusion", rules.exclusions),
        ],
        "safeguards": _safeguards(union),
        "safeguards_kind": safeguards.NUMBERS.kind,
        "own": own,
        "standards": regions.living_standards(union.region_code),
    }
    return render(request, "desk/rules/rules.html", context)


@staff_form(RULE, Level.P2, fresh=True)
def set_rule(request: SignedIn, kind: str, code: str) -> HttpResponse:
    """改规则: a new card from a day on; the card before stays on record."""
    union = union_kept_by(request)
    if kind == safeguards.NUMBERS.kind:
        return _set_safeguard(request, union, code)
    known = _rule(union, kind, code)
    form = RULE_FORMS[kind](request.POST or None, initial=_as_typed(known))
    if form.is_valid():
        with refusals_in(form):
            _set(request, union, form, kind, code)
            messages.success(
                request, _("规则“%(label)s”已登记") % {"label": _(form.cleaned_data["label"])}
            )
            return redirect("desk:rules")
    return draw_form(
        request, form, _("改规则：%(label)s") % {"label": _(known.label)}, N_("登记规则卡")
    )


def _set_safeguard(request: SignedIn, union: Union, code: str) -> HttpResponse:
    """One number of how two people guard each other; within bounds that no union may leave."""
    numbers = safeguards.NUMBERS
    if code not in numbers.defaults():
        raise Http404
    today = timezone.localdate()
    initial = {"value": numbers.at(union, today)[code], "valid_from": today}
    form = SafeguardForm(request.POST or None, initial=initial)
    label = numbers.label_of(code)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form):
            body = numbers.body(code, typed.pop("value"))
            cards.set_rule(union, numbers.kind, code, body, **typed, by=request.user)
            messages.success(request, _("规则“%(label)s”已登记") % {"label": _(label)})
            return redirect("desk:rules")
    return draw_form(request, form, _("改规则：%(label)s") % {"label": _(label)}, N_("登记规则卡"))


def _safeguards(union: Union) -> list[tuple[str, str, int]]:
    now = safeguards.NUMBERS.at(union, timezone.localdate())
    return [(code, safeguards.NUMBERS.label_of(code), value) for code, value in now.items()]


def _set(request: SignedIn, union: Union, form: RuleForm, kind: str, code: str) -> RuleCard:
    card = form.card(kind, code)
    RuleSet.from_cards([card])  # the room that reckons with it says whether it is one
    return cards.set_rule(
        union,
        CARD_KIND,
        code,
        card,
        by=request.user,
        source=card["source"],
        valid_from=form.cleaned_data["valid_from"],
    )


@staff_form(RULE, Level.P2, fresh=True)
def end_rule(request: SignedIn, card_id: UUID) -> HttpResponse:
    """停用规则卡: after its last day the rule of the union above holds again."""
    card = get_object_or_404(queries.own_rules(union_kept_by(request)), pk=card_id)
    form = LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            cards.end_rule(card, by=request.user, last_day=form.cleaned_data["last_day"])
            messages.success(request, _("规则卡已停用"))
            return redirect("desk:rules")
    return draw_form(request, form, N_("停用规则卡"), N_("停用"))


def _rule(union: Union, kind: str, code: str) -> Rule:
    """The rule of this code that holds for the union; anything else is not there."""
    rules = rules_for(union, timezone.localdate())
    every = (*rules.categories, *rules.deductions, *rules.exclusions)
    rule = next((rule for rule in every if kind == rule.KIND and rule.code == code), None)
    if rule is None:
        raise Http404
    return rule


def _as_typed(rule: Rule) -> dict[str, object]:
    """A rule as the form shows it; the new card begins today and names its own source."""
    card = {**rule.as_card(), "valid_from": timezone.localdate(), "source": ""}
    if "times" in card:
        card["times"] = f"{float(rule.times):g}"  # type: ignore[attr-defined]
    return card


# Living standards ----------------------------------------------------------------------


@staff_form(RULE, Level.P2, fresh=True)
def set_standard(request: SignedIn) -> HttpResponse:
    """登记低保标准 of one's own region, from a day on."""
    union = union_kept_by(request)
    form = StandardForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form):
            dictionaries.set_living_standard(
                union,
                by=request.user,
                monthly_fen=typed["monthly"],
                valid_from=typed["valid_from"],
                source=typed["source"],
                document=typed["document"],
            )
            messages.success(request, _("低保标准已登记，新的测算按它计算；已有的测算不变"))
            return redirect("desk:rules")
    return draw_form(request, form, N_("登记低保标准"), N_("登记"))


# The region table ----------------------------------------------------------------------


@policy(who=Who.STAFF, rows=Rows.PUBLIC, level=Level.P2, permission=TREE)
def region(request: SignedIn, code: str = "") -> HttpResponse:
    """行政区划: one region and those right below it, with their dates and sources."""
    code = code or _top_region(request)
    rows = regions.history(code)
    if not rows:
        raise Http404
    today = timezone.localdate()
    context = {
        "code": code,
        "rows": rows,
        "children": regions.children(code, today),
        "crumbs": [
            (row.name, reverse("desk:region", args=[row.code]))
            for row in regions.lineage(code)[:-1]
        ],
    }
    return render(request, "desk/rules/region.html", context)


@policy(
    who=Who.STAFF,
    rows=Rows.PUBLIC,
    level=Level.P2,
    permission=TREE,
    methods=("GET", "POST"),
    fresh=True,
)
def add_region(request: SignedIn, code: str) -> HttpResponse:
    """新增区划: a code under a name from a day on."""
    form = RegionForm(request.POST or None, initial={"code": code[:6].rstrip("0")})
    if form.is_valid():
        with refusals_in(form):
            made = dictionaries.add_region(**form.cleaned_data, by=request.user)
            messages.success(request, _("已新增 %(name)s") % {"name": made.name})
            return redirect("desk:region", made.code)
    return draw_form(
        request, form, N_("新增区划"), N_("新增"), back=reverse("desk:region", args=[code])
    )


@policy(
    who=Who.STAFF,
    rows=Rows.PUBLIC,
    level=Level.P2,
    permission=TREE,
    methods=("GET", "POST"),
    fresh=True,
)
def end_region(request: SignedIn, code: str) -> HttpResponse:
    """停用区划: 撤县设区、合并; the old code goes on reading."""
    form = EndRegionForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            dictionaries.end_region(code, **form.cleaned_data, by=request.user)
            messages.success(request, _("已停用这个区划代码"))
            return redirect("desk:region", code)
    return draw_form(
        request, form, N_("停用区划"), N_("停用"), back=reverse("desk:region", args=[code])
    )


def _top_region(request: SignedIn) -> str:
    tops = queries.tops(queries.unions_where(request.user, TREE))
    return tops[0].region_code if tops else ""


def union_kept_by(request: SignedIn) -> Union:
    """The union whose rules this colleague keeps: the highest of theirs."""
    tops = queries.tops(queries.unions_where(request.user, RULE))
    if not tops:
        raise Http404
    return tops[0]


def draw_form(
    request: SignedIn, form: Form, title: str, verb: str, *, back: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "verb": verb, "back": back or reverse("desk:rules")}
    return render(request, "desk/rules/form.html", context, status=status_of(form))
