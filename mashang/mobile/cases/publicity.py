"""公示: what the neighbourhood may read for five working days, and how to say that something is wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mashang.cases.actions import publicity
from mashang.cases.models import Publicity
from mashang.core.errors import Invalid, TooMany
from mashang.core.requests.limits import HOUR, Limit
from mashang.mobile.cases.forms.publicity import ObjectionForm
from mashang.web import request as asking
from mashang.web.forms import refusals_in
from mashang.web.policies import public_form

OBJECTIONS = Limit("objections", "objections from one network", 5, HOUR)


@public_form()
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """公示页: gone with the last day, whether it ended or never was."""
    form = ObjectionForm(request.POST or None)
    if request.method == "POST":
        return _object(request, slug, form)
    return _page(request, slug, form)


def _object(request: HttpRequest, slug: str, form: ObjectionForm) -> HttpResponse:
    """提出异议: a late one is told so by the room, with where to turn."""
    if form.is_valid():
        user = request.user if request.user.is_authenticated else None
        with refusals_in(form, "body", only=(Invalid, TooMany)):
            OBJECTIONS.count(asking.origin(request).network)
            publicity.object_to(slug, body=form.cleaned_data["body"], by=user)
            return render(request, "mobile/publicity/thanks.html")
    return _page(request, slug, form, status=422)


def _page(request: HttpRequest, slug: str, form: ObjectionForm, status: int = 200) -> HttpResponse:
    shown = Publicity.objects.on_show().filter(slug=slug).first()
    if shown is None:
        return _closed(render(request, "mobile/publicity/over.html", status=410))
    context = {"notice": shown, "form": form}
    return _closed(render(request, "mobile/publicity/notice.html", context, status=status))


def _closed(response: HttpResponse) -> HttpResponse:
    """No search engine, no cache: what is taken down is gone."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
