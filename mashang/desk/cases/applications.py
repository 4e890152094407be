"""申请: one application on the desk: what was told, the papers, the figures, and the way so far."""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access, limits
from mashang.cases.form.papers import KINDS
from mashang.cases.models import Application, Attachment, Holder
from mashang.cases.queries import answers
from mashang.core.errors import Invalid
from mashang.core.privacy import store
from mashang.desk.cases import reveals, review_panel
from mashang.desk.cases.forms.reviews import BreakGlassForm
from mashang.reviews import queries as reviews
from mashang.unions.roles import Permission, holds
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn

TABS = {
    "overview": N_("概况"),
    "family": N_("家庭成员"),
    "money": N_("收入支出"),
    "papers": N_("材料"),
    "assessment": N_("测算"),
    "history": N_("审核经过"),
}


@staff_page(Permission.APPLICATION_READ, Level.P3)
def application(request: SignedIn, pk: UUID, tab: str = "overview") -> HttpResponse:
    """申请页: each tab is a look of its own, written down before it is shown."""
    if tab not in TABS:
        raise Http404
    application = find(request, pk)
    try:
        access.log_access(application.holder, by=request.user, what=N_("申请") + "·" + TABS[tab])
    except access.NoAccessBasis as refusal:
        may_break = holds(request.user, Permission.CASE_BREAK_GLASS)
        context = {"refusal": refusal, "application": application, "may_break": may_break}
        return render(
            request, "desk/applications/no_access_basis.html", context, status=refusal.status
        )
    return page(request, application, tab)


@staff_act(Permission.APPLICATION_READ, Level.P4, fresh=True)
def reveal(request: SignedIn, pk: UUID, key: str) -> HttpResponse:
    """显示: one hidden answer, for a purpose that is said, after a fresh proof of who asks."""
    application = find(request, pk)
    line, plain = answers.revealed(application, key)
    return reveals.answer(
        request,
        application.holder,
        label=line.label,
        mask=line.shown,
        plain=lambda: plain,
        back=reverse("desk:application", args=[application.pk]),
    )


@staff_page(Permission.APPLICATION_READ, Level.P4, fresh=True)
def paper(request: SignedIn, pk: UUID) -> HttpResponse:
    """看材料: one paper; the picture travels inside the page, so that one look is one row."""
    papers = Attachment.objects.visible_to(request.user).filter(removed_at=None)
    papers = papers.exclude(application__state=Application.State.DRAFT)
    attachment = get_object_or_404(papers.select_related("holder__data_key", "application"), pk=pk)
    answers.require_agreed_paper(attachment)
    limits.count_paper(request.user)
    label = KINDS.get(attachment.kind, attachment.kind)
    access.log_access(
        attachment.holder, by=request.user, what=N_("材料") + "·" + label, reason=N_("核对材料")
    )
    data = store.read(attachment.blob, attachment.holder.data_key)
    context = {
        "paper": attachment,
        "label": label,
        "picture": base64.b64encode(data).decode(),
        "others": _papers(attachment.holder, attachment.application),
    }
    return render(request, "desk/applications/paper.html", context)


@staff_page(Permission.APPLICATION_READ, Level.P3)
def approval_form(request: SignedIn, pk: UUID) -> HttpResponse:
    """审批表: on paper, with numbers masked, for the hand-written signatures and seals."""
    application = find(request, pk)
    access.log_access(
        application.holder, by=request.user, what=N_("打印审批表"), reason=N_("签字盖章")
    )
    context = {
        "application": application,
        "sections": [part for tab in answers.TABS for part in answers.sections(application, tab)],
        "result": review_panel.result_of(application),
        "steps": reviews.history(application.pk),
    }
    return render(request, "desk/applications/form.html", context)


@staff_form(Permission.CASE_BREAK_GLASS, Level.P3, fresh=True)
def break_glass(request: SignedIn, holder_id: UUID) -> HttpResponse:
    """应急查阅: without any other basis, with a reason, and the keepers hear of it."""
    holder = get_object_or_404(
        Holder.objects.known_to(request.user).select_related("union"), pk=holder_id
    )
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, only=Invalid):
            access.break_glass(holder, reason=form.cleaned_data["reason"], by=request.user)
            return HttpResponseRedirect(_next(request))
    context = {"form": form, "next": _next(request)}
    return render(request, "desk/applications/break_glass.html", context, status=status_of(form))


# What the pages of reviewing share ----------------------------------------------------


def find(request: SignedIn, pk: UUID) -> Application:
    """An application within the scope; a draft is still the worker's own."""
    rows = Application.objects.visible_to(request.user).exclude(state=Application.State.DRAFT)
    return get_object_or_404(
        rows.select_related("holder__data_key", "holder__user", "union"), pk=pk
    )


def page(
    request: SignedIn, application: Application, tab: str, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page around a tab; `forms` are those that came back with something amiss."""
    context = {
        "application": application,
        "tab": tab,
        "tabs": _tabs(application, tab),
        "crumbs": [(N_("待办"), reverse("desk:work-list"))],
        "panel": review_panel.panel(request.user, application, **forms),
        "stages": reviews.stages(application.pk),
        **_content(application, tab),
    }
    return render(request, f"desk/applications/{_template(tab)}.html", context, status=status)


def done(request: SignedIn, application: Application, words: str) -> HttpResponse:
    """After an act: on to the next step if it is this colleague's too, else back to the list."""
    messages.success(request, words)
    step = reviews.open_step_of(application.pk)
    if step is not None and review_panel.may_act(request.user, step):
        return redirect("desk:application", application.pk)
    return redirect("desk:work-list")


def _template(tab: str) -> str:
    return "answers" if tab in answers.TABS else tab


def _content(application: Application, tab: str) -> dict[str, Any]:
    if tab in answers.TABS:
        content: dict[str, Any] = {"sections": answers.sections(application, tab)}
        if tab == "overview":
            content["result"] = review_panel.result_of(application)
            content["contradictions"] = answers.contradictory(application)
        return content
    if tab == "papers":
        return {"papers": _papers(application.holder, application)}
    if tab == "assessment":
        return {"result": review_panel.result_of(application)}
    return {"steps": reviews.history(application.pk)}


def _papers(holder: Holder, application: Application | None) -> list[tuple[str, list[Attachment]]]:
    """The papers by kind, in the order of the catalogue."""
    rows = Attachment.objects.of_holder(holder).filter(application=application, removed_at=None)
    attachments = list(rows.order_by("created_at", "pk"))
    by_kind = {kind: [row for row in attachments if row.kind == kind] for kind in KINDS}
    return [(KINDS[kind], photos) for kind, photos in by_kind.items() if photos]


def _tabs(application: Application, current: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "href": reverse("desk:application-tab", args=[application.pk, tab]),
            "current": tab == current,
            "count": None,
        }
        for tab, name in TABS.items()
    ]


def _next(request: SignedIn) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()})
    return wanted if is_ours and wanted.startswith("/desk/") else reverse("desk:work-list")
