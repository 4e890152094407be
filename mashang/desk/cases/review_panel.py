"""办理栏: what stands beside an application: whose turn, what is lacking, and what may be done."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.actions.recusal import OwnCase, is_kin, wrote_down
from mashang.cases.assessment.arithmetic import Result
from mashang.cases.assessment.for_application import assess_application
from mashang.cases.form.lists import RELATION
from mashang.cases.form.papers import KINDS
from mashang.cases.models import Application
from mashang.cases.preconditions import lacks, papers_lacking
from mashang.cases.queries.files import duplicates_of
from mashang.cases.queries.shown import application_shown
from mashang.cases.queries.worklist import days_left
from mashang.cases.refusals import OwnFinding
from mashang.core.errors import DomainError, Invalid
from mashang.core.seen import mark_of
from mashang.desk.cases.forms.reviews import ApproveForm, RefuseForm, SendBackForm
from mashang.reviews.models import Decision, FlowStep, Step
from mashang.reviews.queries import open_step_of
from mashang.reviews.turns import barred, free_at, seats_of
from mashang.unions.roles import Permission, permissions_at

Work = FlowStep.Work
WORK_PAGES = {
    Work.HOME_CHECK: ("home-check", N_("登记入户核查")),
    Work.EVALUATION: ("evaluation", N_("登记民主评议")),
    Work.PUBLICITY: ("publicity", N_("发布和查看公示")),
    Work.INCOME_CHECK: ("income-check", N_("登记经济状况核对")),
}
# Sentences that colleagues write every day; a press puts one into the field, where it can be mended.
OPINIONS = {
    Work.ACCEPT: (
        N_("材料齐全，符合受理条件，同意受理。"),
        N_("经电话核实，情况属实，同意进入入户核查。"),
    ),
    Work.HOME_CHECK: (N_("经两人入户核查，家庭情况与申报一致。"),),
    Work.EVALUATION: (N_("经民主评议，到会人数和同意人数符合规定，同意上报。"),),
    Work.PUBLICITY: (N_("公示期满，无异议。"), N_("公示期满，所提异议经核实不成立。")),
    Work.RECHECK: (N_("经复核，程序完整，材料真实，同意上报。"),),
    Work.INCOME_CHECK: (N_("经核对，家庭经济状况与申报相符。"),),
    Work.DECISION: (N_("经集体研究，同意。"),),
    Work.FILING: (N_("已完成建档录入。"),),
}


def may_act(user: User, step: Step) -> bool:
    return Permission(step.flow_step.permission) in permissions_at(user, step.union)


def panel(user: User, application: Application, **forms: Any) -> dict[str, Any]:
    """Plain values for the template; `forms` replaces the fresh ones that it would make."""
    step = open_step_of(application.pk)
    if step is None:
        return {"step": None}
    holds_it = may_act(user, step)
    hindrance = hindrance_for(user, application, step) if holds_it else ""
    may_not_refuse = holds_it and not hindrance
    refusing = hindrance_for(user, application, step, refusing=True) if may_not_refuse else ""
    return {
        "step": step,
        "others": _others(user, step) if hindrance or refusing or not holds_it else [],
        "refuse_hindrance": refusing,
        "seen": mark_of(application_shown(application)),
        "days_left": days_left(timezone.localdate(), step.due_on),
        "may_act": holds_it and not hindrance,
        "hindrance": hindrance,
        "lacks": lacks(application, step),
        "duplicates": _duplicates(application),
        "work_page": _work_page(application, step),
        "opinions": OPINIONS.get(Work(step.work), ()),
        **_forms(application, step),
        **forms,
    }


def result_of(application: Application) -> dict[str, Any]:
    """The kept assessment, or the figures as they would be today, ready to be read line by line."""
    assessment = application.assessments.filter(is_final=True).order_by("created_at").last()
    if assessment:
        return {**assessment.lines.reveal(), "kept_at": assessment.created_at}
    try:
        result: Result = assess_application(
            application, application.answers.reveal(), timezone.localdate()
        )
    except Invalid as refusal:
        return {"refusal": refusal.message}
    return result.as_snapshot()


def _duplicates(application: Application) -> list[str]:
    """Who of the household stands in another one too, and which union can settle it; no more."""
    return [
        _("%(relation)s（请联系%(union)s核实）")
        % {"relation": _(RELATION.get(one.relation, N_("申请人本人"))), "union": one.union_name}
        for one in duplicates_of(application.holder)
    ]


def hindrance_for(
    user: User, application: Application, step: Step, *, refusing: bool = False
) -> str:
    """Why a colleague who holds the permission may still not close this step, or not with a refusal; else empty."""
    outcome = Decision.Outcome.REFUSE if refusing else ""
    refusal: type[DomainError] | None = barred(step.flow_step, seats_of(step, user), outcome)
    if is_kin(application.holder, user):
        refusal = OwnCase
    elif refusing and wrote_down(step, user):
        refusal = OwnFinding
    return _(refusal.message) if refusal else ""


def _others(user: User, step: Step) -> list[str]:
    """Who else at the step's union may take it, by name; colleagues know each other."""
    return [one.name for one in free_at(step, timezone.localdate()) if one.pk != user.pk]


def _work_page(application: Application, step: Step) -> tuple[str, str] | None:
    if Work(step.work) not in WORK_PAGES:
        return None
    name, words = WORK_PAGES[Work(step.work)]
    return reverse(f"desk:{name}", args=[application.pk]), words


def _forms(application: Application, step: Step) -> dict[str, Any]:
    kinds = papers_lacking(application, step) if step.work == Work.ACCEPT else []
    lacking = "\n".join(f"补拍{KINDS.get(kind, kind)}" for kind in kinds)
    proposal = result_of(application).get("category") if step.work == Work.DECISION else None
    return {
        "approve": ApproveForm(step, application, initial={"category": proposal}),
        "send_back": SendBackForm(initial={"missing": lacking}),
        "refuse": RefuseForm(),
    }
