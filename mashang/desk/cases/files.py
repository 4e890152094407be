"""档案: the files of a branch, and one file with its tabs; every tab is a look that is written down."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from mashang.aid.models import AidProposal
from mashang.aid.queries import received, total_fen
from mashang.cases.actions import access
from mashang.cases.actions.transfers import what_bars_transfer
from mashang.cases.form import lists
from mashang.cases.models import Application, Case, Fact, Holder, Merge, Pairing, Transfer
from mashang.cases.queries import case_list, versions
from mashang.cases.queries.access import access_basis, leads_on
from mashang.cases.queries.files import duplicates_of, six_facts
from mashang.cases.queries.looks import looks_at
from mashang.cases.queries.shown import case_shown, change_request_shown, facts_shown
from mashang.codes.models import Card
from mashang.core.seen import mark_of
from mashang.desk.cases import reveals
from mashang.desk.cases.forms import files as forms
from mashang.unions.queries import no_second_for
from mashang.unions.roles import Permission, permissions_at
from mashang.web.policies import Level, staff_act, staff_page
from mashang.web.request import SignedIn

TABS = {
    "facts": N_("六条信息"),
    "family": N_("家庭成员"),
    "changes": N_("变更"),
    "pairing": N_("结对"),
    "aid": N_("帮扶"),
    "transfer": N_("转移"),
    "duplicates": N_("重复"),
    "cards": N_("服务卡"),
    "looks": N_("谁看过"),
}


@staff_page(Permission.CASE_READ, Level.P3)
def cases(request: SignedIn) -> HttpResponse:
    """档案清单: every filter stands in the address."""
    form = forms.CaseListForm(request.GET)
    form.is_valid()  # a word that is not in the lists narrows nothing
    filters = {name: value for name, value in form.cleaned_data.items() if value}
    wanted = case_list.Wanted(**filters)
    page = Paginator(case_list.files(request.user, wanted), case_list.PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "wanted": wanted,
        "form": form,
        "shows": case_list.SHOWS,
        "leads_on": leads_on(request.user, [case.holder for case in page]),
    }
    return render(request, "desk/cases/list.html", context)


@staff_page(Permission.CASE_READ, Level.P3)
def holder(request: SignedIn, holder_id: UUID, tab: str = "facts") -> HttpResponse:
    """档案页. Who has only applied so far has no file yet: their application is shown instead."""
    case = find(request, holder_id)
    if case is None:
        return _application(request, holder_id)
    if case.holder.merged_into_id:
        return redirect("desk:holder-tab", case.holder.merged_into_id, tab)
    return page(request, case, tab)


@staff_page(Permission.CASE_READ, Level.P3)
def compare(request: SignedIn, holder_id: UUID, number: int) -> HttpResponse:
    """对照: what one version changed."""
    case = find(request, holder_id) or _absorbed(request, holder_id)
    if case is None or not 1 < number <= case.version:
        raise Http404
    access.log_access(case.holder, by=request.user, what=N_("档案") + "·" + N_("版本对照"))
    context = {"case": case, "number": number, "rows": versions.compared(case, number)}
    return render(request, "desk/cases/compare.html", context)


@staff_act(Permission.CASE_READ, Level.P4, fresh=True)
def reveal(request: SignedIn, holder_id: UUID, key: str) -> HttpResponse:
    """显示: one hidden value of the file, for a purpose that is said, after a fresh proof of who asks."""
    case = find_or_404(request, holder_id)
    line = next((line for line in versions.hidden_of(case) if line.key == key), None)
    if line is None:
        raise Http404
    return reveals.answer(
        request,
        case.holder,
        label=line.label,
        mask=line.mask,
        plain=lambda: versions.plain_of(case, key, versions.answers_of(case)),
        back=reverse("desk:holder", args=[case.holder_id]),
    )


# What the pages of a file share -------------------------------------------------------


def find(request: SignedIn, holder_id: UUID) -> Case | None:
    """The file of this holder within the scope; its key and its union come with it."""
    rows = Case.objects.visible_to(request.user).filter(holder_id=holder_id)
    return rows.select_related("holder__data_key", "holder__union", "holder__user", "union").first()


def _absorbed(request: SignedIn, holder_id: UUID) -> Case | None:
    """A file that was merged into one within the scope, wherever it was kept before."""
    goes_on = Holder.objects.visible_to(request.user).values("pk")
    rows = Case.objects.unscoped(why="the versions of a file that was merged into one in the scope")
    rows = rows.filter(holder_id=holder_id, holder__merged_into__in=goes_on)
    return rows.select_related("holder__data_key", "holder__union", "union").first()


def find_or_404(request: SignedIn, holder_id: UUID) -> Case:
    if case := find(request, holder_id):
        return case
    raise Http404


def tab_of(request: SignedIn, case: Case, tab: str) -> HttpResponse:
    """Back to the tab; to the work list where the work that opened the file is done."""
    if access_basis(request.user, case.holder) is None:
        return redirect("desk:work-list")
    return redirect("desk:holder-tab", case.holder_id, tab)


def page(
    request: SignedIn, case: Case, tab: str, *, status: int = 200, **shown: Any
) -> HttpResponse:
    """The page around a tab; `shown` holds forms that came back with something amiss."""
    try:
        access.log_access(case.holder, by=request.user, what=N_("档案") + "·" + TABS[tab])
    except access.NoAccessBasis as refusal:
        return _no_access_basis(request, case, refusal)
    context = {
        "case": case,
        "tab": tab,
        "tabs": _tabs(case, tab),
        "crumbs": [(N_("档案"), reverse("desk:cases"))],
        "hidden": versions.hidden_of(case),
        "may": _may(request, case),
        "seen": mark_of(case_shown(case)),
        **CONTENT[tab](request, case),
        **shown,
    }
    return render(request, f"desk/cases/{tab}.html", context, status=status)


def _no_access_basis(request: SignedIn, case: Case, refusal: access.NoAccessBasis) -> HttpResponse:
    may_break = Permission.CASE_BREAK_GLASS in permissions_at(request.user, case.union)
    context = {"refusal": refusal, "case": case, "may_break": may_break}
    return render(request, "desk/cases/no_access_basis.html", context, status=refusal.status)


def _application(request: SignedIn, holder_id: UUID) -> HttpResponse:
    holder = get_object_or_404(Holder.objects.known_to(request.user), pk=holder_id)
    if holder.merged_into_id:
        return redirect("desk:holder", holder.merged_into_id)
    rows = Application.objects.of_household(holder).exclude(state=Application.State.DRAFT)
    newest = rows.order_by("-created_at").first()
    if newest is None:
        raise Http404
    return redirect("desk:application", newest.pk)


def _may(request: SignedIn, case: Case) -> dict[str, bool]:
    """Which buttons this colleague is shown; the actions ask again."""
    held = permissions_at(request.user, case.union)
    is_active = case.state == Case.State.ACTIVE
    wanted = {
        "change": Permission.CASE_CHANGE,
        "pair": Permission.CASE_PAIR,
        "transfer": Permission.CASE_TRANSFER,
        "aid": Permission.AID_PROPOSE,
        "confirm_aid": Permission.AID_CONFIRM,
        "cards": Permission.CARD_MANAGE,
        "post_wish": Permission.WISH_ASSIST,
    }
    may = {name: permission in held for name, permission in wanted.items()}
    return {
        **{name: may[name] and is_active for name in may},
        "reopen": may["change"] and not is_active,
        "see_application": Permission.APPLICATION_READ in held and _sees_application(request, case),
    }


def _sees_application(request: SignedIn, case: Case) -> bool:
    """It stays with those who reviewed it when the file moves on."""
    rows = Application.objects.visible_to(request.user)
    return rows.filter(pk=case.application_id).exists()


def _tabs(case: Case, current: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "href": reverse("desk:holder-tab", args=[case.holder_id, tab]),
            "current": tab == current,
            "count": None,
        }
        for tab, name in TABS.items()
    ]


# What each tab shows ------------------------------------------------------------------


def _facts(request: SignedIn, case: Case) -> dict[str, Any]:
    shown = {key: mark_of(parts) for key, parts in facts_shown(case).items()}
    return {
        "facts": [(fact, shown[fact.key]) for fact in six_facts(case)],
        "plan_form": forms.PlanForm(),
        "plan_seen": shown[Fact.Key.PLAN],
    }


def _family(request: SignedIn, case: Case) -> dict[str, Any]:
    return {"people": versions.people_of(case), "member_form": forms.MemberForm()}


def _changes(request: SignedIn, case: Case) -> dict[str, Any]:
    asked = versions.open_request(case)
    rows = versions.asked_for(case, asked, versions.answers_of(case)) if asked else []
    return {
        "versions": versions.versions_of(case),
        "asked": asked,
        "asked_rows": rows,
        "asked_seen": mark_of(change_request_shown(asked, case)) if asked else "",
        "change_form": forms.ChangeForm(),
        "answer_form": forms.AnswerForm(),
    }


def _pairing(request: SignedIn, case: Case) -> dict[str, Any]:
    rows = Pairing.objects.of_case(case).select_related("helper", "proposed_by", "confirmed_by")
    return {
        "pairings": rows.order_by("-created_at"),
        "pair_form": forms.PairForm(),
        "no_second": no_second_for(request.user),
    }


def _aid(request: SignedIn, case: Case) -> dict[str, Any]:
    waiting = AidProposal.objects.of_household(case.holder).filter(state=AidProposal.State.PROPOSED)
    return {
        "lines": received(case.holder).select_related("union", "first_by", "second_by"),
        "total_fen": total_fen(case.holder),
        "waiting": waiting.select_related("proposed_by"),
        "aid_form": forms.AidForm(),
    }


def _transfer(request: SignedIn, case: Case) -> dict[str, Any]:
    rows = Transfer.objects.of_case(case).select_related("from_union", "to_union", "asked_by")
    return {
        "transfers": rows.order_by("-created_at"),
        "asked": rows.filter(state=Transfer.State.ASKED).first(),
        "barred": what_bars_transfer(case),
        "transfer_form": forms.TransferForm(),
    }


def _duplicates(request: SignedIn, case: Case) -> dict[str, Any]:
    rows = duplicates_of(case.holder)
    merges = Merge.objects.of_household(case.holder).waiting().order_by("created_at")
    return {
        "duplicates": [(lists.RELATION.get(row.relation, N_("本人")), row) for row in rows],
        "merges": merges.select_related("duplicate__union", "into__union", "asked_by"),
        "no_second": no_second_for(request.user),
    }


def _cards(request: SignedIn, case: Case) -> dict[str, Any]:
    rows = Card.objects.of_household(case.holder).select_related("union", "code", "handed_by")
    return {"cards": rows.order_by("-created_at")}


def _looks(request: SignedIn, case: Case) -> dict[str, Any]:
    return {"page": looks_at(case.holder, request.GET.get("page"))}


CONTENT: dict[str, Callable[[SignedIn, Case], dict[str, Any]]] = {
    "facts": _facts,
    "family": _family,
    "changes": _changes,
    "pairing": _pairing,
    "aid": _aid,
    "transfer": _transfer,
    "duplicates": _duplicates,
    "cards": _cards,
    "looks": _looks,
}
