"""办理档案: what a colleague does on the tabs of a file. The rules are in the actions."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.accounts.actions import phones
from mashang.aid import actions as aid
from mashang.aid.models import Aid
from mashang.cases.actions import access, files, limits, pairings, transfers
from mashang.cases.actions import changes as change_actions
from mashang.cases.actions.channels import opens_household
from mashang.cases.models import Case, Fact, Member, Pairing
from mashang.cases.queries import versions
from mashang.cases.queries.shown import case_shown
from mashang.core.requests.idempotency import Answer, once
from mashang.core.seen import mark_of
from mashang.desk.cases.files import find_or_404, page, tab_of
from mashang.desk.cases.forms import files as forms
from mashang.unions.roles import Permission
from mashang.web.forms import is_sure, refusals_in, seen_in, status_after
from mashang.web.policies import Level, staff_act, staff_form
from mashang.web.request import SignedIn

Do = Callable[[dict[str, Any]], object]


def case_to_act_on(request: SignedIn, holder_id: UUID) -> Case:
    case = find_or_404(request, holder_id)
    access.require_basis(case.holder, by=request.user)
    return case


def _act(
    request: SignedIn, case: Case, tab: str, name: str, form: Form, do: Do, done: str
) -> HttpResponse:
    """Do what the form says and go back to the tab; with something amiss, the tab shows it as it is now."""
    refused = refusals_in(form)
    if form.is_valid():
        with refused:
            do(form.cleaned_data)
            messages.success(request, done)
            return tab_of(request, case, tab)
    case = find_or_404(request, case.holder_id)
    return page(request, case, tab, status=status_after(request, form, refused), **{name: form})


# Facts and plan -----------------------------------------------------------------------


@staff_act(Permission.CASE_CHANGE, Level.P3)
def check_fact(request: SignedIn, holder_id: UUID, key: str) -> HttpResponse:
    """核实: looked again, still so."""
    case = case_to_act_on(request, holder_id)
    if key not in Fact.Key.values:
        raise Http404
    words = _("“%(fact)s”已核实，日期记为今天") % {"fact": _(Fact.Key(key).label)}

    def do(cleaned: dict[str, Any]) -> None:
        files.check_fact(case, key, by=request.user, seen=seen_in(request))

    return _act(request, case, "facts", "check_form", Form(request.POST), do, words)


@staff_act(Permission.CASE_CHANGE, Level.P3)
def set_plan(request: SignedIn, holder_id: UUID) -> HttpResponse:
    case, form = case_to_act_on(request, holder_id), forms.PlanForm(request.POST)
    seen = seen_in(request)
    do = partial(_unpacked, change_actions.set_plan, case, by=request.user, seen=seen)
    return _act(request, case, "facts", "plan_form", form, do, N_("解困脱困计划已保存"))


def _unpacked(
    verb: Callable[..., object], case: Case, cleaned: dict[str, Any], **also: Any
) -> object:
    return verb(case, **cleaned, **also)


# Changes ------------------------------------------------------------------------------


@staff_act(Permission.CASE_CHANGE, Level.P3)
def change(request: SignedIn, holder_id: UUID) -> HttpResponse:
    case, form = case_to_act_on(request, holder_id), forms.ChangeForm(request.POST)

    def do(cleaned: dict[str, Any]) -> None:
        change_actions.change(
            case,
            form.changes(),
            why=cleaned["why"],
            by=request.user,
            is_sure=is_sure(request),
            seen=seen_in(request),
        )

    waits = form.is_valid() and form.changes().get("phone") and opens_household(case.holder)
    done = WAITS if waits else N_("已变更，并告知本人")
    return _act(request, case, "changes", "change_form", form, do, done)


WAITS = N_("其余已变更；新手机号要等另一位同志确认，过几个工作日才生效")


@staff_act(Permission.CASE_CHANGE, Level.P3)
def accept_change(request: SignedIn, holder_id: UUID) -> HttpResponse:
    case = case_to_act_on(request, holder_id)
    asked = versions.open_request(case)
    if asked is None:
        return tab_of(request, case, "changes")

    def do(cleaned: dict[str, Any]) -> None:
        change_actions.accept_change(asked, by=request.user, seen=seen_in(request))

    done = N_("已采纳，档案已更新，并告知本人")
    return _act(request, case, "changes", "accept_form", Form(request.POST), do, done)


@staff_act(Permission.CASE_CHANGE, Level.P3)
def decline_change(request: SignedIn, holder_id: UUID) -> HttpResponse:
    case, form = case_to_act_on(request, holder_id), forms.AnswerForm(request.POST)
    asked = versions.open_request(case)
    if asked is None:
        return tab_of(request, case, "changes")

    def do(cleaned: dict[str, Any]) -> None:
        change_actions.decline_change(
            asked, answer=cleaned["answer"], by=request.user, seen=seen_in(request)
        )

    return _act(request, case, "changes", "answer_form", form, do, N_("已答复本人"))


@staff_act(Permission.CASE_CHANGE, Level.P3)
def add_member(request: SignedIn, holder_id: UUID) -> HttpResponse:
    case, form = case_to_act_on(request, holder_id), forms.MemberForm(request.POST)
    limits.count_id_number(request.POST.get("id_number", ""), by=request.user)

    def do(cleaned: dict[str, Any]) -> None:
        change_actions.add_member(
            case,
            form.person(),
            why=cleaned["why"],
            by=request.user,
            is_sure=is_sure(request),
            seen=seen_in(request),
        )

    return _act(request, case, "family", "member_form", form, do, N_("已新增家庭成员"))


@staff_form(Permission.CASE_CHANGE, Level.P3)
def remove_member(request: SignedIn, holder_id: UUID, member_id: UUID) -> HttpResponse:
    """家人离开: asks once and names the effect."""
    case = case_to_act_on(request, holder_id)
    members = Member.objects.of_holder(case.holder).filter(left_on=None)
    member = get_object_or_404(members.exclude(relation=Member.SELF), pk=member_id)

    def do(cleaned: dict[str, Any]) -> None:
        change_actions.remove_member(
            case, member, why=cleaned["why"], by=request.user, seen=seen_in(request)
        )

    words = N_("移出后，这位家人不再算在这户的人口里，可以登记到别的家庭。记录会保留。")
    return _ask_why(request, case, "family", do, title=N_("家人不再共同生活"), words=words)


@staff_form(Permission.CASE_CHANGE, Level.P3)
def close(request: SignedIn, holder_id: UUID) -> HttpResponse:
    """销档."""
    case = case_to_act_on(request, holder_id)

    def do(cleaned: dict[str, Any]) -> None:
        seen = seen_in(request)
        workflows.close_case(case, reason=cleaned["reason"], by=request.user, seen=seen)

    words = N_(
        "销档后结对随即结束，没有人认领的心愿随之下架，家人可以登记到别的家庭；档案和服务码保留，返困时可以恢复。"
    )
    form = forms.CloseForm(request.POST or None)
    return _ask_why(request, case, "facts", do, form=form, title=N_("销档"), words=words)


@staff_form(Permission.CASE_CHANGE, Level.P3)
def reopen(request: SignedIn, holder_id: UUID) -> HttpResponse:
    """返困恢复."""
    case = case_to_act_on(request, holder_id)

    def do(cleaned: dict[str, Any]) -> None:
        seen = seen_in(request)
        workflows.reopen_case(case, why=cleaned["why"], by=request.user, seen=seen)

    words = N_("恢复后还是同一份档案、同一个服务码；六条信息请重新核实。")
    return _ask_why(request, case, "facts", do, title=N_("返困恢复"), words=words)


def _ask_why(
    request: SignedIn, case: Case, tab: str, do: Do, *, title: str, words: str, form: Any = None
) -> HttpResponse:
    """A page of its own for what takes something away or gives it back."""
    form = form or forms.WhyForm(request.POST or None)
    refused = refusals_in(form)
    if form.is_valid():
        with refused:
            do(form.cleaned_data)
            messages.success(request, _("已办理：%(title)s") % {"title": _(title)})
            return tab_of(request, case, tab)
    case = find_or_404(request, case.holder_id)  # as it is now
    back = reverse("desk:holder-tab", args=[case.holder_id, tab])
    context = {"case": case, "form": form, "title": title, "words": words, "back": back}
    context["seen"] = mark_of(case_shown(case))
    return render(
        request, "desk/cases/why.html", context, status=status_after(request, form, refused)
    )


# Helper -------------------------------------------------------------------------------


@staff_act(Permission.CASE_PAIR, Level.P3)
def propose_pairing(request: SignedIn, holder_id: UUID) -> HttpResponse:
    """提出结对: the helper's account is found by phone, or made."""
    case, form = case_to_act_on(request, holder_id), forms.PairForm(request.POST)

    def do(cleaned: dict[str, Any]) -> None:
        helper = phones.get_or_create_account(cleaned["phone"], name=cleaned["name"])
        pairings.propose(case, helper=helper, by=request.user)

    return _act(request, case, "pairing", "pair_form", form, do, N_("已提出，请另一位同志确认"))


