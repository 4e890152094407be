"""材料与签名: photographs of papers by kind, the signature, and the one view that shows a photo."""

import base64
import binascii
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access, papers
from mashang.cases.form.fields import Page, Step
from mashang.cases.form.papers import KINDS, OF_THE_UNION, papers_for
from mashang.cases.models import Application, Attachment
from mashang.cases.queries import drafts
from mashang.cases.queries.access import OWN
from mashang.core.errors import Invalid, Missing, TooMany
from mashang.core.privacy import photos, store
from mashang.core.privacy.photos import BadPhoto
from mashang.mobile.cases.forms.apply import PhotoForm, SignatureForm
from mashang.mobile.cases.steps import draw, editable_application, go_on, step_named
from mashang.web.forms import words_for
from mashang.web.policies import Level, own_act, own_form, own_page
from mashang.web.request import SignedIn

PNG_URL = "data:image/png;base64,"


def page(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    """材料清单: which papers, why, and how many photos are there."""
    if request.method == "POST":
        return go_on(request, application, step)
    attachments = _kept(application)
    counts = {kind: sum(paper.kind == kind for paper in attachments) for kind in KINDS}
    wanted = papers_for(application.kind, application.answers.reveal())
    rows = [(paper, counts[paper.kind]) for paper in wanted]
    return draw(
        request, "papers", application, step,
        needed=[row for row in rows if row[0].is_needed],
        helpful=[row for row in rows if not row[0].is_needed],
    )  # fmt: skip


@own_form(Level.P4)
def kind(request: SignedIn, kind: str) -> HttpResponse:
    """拍一种材料."""
    application = editable_application(request)
    step = step_named(application, Page.PAPERS.value)
    if kind not in KINDS or kind in OF_THE_UNION:
        raise Missing
    if request.method == "GET":
        return _draw_kind(request, application, step, kind)
    try:
        for data in received_all(request):
            papers.add(application, kind=kind, data=data, by=request.user)
    except (Invalid, TooMany) as refusal:
        return _draw_kind(request, application, step, kind, words_for("photo", refusal))
    return HttpResponseRedirect(reverse("mobile:apply-step", args=[Page.PAPERS.value]))


@own_act(Level.P4)
def remove(request: SignedIn, pk: UUID) -> HttpResponse:
    """删掉一张照片."""
    paper = _own(request, pk)
    papers.remove(paper, by=request.user)
    return HttpResponseRedirect(reverse("mobile:apply-papers", args=[paper.kind]))


def sign(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    """签名: written on the glass, or photographed from paper."""
    has_signed = drafts.has_signed(application)
    if request.method == "GET":
        return draw(request, "sign", application, step, form=SignatureForm(), has_signed=has_signed)
    signature, photo = request.POST.get("signature", ""), request.FILES.get("photo")
    try:
        if signature or photo or not has_signed:
            data = received(photo) if photo else _signature(signature)
            papers.sign(application, data=data, by=request.user)
    except (Invalid, TooMany) as refusal:
        form = SignatureForm(signature, wrong=words_for("photo", refusal))
        return draw(
            request, "sign", application, step, form=form, has_signed=has_signed, status=422
        )
    return go_on(request, application, step)


@own_page(Level.P4)
def photo(request: SignedIn, pk: UUID) -> HttpResponse:
    """看一张自己的照片."""
    paper = _own(request, pk)
    access.log_access(paper.holder, by=request.user, among=[OWN], what=N_("自己交的材料照片"))
    response = HttpResponse(store.read(paper.blob, paper.holder.data_key), "image/jpeg")
    response.headers["Content-Disposition"] = "inline"
    return response


def received_all(request: SignedIn) -> list[bytes]:
    """Every photo of the form. Raises BadPhoto if there is none."""
    uploads = request.FILES.getlist("photo")
    return [received(upload) for upload in uploads] if uploads else [received(None)]


def received(upload: UploadedFile | None) -> bytes:
    """The bytes of an upload. Raises BadPhoto for none, too large, or more than fits at once."""
    size = upload.size or 0 if upload else 0
    photos.check_size(size)
    data: bytes = upload.read() if upload else b""
    if len(data) != size:
        raise BadPhoto(N_("一次选的照片太多了，请分几次上传"))
    return data


def _signature(data_url: str) -> bytes:
    if not data_url.startswith(PNG_URL):
        raise BadPhoto(N_("还没有签名，请在框里写上您的名字"))
    try:
        return base64.b64decode(data_url.removeprefix(PNG_URL), validate=True)
    except binascii.Error:
        raise BadPhoto(N_("签名没有传完整，请重新签一次")) from None


def _kept(application: Application) -> list[Attachment]:
    rows = Attachment.objects.of_holder(application.holder)
    return list(rows.filter(application=application, removed_at=None).order_by("created_at"))


def _own(request: SignedIn, pk: UUID) -> Attachment:
    rows = Attachment.objects.own(request.user).filter(pk=pk, removed_at=None)
    paper = rows.select_related("holder__data_key", "application__union").first()
    if paper is None:
        raise Missing
    return paper


def _draw_kind(
    request: SignedIn,
    application: Application,
    step: Step,
    kind: str,
    wrong: str = "",
) -> HttpResponse:
    why = {p.kind: p.why for p in papers_for(application.kind, application.answers.reveal())}
    return draw(
        request, "paper", application, step, status=422 if wrong else 200,
        form=PhotoForm(wrong=wrong), label=KINDS[kind], why=why.get(kind, ""), kind=kind,
        photos=[paper for paper in _kept(application) if paper.kind == kind],
        back=reverse("mobile:apply-step", args=[Page.PAPERS.value]),
    )  # fmt: skip
