"""代办: a colleague fills in the same steps for a worker who came to the counter with signed papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.cases.actions import access, applications, assisted, limits, papers
from mashang.cases.form import consents, forms, lists
from mashang.cases.form.checks import unveiled
from mashang.cases.form.conditions import members_of
from mashang.cases.form.fields import Answers, Page, Step
from mashang.cases.form.papers import KINDS
from mashang.cases.form.sheets import Sheet
from mashang.cases.models import Application, Attachment
from mashang.cases.queries import drafts, places
from mashang.cases.queries.access import FILLING_IN, access_basis
from mashang.cases.queries.answers import contradictory
from mashang.cases.queries.shown import draft_shown
from mashang.cases.refusals import HasLiveApplication
from mashang.core.errors import DomainError, Invalid, Missing
from mashang.core.privacy.keys import blind_index, normalise_id
from mashang.core.privacy.photos import BadPhoto, check_size
from mashang.core.seen import ChangedMeanwhile, mark_of
from mashang.core.wording import unaddressed
from mashang.desk.cases.forms.assist import BeginForm, PaperForm, ReasonForm
from mashang.unions.roles import Permission
from mashang.web.forms import is_sure, refusals_in, seen_in
from mashang.web.policies import Level, staff_act, staff_form
from mashang.web.request import SignedIn

ASSIST = Permission.APPLICATION_ASSIST


@staff_form(ASSIST, Level.P3)
def begin(request: SignedIn) -> HttpResponse:
    """代办: those under way, and the form that begins one."""
    unions = places.receiving_below(request.user)
    if request.method == "GET":
        return _draw_begin(request, BeginForm(unions, words=request.GET.get("words", "")))
    form = BeginForm(unions, request.POST)
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            return HttpResponseRedirect(_url(_begun(request, form.cleaned_data)))
    return _draw_begin(request, form, 422)


def _begun(request: SignedIn, typed: dict[str, Any]) -> Application:
    """A new application, or the one that is under way already."""
    limits.count_id_number(typed["number"], by=request.user)
    try:
        return assisted.start_for(
            typed["number"],
            kind=typed["kind"],
            union=typed["union"],
            reason=typed["reason"],
            by=request.user,
            is_sure=is_sure(request),
        )
    except HasLiveApplication:
        messages.info(request, _("这位职工已有一份正在办理的申请，请接着办"))
        return _live_of(request, typed["number"])


@staff_form(ASSIST, Level.P3)
def overview(request: SignedIn, pk: UUID) -> HttpResponse:
    """代办总览: every step with what it lacks; the last button submits."""
    application = _found(request, pk)
    fills_in = access_basis(request.user, application.holder, [FILLING_IN]) is not None
    if request.method == "POST" and fills_in:
        return _submit(request, application)
    if not fills_in:
        return render(request, "desk/assist/take_over.html", _frame(application, form=ReasonForm()))
    return _draw_overview(request, application)


@staff_act(ASSIST, Level.P3)
def take_over(request: SignedIn, pk: UUID) -> HttpResponse:
    """接着代办: the reason first."""
    application = _found(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            assisted.take_over(application, reason=form.cleaned_data["reason"], by=request.user)
            return HttpResponseRedirect(_url(application))
    return render(request, "desk/assist/take_over.html", _frame(application, form=form), status=422)


@staff_form(ASSIST, Level.P3)
def step(request: SignedIn, pk: UUID, key: str) -> HttpResponse:
    """代填一步. What is sealed under P4 stays veiled; every look is written down."""
    application = _taken_over(request, pk)
    answers = application.answers.reveal()
    shown = forms.step_of(application.kind, key, answers)
    if shown.page is Page.CONSENTS:
        return _consents(request, application, shown)
    if shown.page is not Page.FORM:
        return HttpResponseRedirect(_url(application))
    if request.method == "GET":
        sheet = Sheet(shown, answers, drafts.regions_for(shown), veiled=True)
        return _draw_step(request, application, shown, sheet)
    typed = dict(request.POST.lists())
    limits.count_id_number("".join(typed.get("id_number", [])), by=request.user)
    try:
        applications.fill(application, shown, unveiled(shown, typed, answers), by=request.user)
    except Invalid as refusal:
        regions = drafts.regions_for(shown)
        sheet = Sheet(shown, answers, regions, typed=typed, wrong=refusal.fields, veiled=True)
        return _draw_step(request, application, shown, sheet, 422)
    return _go_on(request, application, shown)


@staff_form(ASSIST, Level.P3)
def member(request: SignedIn, pk: UUID, key: str, part: str) -> HttpResponse:
    """代填家人."""
    application = _taken_over(request, pk)
    person = drafts.member_named(application.answers.reveal(), key)
    shown = next((p for p in forms.parts_of(person) if p.key == part), None)
    if shown is None:
        raise Missing
    if request.method == "GET":
        sheet = Sheet(shown, person, {}, veiled=True)
        return _draw_step(request, application, shown, sheet, member=person)
    typed = dict(request.POST.lists())
    limits.count_id_number("".join(typed.get("id_number", [])), by=request.user)
    try:
        application = applications.fill_member(
            application, key, shown, unveiled(shown, typed, person), by=request.user
        )
    except Invalid as refusal:
        sheet = Sheet(shown, person, {}, typed=typed, wrong=refusal.fields, veiled=True)
        return _draw_step(request, application, shown, sheet, 422, member=person)
    person = drafts.member_named(application.answers.reveal(), key)
    following = drafts.next_part(person, shown)
    if following is None:
        return HttpResponseRedirect(_url(application))
    return HttpResponseRedirect(reverse("desk:assist-member", args=[pk, key, following.key]))


@staff_act(ASSIST, Level.P3)
def remove_member(request: SignedIn, pk: UUID, key: str) -> HttpResponse:
    """去掉家人, or say that there is nobody else (key `nobody`)."""
    application = _taken_over(request, pk)
    if key == "nobody":
        applications.say_alone(application, alone=True, by=request.user)
    else:
        applications.remove_member(application, key, by=request.user)
    return HttpResponseRedirect(_url(application))


@staff_form(ASSIST, Level.P3)
def paper(request: SignedIn, pk: UUID) -> HttpResponse:
    """代交材料: photos of the papers, the signed ones among them."""
    application = _taken_over(request, pk)
    if request.method == "GET":
        return _draw_papers(request, application, PaperForm())
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_in(form, "photo", only=Invalid):
            _keep_paper(request, application, form)
            messages.success(request, _("照片已交上"))
            return HttpResponseRedirect(reverse("desk:assist-papers", args=[pk]))
    return _draw_papers(request, application, form, 422)


@staff_form(ASSIST, Level.P3)
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """代办撤回: with the worker's signed wish."""
    application = _found(request, pk)
    form = ReasonForm(request.POST or None, request.FILES or None, with_proof=True)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, "photo", only=Invalid):
            assisted.withdraw_for(
                application,
                reason=form.cleaned_data["reason"],
                proof=_bytes_of(form.cleaned_data["photo"]),
                by=request.user,
            )
            messages.success(request, _("申请已撤回"))
            return HttpResponseRedirect(reverse("desk:assist"))
    status = 422 if request.method == "POST" else 200
    return render(
        request, "desk/assist/withdraw.html", _frame(application, form=form), status=status
    )


