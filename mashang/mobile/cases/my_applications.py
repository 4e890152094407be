"""我的事项: how things stand, what is missing, and what one can do about it."""

from uuid import UUID

from django.contrib import messages
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.aid.models import AidProposal
from mashang.cases.actions import account_links, applications, papers
from mashang.cases.form.papers import KINDS, OF_THE_UNION
from mashang.cases.models import Application, Attachment
from mashang.cases.queries import drafts, my_applications
from mashang.cases.queries.accounts import change_that_holds_back, is_taken_back
from mashang.core.errors import Invalid, TooMany
from mashang.mobile.cases.attachments import received_all
from mashang.mobile.cases.badges import badges_of, timeline_of
from mashang.mobile.cases.forms.apply import ClaimForm, PaperForm
from mashang.web.forms import words_for
from mashang.web.policies import Level, anyone_page, own_form, own_page
from mashang.web.request import SignedIn

_OWN_PAPERS = [kind for kind in KINDS if kind not in OF_THE_UNION | {drafts.SIGNATURE}]


@own_page(Level.P3)
def index(request: SignedIn) -> HttpResponse:
    """我的事项."""
    rows = badges_of(my_applications.matters_of(request.user), request.user)
    return render(request, "mobile/matters/index.html", {"rows": rows, "tab": "matters"})


@own_form(Level.P3)
def link_account(request: SignedIn) -> HttpResponse:
    """找回工会替我办的申请."""
    form = ClaimForm()
    status = 200
    if request.method == "POST":
        number = request.POST.get("number", "")
        try:
            account_links.link(number, by=request.user)
        except (Invalid, TooMany) as refusal:
            form = ClaimForm(number, {"number": words_for("number", refusal)})
            status = refusal.status
        else:
            messages.success(request, _("找到了，以后可以在这里看进度"))
            return HttpResponseRedirect(reverse("mobile:matters"))
    context = {"form": form, "back": reverse("mobile:matters")}
    return render(request, "mobile/matters/link.html", context, status=status)


@anyone_page(Level.P1)
def link_account_moved(request: HttpRequest) -> HttpResponse:
    """Its address until 2026-11-30, which people have kept."""
    query = request.META.get("QUERY_STRING", "")
    url = reverse("mobile:link-account")
    return HttpResponsePermanentRedirect(f"{url}?{query}" if query else url)


@own_page(Level.P3)
def matter(request: SignedIn, pk: UUID) -> HttpResponse:
    """一件申请."""
    application = my_applications.own_application(request.user, pk)
    granted = AidProposal.objects.granted_by(application).select_related("aid").first()
    is_to_be_paid = granted is not None and granted.state == AidProposal.State.PROPOSED
    matter = my_applications.matter_of(application)
    context = {
        "matter": matter,
        "timeline": timeline_of(matter.items, is_unpaid=is_to_be_paid),
        "badge": badges_of([application], request.user)[0],
        "granted": granted,
        "holds_back": change_that_holds_back(application) if is_to_be_paid else None,
        "is_taken_back": is_to_be_paid and is_taken_back(application),
        "back": reverse("mobile:matters"),
        "tab": "matters",
    }
    return render(request, "mobile/matters/matter.html", context)


@own_form(Level.P4)
def add_papers(request: SignedIn, pk: UUID) -> HttpResponse:
    """补材料: while it is under way."""
    application = my_applications.own_application(request.user, pk)
    if request.method == "GET":
        return _draw_papers(request, application, PaperForm(_choices(application)))
    try:
        for data in received_all(request):
            papers.add(application, kind=request.POST.get("kind", ""), data=data, by=request.user)
    except (Invalid, TooMany) as refusal:
        wrong = (
            {"photo": words_for("photo", refusal)}
            if isinstance(refusal, TooMany)
            else refusal.fields
        )
        form = PaperForm(_choices(application), kind=request.POST.get("kind", ""), wrong=wrong)
        return _draw_papers(request, application, form, status=422)
    messages.success(request, _("材料已补上，工会看得到"))
    return HttpResponseRedirect(reverse("mobile:matter", args=[application.pk]))


@own_form(Level.P3)
def withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """撤回: asks once and names the effect."""
    application = my_applications.own_application(request.user, pk)
    back = reverse("mobile:matter", args=[application.pk])
    if request.method == "GET":
        context = {"application": application, "back": back}
        return render(request, "mobile/matters/withdraw.html", context)
    applications.withdraw(application, by=request.user)
    messages.success(request, _("申请已撤回"))
    return HttpResponseRedirect(back)


def _choices(application: Application) -> list[tuple[str, str]]:
    """What was asked for stands first."""
    asked = [kind for kind in application.missing if kind in KINDS]
    kinds = [*asked, *(kind for kind in _OWN_PAPERS if kind not in asked)]
    return [("", N_("请选择")), *((kind, KINDS[kind]) for kind in kinds)]


def _draw_papers(
    request: SignedIn, application: Application, form: PaperForm, status: int = 200
) -> HttpResponse:
    rows = Attachment.objects.own(request.user).filter(application=application, removed_at=None)
    attachments = [
        {"url": reverse("mobile:photo", args=[paper.pk]), "name": KINDS[paper.kind]}
        for paper in rows.order_by("kind", "created_at")
    ]
    context = {
        "application": application,
        "form": form,
        "photos": attachments,
        "back": reverse("mobile:matter", args=[application.pk]),
    }
    return render(request, "mobile/matters/papers.html", context, status=status)
