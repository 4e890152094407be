"""公示: publish, print for the wall, answer objections."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access
from mashang.cases.actions import publicity as actions
from mashang.cases.models import Application, Objection, Publicity
from mashang.cases.queries.shown import application_shown, objection_shown
from mashang.core.seen import mark_of
from mashang.desk.cases.applications import find
from mashang.desk.cases.forms.reviews import AnswerForm, PublishForm
from mashang.desk.cases.reviews import KEEPS_FORM, crumbs, for_work
from mashang.reviews.models import FlowStep
from mashang.unions.roles import Permission
from mashang.web.forms import posted, refusals_in, seen_in
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn

Work = FlowStep.Work


@staff_form(Permission.APPLICATION_READ, Level.P3)
def publicity(request: SignedIn, pk: UUID) -> HttpResponse:
    """发布公示, and afterwards what came in about it."""
    application, step = for_work(request, pk, Work.PUBLICITY)
    form = PublishForm(*posted(request))
    refused = refusals_in(form, only=KEEPS_FORM)
    if form.is_valid():
        with refused:
            place, seen = form.cleaned_data["place"], seen_in(request)
            actions.publish(step, place=place, by=request.user, seen=seen)
            messages.success(request, _("已发布，到期自动撤下"))
            return redirect("desk:publicity", application.pk)
    status = refused.status if form.errors else 200
    return _page(request, find(request, pk), step.pk, form=form, status=status)


@staff_act(Permission.APPLICATION_READ, Level.P3)
def answer(request: SignedIn, pk: UUID, objection_id: UUID) -> HttpResponse:
    """答复异议."""
    application, step = for_work(request, pk, Work.PUBLICITY)
    objections = Objection.objects.of_application(application).select_related(
        "publicity", "data_key"
    )
    objection = get_object_or_404(objections, pk=objection_id)
    form = AnswerForm(request.POST)
    refused = refusals_in(form, only=KEEPS_FORM)
    if form.is_valid():
        words, upheld = form.cleaned_data["words"], form.cleaned_data["upheld"] == "yes"
        with refused:
            actions.answer(
                objection, upheld=upheld, words=words, by=request.user, seen=seen_in(request)
            )
            messages.success(request, _("已答复"))
            return redirect("desk:publicity", application.pk)
    answering = (objection.pk, form)
    return _page(request, find(request, pk), step.pk, answering=answering, status=refused.status)


@staff_page(Permission.APPLICATION_READ, Level.P3)
def notice(request: SignedIn, pk: UUID) -> HttpResponse:
    """公示单: the same masked words on paper, for the wall."""
    application = find(request, pk)
    shown = get_object_or_404(application.publicities.order_by("-created_at")[:1])
    return render(
        request, "desk/publicity/notice.html", {"notice": shown, "application": application}
    )


def _page(
    request: SignedIn,
    application: Application,
    step_id: UUID,
    *,
    form: PublishForm | None = None,
    answering: tuple[UUID, AnswerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    access.log_access(application.holder, by=request.user, what=N_("公示"))
    shown = Publicity.objects.of_step(step_id).first()
    context = {
        "application": application,
        "seen": mark_of(application_shown(application)),
        "crumbs": crumbs(application),
        "notice": shown,
        "address": _address(request, shown) if shown else "",
        "objections": _objections(shown, answering),
        "form": form or PublishForm(),
    }
    return render(request, "desk/publicity/page.html", context, status=status)


def _address(request: SignedIn, shown: Publicity) -> str:
    return request.build_absolute_uri(reverse("mobile:publicity", args=[shown.slug]))


def _objections(
    shown: Publicity | None, answering: tuple[UUID, AnswerForm] | None
) -> list[dict[str, Any]]:
    """Each objection with the form of its answer, the one that came back with something amiss too."""
    rows = shown.objections.select_related("data_key").order_by("created_at") if shown else []
    again, form = answering or (None, None)
    return [
        {
            "row": row,
            "form": form if row.pk == again else AnswerForm(auto_id=f"id_{row.pk}_%s"),
            "seen": mark_of(objection_shown(row)),
        }
        for row in rows
    ]
