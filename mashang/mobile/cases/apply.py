"""自主申请: the form on the phone, step by step; the same page shows, mends and says what is wrong."""

import secrets
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mashang import workflows
from mashang.cases.actions import applications
from mashang.cases.form import consents
from mashang.cases.form.fields import Page, Step
from mashang.cases.form.sheets import Sheet
from mashang.cases.models import Application
from mashang.cases.queries import drafts, summary
from mashang.cases.queries.shown import draft_shown
from mashang.cases.refusals import NotFilled
from mashang.core.errors import Invalid, Missing
from mashang.core.requests.idempotency import Answer, once
from mashang.core.seen import ChangedMeanwhile, mark_of
from mashang.mobile.cases import attachments, choose_union, members
from mashang.mobile.cases.forms.apply import ConsentForm
from mashang.mobile.cases.steps import draw, editable_application, go_on, step_named, step_url
from mashang.web.forms import seen_in
from mashang.web.policies import Level, own_act, own_form, own_page
from mashang.web.request import SignedIn


@own_page(Level.P3)
def begin(request: SignedIn) -> HttpResponse:
    """申请: which of the two kinds, or on with the one that has begun."""
    live = Application.objects.own(request.user).live().first()
    if live is None:
        return render(request, "mobile/apply/begin.html", {"back": reverse("mobile:home")})
    if live.state != Application.State.DRAFT:
        return HttpResponseRedirect(reverse("mobile:matter", args=[live.pk]))
    return render(
        request, "mobile/apply/resume.html", {"draft": live, "back": reverse("mobile:home")}
    )


@own_page(Level.P4)
def resume(request: SignedIn) -> HttpResponse:
    """接着填: to the first step that is not done yet."""
    application = editable_application(request)
    lacks = drafts.lacks_of(application)
    return HttpResponseRedirect(step_url(lacks[0].key if lacks else "check"))


@own_form(Level.P4)
def step(request: SignedIn, key: str) -> HttpResponse:
    """填写一步."""
    application = editable_application(request)
    return PAGES[(shown := step_named(application, key)).page](request, application, shown)


@own_act(Level.P3)
def discard(request: SignedIn) -> HttpResponse:
    """删除草稿."""
    application = editable_application(request)
    if application.state != Application.State.DRAFT:
        raise Missing
    applications.discard(application, by=request.user)
    return HttpResponseRedirect(reverse("mobile:apply"))


@own_page(Level.P3)
def done(request: SignedIn, pk: UUID) -> HttpResponse:
    """申请已提交."""
    application = (
        Application.objects.own(request.user).select_related("union").filter(pk=pk).first()
    )
    if application is None:
        raise Missing
    return render(request, "mobile/apply/done.html", {"application": application})


# The pages of a step ----------------------------------------------------------------------


def _form(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    answers, regions = application.answers.reveal(), drafts.regions_for(step)
    if request.method == "GET":
        return draw(request, "step", application, step, form=Sheet(step, answers, regions))
    typed = dict(request.POST.lists())
    try:
        application = applications.fill(application, step, typed, by=request.user)
    except Invalid as refusal:
        sheet = Sheet(step, answers, regions, typed=typed, wrong=refusal.fields)
        return draw(request, "step", application, step, form=sheet, status=422)
    return go_on(request, application, step)


def _consents(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    asked = consents.asked_of(application.kind, application.answers.reveal())
    given = drafts.consents_given(application.holder)
    if request.method == "GET":
        return draw(request, "consents", application, step, form=ConsentForm(asked, given))
    ticked = {a.purpose for a in asked if request.POST.get(a.purpose)}
    ticks = {a.purpose: a.purpose in ticked for a in asked}
    applications.agree(application, ticks, by=request.user)
    missing = consents.lacking(application.kind, application.answers.reveal(), ticked)
    if missing:
        form = ConsentForm(asked, ticked, missing=missing)
        return draw(request, "consents", application, step, form=form, status=422)
    return go_on(request, application, step)


def _check(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    if request.method == "GET":
        return _draw_check(request, application, step)
    try:
        answer = once(
            request.user.pk,
            request.POST.get("key", ""),
            application.pk.bytes,
            lambda: _submitted(application, request),
        )
    except NotFilled:
        return _draw_check(request, application, step, status=422)
    except ChangedMeanwhile as refusal:
        now = editable_application(request)
        return _draw_check(request, now, step, status=refusal.status, refusal=refusal)
    return HttpResponseRedirect(answer.location)


def _submitted(application: Application, request: SignedIn) -> Answer:
    workflows.submit_application(application, by=request.user, seen=seen_in(request))
    return Answer(303, location=reverse("mobile:apply-done", args=[application.pk]))


def _draw_check(
    request: SignedIn,
    application: Application,
    step: Step,
    status: int = 200,
    refusal: ChangedMeanwhile | None = None,
) -> HttpResponse:
    return draw(
        request,
        "check",
        application,
        step,
        status=status,
        chapters=summary.chapters_of(application),
        lacks=drafts.lacks_of(application),
        may_submit=drafts.may_submit(application),
        key=secrets.token_urlsafe(16),
        seen=mark_of(draft_shown(application)),
        refusal=refusal,
    )


PAGES = {
    Page.FORM: _form,
    Page.WHERE: choose_union.page,
    Page.MEMBERS: members.page,
    Page.PAPERS: attachments.page,
    Page.CONSENTS: _consents,
    Page.SIGN: attachments.sign,
    Page.CHECK: _check,
}