@staff_act(Permission.CASE_PAIR, Level.P3, fresh=True)
def confirm_pairing(request: SignedIn, holder_id: UUID, pairing_id: UUID) -> HttpResponse:
    """确认结对: by the second person."""
    case = case_to_act_on(request, holder_id)
    pairings.confirm(_pairing(case, pairing_id), by=request.user)
    messages.success(request, _("结对已确认，已告知职工和帮扶责任人"))
    return tab_of(request, case, "pairing")


@staff_form(Permission.CASE_PAIR, Level.P3)
def end_pairing(request: SignedIn, holder_id: UUID, pairing_id: UUID) -> HttpResponse:
    case = case_to_act_on(request, holder_id)
    ending = _pairing(case, pairing_id)

    def do(cleaned: dict[str, Any]) -> None:
        workflows.end_pairing(ending, why=cleaned["why"], by=request.user)

    if ending.confirmed_by_id is None:
        words = N_(
            "这次结对还没有第二人确认，这位同志没有看到过这户的信息；撤回以后要结对的，重新提出。"
        )
        return _ask_why(request, case, "pairing", do, title=N_("撤回结对"), words=words)
    words = N_("结束后，这位同志立即看不到这户的信息。")
    return _ask_why(request, case, "pairing", do, title=N_("结束结对"), words=words)