# Inside -----------------------------------------------------------------------------------


def _found(request: SignedIn, pk: UUID) -> Application:
    rows = Application.objects.visible_to(request.user).live()
    application = (
        rows.select_related("holder__data_key", "holder__user", "union").filter(pk=pk).first()
    )
    if application is None:
        raise Missing
    return application


def _taken_over(request: SignedIn, pk: UUID) -> Application:
    """One that this colleague fills in; without the reason written down nothing of it is shown."""
    application = _found(request, pk)
    applications.require_may_fill(application, request.user)
    access.require_basis(application.holder, by=request.user, among=[FILLING_IN])
    return application


def _live_of(request: SignedIn, number: str) -> Application:
    index = blind_index("id", normalise_id(number))
    rows = Application.objects.visible_to(request.user).live().filter(holder__id_index=index)
    application = rows.select_related("union").first()
    if application is None:
        raise Missing
    return application


def _url(application: Application) -> str:
    return reverse("desk:assist-overview", args=[application.pk])


def _look(request: SignedIn, application: Application, part: str) -> None:
    access.log_access(
        application.holder, by=request.user, among=[FILLING_IN], what=N_("代办") + "·" + part
    )


def _submit(request: SignedIn, application: Application) -> HttpResponse:
    try:
        workflows.submit_application(application, by=request.user, seen=seen_in(request))
    except (Invalid, ChangedMeanwhile) as refusal:
        return _draw_overview(request, _found(request, application.pk), refusal=refusal)
    messages.success(
        request,
        _("已替本人提交，申请编号 %(number)s") % {"number": _found(request, application.pk).number},
    )
    return HttpResponseRedirect(reverse("desk:assist"))


