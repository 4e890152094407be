"""合并重复: two files side by side, one colleague asks, another one confirms."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.cases.actions import access
from mashang.cases.actions import merges as actions
from mashang.cases.models import Application, Case, Holder, Merge
from mashang.cases.models.merges import STANDS_AS
from mashang.cases.queries.access import access_basis, comparing
from mashang.core.privacy.masks import mask_id, mask_name
from mashang.desk.cases.casework import case_to_act_on
from mashang.desk.cases.files import tab_of
from mashang.desk.cases.forms.files import AskMergeForm, MergeForm
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, staff_act, staff_form
from mashang.web.request import SignedIn


@staff_form(Permission.CASE_TRANSFER, Level.P3, fresh=True)
def merge(request: SignedIn, holder_id: UUID) -> HttpResponse:
    """对照并提出合并: for a union above both; first side by side, then asked for."""
    case = case_to_act_on(request, holder_id)
    said = (request.POST or request.GET).dict()
    form = MergeForm({"stands_as": Merge.SAME, **said} if said else None)
    other = _compared(request, form, case) if form.is_valid() else None
    access.log_access(case.holder, by=request.user, what=N_("合并重复档案"))
    ask = AskMergeForm(request.POST if other and request.method == "POST" else None)
    if other and ask.is_valid():
        stands_as, why = form.cleaned_data["stands_as"], ask.cleaned_data["why"]
        with refusals_in(ask):
            actions.ask(other, into=case.holder, stands_as=stands_as, why=why, by=request.user)
            messages.success(request, _("已提出合并，等另一位有权办理转移的同志确认"))
            return tab_of(request, case, "duplicates")
    rows = _side_by_side(case.holder, other) if other else []
    context = {"case": case, "form": form, "ask": ask, "other": other, "rows": rows}
    status = status_of(ask) if other else status_of(form)
    return render(request, "desk/cases/merge.html", context, status=status)


@staff_act(Permission.CASE_TRANSFER, Level.P3, fresh=True)
def confirm_merge(request: SignedIn, holder_id: UUID, merge_id: UUID) -> HttpResponse:
    """确认合并: by the second person."""
    case = case_to_act_on(request, holder_id)
    workflows.merge_households(_asked(case, merge_id), by=request.user)
    messages.success(request, _("已合并，两张服务码都指向这份档案"))
    return tab_of(request, case, "duplicates")


@staff_act(Permission.CASE_TRANSFER, Level.P3)
def decline_merge(request: SignedIn, holder_id: UUID, merge_id: UUID) -> HttpResponse:
    """不合并."""
    case = case_to_act_on(request, holder_id)
    actions.decline(_asked(case, merge_id), by=request.user)
    messages.success(request, _("没有合并，两份档案都照旧"))
    return tab_of(request, case, "duplicates")


def _asked(case: Case, merge_id: UUID) -> Merge:
    rows = Merge.objects.of_household(case.holder).select_related("duplicate__union", "into__union")
    return get_object_or_404(rows, pk=merge_id)


def _compared(request: SignedIn, form: Form, case: Case) -> Holder | None:
    """The other household, once the look at it is written down; else what is amiss stands at the field."""
    other = _named(request, form)
    if other is None:
        words = N_("在您的管辖范围内没有找到这个编号，请核对，或请共同的上级工会办理")
        form.add_error("other", words)
        return None
    stands_as = form.cleaned_data["stands_as"]
    grounds = [comparing(case.holder, needs_shared=stands_as == Merge.SAME)]
    if access_basis(request.user, other, grounds) is None:
        words = N_("这两户没有同一个人，或者那一户不归您办理转移，不能对照；请核对编号")
        form.add_error("other", words)
        return None
    reason = _(STANDS_AS[stands_as])
    what = N_("合并重复档案")
    access.log_access(other, by=request.user, among=grounds, what=what, reason=reason)
    return other


def _named(request: SignedIn, form: Form) -> Holder | None:
    """The holder of that file or application, within the scope of whoever asks."""
    number = form.cleaned_data["other"].strip().upper()
    for rows in (
        Case.objects.visible_to(request.user).filter(case_no=number),
        Application.objects.visible_to(request.user).filter(number=number),
    ):
        case = rows.select_related("holder__data_key", "holder__union").first()
        if case:
            return case.holder
    return None


def _side_by_side(one: Holder, other: Holder) -> list[tuple[str, str, str]]:
    def facts_of(holder: Holder) -> list[str]:
        number = holder.id_number.reveal()
        return [str(mask_name(holder.name)), str(mask_id(number)), holder.union.name]

    same = N_("是") if one.id_index and one.id_index == other.id_index else N_("否")
    labels = (N_("建档人"), N_("身份证号"), N_("所属工会"))
    rows = list(zip(labels, facts_of(one), facts_of(other), strict=True))
    return [*rows, (N_("身份证号完全一致"), same, same)]
