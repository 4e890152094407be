"""办理: pass a step, send it back, refuse it; and the work that comes before."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.accounts.models import Consent, User
from mashang.cases.actions import access, checks, reviews
from mashang.cases.actions.recusal import refuse_kin
from mashang.cases.models import Application, Case, Evaluation, HomeCheck, IncomeCheck
from mashang.cases.preconditions import has_consent
from mashang.cases.queries.shown import application_shown, home_check_shown
from mashang.core.errors import Invalid, WrongState
from mashang.core.seen import ChangedMeanwhile, mark_of
from mashang.desk.cases import review_panel
from mashang.desk.cases.applications import done, find, page
from mashang.desk.cases.forms.reviews import (
    ApproveForm,
    AskForm,
    EvaluationForm,
    HomeCheckForm,
    IncomeAnswerForm,
    RefuseForm,
    SendBackForm,
)
from mashang.reviews.models import FlowStep, Step
from mashang.reviews.queries import open_step_of
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, seen_in
from mashang.web.policies import Level, staff_act, staff_form
from mashang.web.request import SignedIn

Work = FlowStep.Work
KEEPS_FORM = (
    Invalid,
    ChangedMeanwhile,
)  # refusals after which the form stands there again, as typed


class Moved(WrongState):
    code = "moved_on"
    message = N_("这件申请已不在您看到的环节，请刷新页面看最新情况")


# Deciding ------------------------------------------------------------------------------


@staff_act(Permission.APPLICATION_READ, Level.P3)
def approve(request: SignedIn, pk: UUID) -> HttpResponse:
    """通过."""
    application, step = _at_seen_step(request, pk)
    form = ApproveForm(step, application, request.POST)
    return _act(request, application, "approve", form, workflows.approve_step, step)


@staff_act(Permission.APPLICATION_READ, Level.P3)
def send_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """退回补正."""
    application, step = _at_seen_step(request, pk)
    form = SendBackForm(request.POST)
    return _act(request, application, "send_back", form, reviews.send_back, step)


@staff_act(Permission.APPLICATION_READ, Level.P3)
def refuse(request: SignedIn, pk: UUID) -> HttpResponse:
    """不予通过."""
    application, step = _at_seen_step(request, pk)
    return _act(request, application, "refuse", RefuseForm(request.POST), reviews.refuse, step)


SAID = {
    "approve": N_("“%(step)s”已通过，已通知申请人"),
    "send_back": N_("已退回补正，补正清单已发给申请人"),
    "refuse": N_("已作出不予通过的决定，原因已告知申请人"),
}


def _act(
    request: SignedIn,
    application: Application,
    name: str,
    form: Form,
    act: Callable[..., Application],
    step: Step,
) -> HttpResponse:
    refused = refusals_in(form, only=KEEPS_FORM)
    if form.is_valid():
        with refused:
            act(step, by=request.user, seen=seen_in(request), **form.cleaned_data)
            return done(request, application, _said(name, application, step))
    application = find(request, application.pk)  # as it is now
    access.log_access(application.holder, by=request.user, what=N_("申请") + "·" + N_("概况"))
    shown: dict[str, Any] = {name: form, "open": name, "changed": _is_change(refused)}
    return page(request, application, "overview", status=refused.status, **shown)


def _is_change(refused: refusals_in) -> bool:
    return isinstance(refused.refusal, ChangedMeanwhile)


def _said(name: str, application: Application, step: Step) -> str:
    if name != "approve":
        return _(SAID[name])
    case = Case.objects.of_holder(application.holder).first()
    if step.work == FlowStep.Work.FILING and case:
        return _("已建档，档案号 %(number)s，已通知申请人") % {"number": case.case_no}
    return _(SAID[name]) % {"step": _(step.flow_step.name)}


def _at_seen_step(request: SignedIn, pk: UUID) -> tuple[Application, Step]:
    """The step that the colleague had on the screen, even if somebody was faster: then they are told."""
    application = find(request, pk)
    steps = Step.objects.of_subject(application.pk).select_related("flow_step", "union", "review")
    try:
        return application, steps.get(pk=request.POST.get("step", ""))
    except (Step.DoesNotExist, ValidationError):
        raise Moved from None


# The work before -----------------------------------------------------------------------


@staff_form(Permission.APPLICATION_READ, Level.P3)
def home_check(request: SignedIn, pk: UUID) -> HttpResponse:
    """入户核查: written down by one, signed by the others."""
    application, step = for_work(request, pk, Work.HOME_CHECK)
    check = HomeCheck.objects.filter(step_id=step.pk).first()
    form = HomeCheckForm(request.POST or None, initial=_known(check))
    if request.method == "POST":
        return _record(request, application, step, form, "home_check", _record_home_check)
    return _work_page(request, application, step, "home_check", form=form)


@staff_act(Permission.APPLICATION_READ, Level.P3)
def sign_home_check(request: SignedIn, pk: UUID) -> HttpResponse:
    """入户核查签字."""
    application, step = for_work(request, pk, Work.HOME_CHECK)
    form = Form(request.POST)
    refused = refusals_in(form, only=ChangedMeanwhile)
    with refused:
        checks.sign_home_check(step, by=request.user, seen=seen_in(request))
        messages.success(request, _("已签字"))
        return redirect("desk:home-check", application.pk)
    known = HomeCheckForm(initial=_known(HomeCheck.objects.filter(step_id=step.pk).first()))
    shown = {"form": known, "sign_form": form}
    return _work_page(request, application, step, "home_check", status=refused.status, **shown)


@staff_form(Permission.APPLICATION_READ, Level.P3)
def evaluation(request: SignedIn, pk: UUID) -> HttpResponse:
    """民主评议."""
    application, step = for_work(request, pk, Work.EVALUATION)
    meeting = Evaluation.objects.filter(step_id=step.pk).first()
    form = EvaluationForm(request.POST or None, initial=_meeting(meeting))
    if request.method == "POST":
        return _record(request, application, step, form, "evaluation", _record_evaluation)
    return _work_page(request, application, step, "evaluation", form=form)


@staff_form(Permission.APPLICATION_READ, Level.P3)
def income_check(request: SignedIn, pk: UUID) -> HttpResponse:
    """家庭经济状况核对: asked, then answered."""
    application, step = for_work(request, pk, Work.INCOME_CHECK)
    check = IncomeCheck.objects.filter(step_id=step.pk).first()
    form = IncomeAnswerForm(request.POST or None) if check else AskForm(request.POST or None)
    if request.method == "POST":
        record = _answer_income_check if check else _ask_income_check
        return _record(request, application, step, form, "income_check", record)
    return _work_page(request, application, step, "income_check", form=form)


def _record_home_check(request: SignedIn, step: Step, form: Any) -> None:
    checks.record_home_check(
        step,
        visited_on=form.cleaned_data["visited_on"],
        findings=form.findings(),
        agrees=form.cleaned_data["agrees"] == "yes",
        photos=[_bytes(file) for file in request.FILES.getlist("photos")],
        by=request.user,
        seen=seen_in(request),
    )


def _record_evaluation(request: SignedIn, step: Step, form: Any) -> None:
    checks.record_evaluation(step, **form.cleaned_data, by=request.user, seen=seen_in(request))


def _ask_income_check(request: SignedIn, step: Step, form: Any) -> None:
    checks.ask_income_check(step, **form.cleaned_data, by=request.user, seen=seen_in(request))


def _answer_income_check(request: SignedIn, step: Step, form: Any) -> None:
    checks.answer_income_check(step, **form.cleaned_data, by=request.user, seen=seen_in(request))


def _record(
    request: SignedIn,
    application: Application,
    step: Step,
    form: Form,
    template: str,
    act: Callable[[SignedIn, Step, Any], None],
) -> HttpResponse:
    refused = refusals_in(form, only=KEEPS_FORM)
    if form.is_valid():
        with refused:
            act(request, step, form)
            messages.success(request, _("已登记"))
            return redirect(f"desk:{template.replace('_', '-')}", application.pk)
    application = find(request, application.pk)  # as it is now
    return _work_page(request, application, step, template, status=refused.status, form=form)


def _work_page(
    request: SignedIn,
    application: Application,
    step: Step,
    template: str,
    *,
    status: int = 200,
    **forms: Form,
) -> HttpResponse:
    access.log_access(application.holder, by=request.user, what=step.flow_step.name)
    context = {
        "application": application,
        "step": step,
        "seen": mark_of(application_shown(application)),
        "crumbs": crumbs(application),
        **forms,
        **_done_so_far(request.user, application, step),
    }
    return render(request, f"desk/reviewing/{template}.html", context, status=status)


def _done_so_far(user: User, application: Application, step: Step) -> dict[str, Any]:
    """What is already written down at this step, for the page around its form."""
    if step.work == Work.HOME_CHECK:
        check = HomeCheck.objects.filter(step_id=step.pk).first()
        signed = list(check.checkers.select_related("user").order_by("signed_at")) if check else []
        return {
            "check": check,
            "signed": signed,
            "photos": check.photos.count() if check else 0,
            "has_signed": any(checker.user_id == user.pk for checker in signed),
            "check_seen": mark_of(home_check_shown(step.pk)),
        }
    if step.work == Work.INCOME_CHECK:
        return {
            "check": IncomeCheck.objects.filter(step_id=step.pk).first(),
            "has_consent": has_consent(application, Consent.Purpose.CHECK),
        }
    return {}


def for_work(request: SignedIn, pk: UUID, work: Work) -> tuple[Application, Step]:
    application = find(request, pk)
    step = open_step_of(application.pk)
    if step is None or step.work != work or not review_panel.may_act(request.user, step):
        raise Moved
    refuse_kin(application.holder, request.user)  # before anything is typed
    return application, step


def _known(check: HomeCheck | None) -> dict[str, Any]:
    if check is None:
        return {}
    agrees = "yes" if check.agrees else "no"
    return {**check.findings.reveal(), "visited_on": check.visited_on, "agrees": agrees}


def _meeting(meeting: Evaluation | None) -> dict[str, Any]:
    if meeting is None:
        return {}
    names = ("met_on", "entitled", "present", "agreed", "against")
    return {name: getattr(meeting, name) for name in names} | {"minutes": meeting.minutes.reveal()}


def _bytes(file: UploadedFile) -> bytes:
    return file.read()


def crumbs(application: Application) -> list[tuple[str, str]]:
    return [
        (N_("待办"), reverse("desk:work-list")),
        (application.number or "", reverse("desk:application", args=[application.pk])),
    ]