def _consents(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    answers = application.answers.reveal()
    asked = consents.asked_of(application.kind, answers)
    if request.method == "POST":
        ticks = {a.purpose: bool(request.POST.get(a.purpose)) for a in asked}
        assisted.agree_on_paper(application, ticks, by=request.user)
        return _go_on(request, application, step)
    _look(request, application, unaddressed(step.title))
    given = drafts.consents_given(application.holder)
    rows = [{"asked": a, "is_given": a.purpose in given} for a in asked]
    return render(request, "desk/assist/consents.html", _frame(application, step=step, rows=rows))


def _go_on(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    """To the next plain step that still lacks something, else to the overview."""
    application = _found(request, application.pk)
    answers = application.answers.reveal()
    keys = [s.key for s in forms.steps_of(application.kind, answers)]
    lacking = {lack.key for lack in drafts.lacks_of(application)}
    later = keys[keys.index(step.key) + 1 :]
    plain = (Page.FORM, Page.CONSENTS)
    for key in later:
        if key in lacking and forms.step_of(application.kind, key, answers).page in plain:
            return HttpResponseRedirect(reverse("desk:assist-step", args=[application.pk, key]))
    return HttpResponseRedirect(_url(application))


def _keep_paper(request: SignedIn, application: Application, form: PaperForm) -> None:
    data, kind = _bytes_of(form.cleaned_data["photo"]), form.cleaned_data["kind"]
    if kind == drafts.SIGNATURE:
        papers.sign(application, data=data, by=request.user)
    else:
        papers.add(application, kind=kind, data=data, by=request.user)


def _bytes_of(upload: Any) -> bytes:
    check_size(upload.size)
    data: bytes = upload.read()
    if len(data) != upload.size:
        raise BadPhoto(N_("这张照片没有传完整，请重新选一次"))
    return data


def _frame(application: Application, **more: Any) -> dict[str, Any]:
    crumbs = [(N_("代办"), reverse("desk:assist")), (N_("这份申请"), _url(application))]
    return {"application": application, "crumbs": crumbs, **more}


def _draw_begin(request: SignedIn, form: BeginForm, status: int = 200) -> HttpResponse:
    still = (Application.State.DRAFT, Application.State.SUBMITTED)
    under_way = Application.objects.visible_to(request.user).filter(state__in=still)
    rows = under_way.exclude(assist_reason="").select_related("union").order_by("-changed_at")
    context = {"form": form, "rows": rows[:50], "words": request.GET.get("words", "")}
    return render(request, "desk/assist/begin.html", context, status=status)


def _draw_overview(
    request: SignedIn, application: Application, refusal: DomainError | None = None
) -> HttpResponse:
    _look(request, application, N_("申请总览"))
    answers = application.answers.reveal()
    lacks = {lack.key: lack for lack in drafts.lacks_of(application)}
    steps = [
        {"step": step, "lack": lacks.get(step.key)}
        for step in forms.steps_of(application.kind, answers)
        if step.page not in (Page.WHERE, Page.CHECK)
    ]
    context = _frame(
        application, steps=steps, people=_people(answers), lacks=list(lacks.values()),
        refusal=refusal, new=drafts.new_member_key(), contradictions=contradictory(application),
        seen=mark_of(draft_shown(application)),
    )  # fmt: skip
    return render(
        request, "desk/assist/overview.html", context, status=refusal.status if refusal else 200
    )


def _people(answers: Answers) -> list[dict[str, str]]:
    """Who lives there, by relation; names stay in the form."""
    return [
        {
            "key": person["key"],
            "relation": lists.RELATION.get(person.get("relation", ""), N_("家人")),
            "identity": lists.IDENTITY.get(person.get("identity", ""), ""),
        }
        for person in members_of(answers)
    ]


def _draw_step(
    request: SignedIn,
    application: Application,
    step: Step,
    sheet: Sheet,
    status: int = 200,
    member: Any = None,
) -> HttpResponse:
    _look(request, application, N_("家庭成员") if member else unaddressed(step.title))
    context = _frame(application, step=step, form=sheet, member=member)
    return render(request, "desk/assist/step.html", context, status=status)


def _draw_papers(
    request: SignedIn, application: Application, form: PaperForm, status: int = 200
) -> HttpResponse:
    _look(request, application, N_("材料"))
    rows = Attachment.objects.of_holder(application.holder).filter(
        application=application, removed_at=None
    )
    rows_of_papers = [
        {"paper": paper, "label": KINDS[paper.kind]} for paper in rows.order_by("created_at")
    ]
    context = _frame(application, form=form, papers=rows_of_papers)
    return render(request, "desk/assist/papers.html", context, status=status)