def _pairing(case: Case, pairing_id: UUID) -> Pairing:
    rows = Pairing.objects.of_case(case).select_related(
        "case__holder__data_key", "case__holder__user", "case__union", "helper__data_key"
    )
    return get_object_or_404(rows, pk=pairing_id)


# Aid and transfer ---------------------------------------------------------------------


@staff_act(Permission.AID_PROPOSE, Level.P3)
def propose_aid(request: SignedIn, holder_id: UUID) -> HttpResponse:
    case, form = case_to_act_on(request, holder_id), forms.AidForm(request.POST)

    def do(cleaned: dict[str, Any]) -> None:
        key, amount = cleaned.pop("key"), cleaned.pop("amount_fen") or 0
        body = repr((case.holder_id, amount, sorted(cleaned.items()))).encode()
        once(request.user.pk, key, body, partial(write_down, cleaned, amount))

    def write_down(cleaned: dict[str, Any], amount: int) -> Answer:
        aid.propose(case.holder, **cleaned, amount_fen=amount, by=request.user)
        return Answer(HTTPStatus.SEE_OTHER)

    return _act(request, case, "aid", "aid_form", form, do, N_("已登记，等财务复核"))


@staff_form(Permission.AID_PROPOSE, Level.P3)
def reverse_aid(request: SignedIn, holder_id: UUID, line_id: UUID) -> HttpResponse:
    """登记冲正: asks why; the treasurer confirms it like a payment."""
    case = case_to_act_on(request, holder_id)
    lines = Aid.objects.of_household(case.holder).select_related("holder", "union")
    line = get_object_or_404(lines, pk=line_id)

    def do(cleaned: dict[str, Any]) -> None:
        aid.propose_reversal(line, why=cleaned["why"], by=request.user)

    words = N_("冲正由财务复核后入账：原来的一笔保留，另记一笔相反的。")
    return _ask_why(request, case, "aid", do, title=N_("登记冲正"), words=words)


@staff_act(Permission.CASE_TRANSFER, Level.P3)
def ask_transfer(request: SignedIn, holder_id: UUID) -> HttpResponse:
    case, form = case_to_act_on(request, holder_id), forms.TransferForm(request.POST)

    def do(cleaned: dict[str, Any]) -> None:
        seen = seen_in(request)
        transfers.ask(case, to=cleaned["to"], why=cleaned["why"], by=request.user, seen=seen)

    return _act(request, case, "transfer", "transfer_form", form, do, N_("已申请转出，等对方接收"))
