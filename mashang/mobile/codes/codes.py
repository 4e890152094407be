"""我的码、扫码: the worker's large code, the camera, and the one page that a scan leads to."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mashang.cases.models import Holder
from mashang.codes import actions
from mashang.codes.models import Scan
from mashang.codes.queries import ScanResult, live_code_of, waits_for_new_card
from mashang.exchange.qr import qr_svg
from mashang.mobile.codes.anonymous_scan import note_scan
from mashang.mobile.codes.forms import PhotoForm
from mashang.web.forms import posted, status_of
from mashang.web.policies import Level, Rows, Who, anyone_page, own_form, own_page, policy
from mashang.web.request import SignedIn, network_of

Shown = Scan.Shown


@anyone_page(Level.P1)
def scan(request: HttpRequest, text: str) -> HttpResponse:
    """扫码落地页: everybody without a relation gets the same bytes; others go to a clean address."""
    response = _answer(request, text)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: HttpRequest, text: str) -> HttpResponse:
    if not request.user.is_authenticated:
        note_scan(text)
        return _neutral(request)
    sight = actions.scan(text, by=request.user)
    if sight.refusal:
        raise sight.refusal
    return _neutral(request) if sight.shown == Shown.NEUTRAL else _onward(sight)


def _neutral(request: HttpRequest) -> HttpResponse:
    return render(request, "mobile/codes/neutral.html")


def _onward(sight: ScanResult) -> HttpResponse:
    if sight.shown == Shown.OWN or sight.holder is None:
        return _see_other(reverse("mobile:own"))
    if sight.shown == Shown.SIX_FACTS:
        return _see_other(reverse("mobile:family", args=[sight.holder.case.pk]))
    return _see_other(reverse("desk:holder", args=[sight.holder.pk]))


def _see_other(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


@own_page(Level.P3)
def my_code(request: SignedIn) -> HttpResponse:
    """我的码: large, with the state of the printed card and the way to report it lost."""
    code = live_code_of(request.user)
    return render(request, "mobile/codes/code.html", {"code": code, "tab": "code"})


@own_page(Level.P3)
def my_code_picture(request: SignedIn) -> HttpResponse:
    """The symbol itself, never cached."""
    code = live_code_of(request.user)
    if code is None or not code.url:
        return HttpResponse(status=404)
    return HttpResponse(qr_svg(code.url, _("我的服务二维码")), content_type="image/svg+xml")


@own_form(Level.P3, fresh=True)
def report_lost(request: SignedIn) -> HttpResponse:
    """挂失: says first what it does; the old card is dead at once and the new one is on its way."""
    holder = Holder.objects.own(request.user).first()
    if waits_for_new_card(request.user):
        return render(request, "mobile/codes/card_waits.html", {"tab": "code"})
    if request.method == "POST" and holder:
        actions.reissue(holder, by=request.user)
        return render(request, "mobile/codes/reissued.html", {"tab": "code"})
    return render(request, "mobile/codes/report_lost.html", {"back": reverse("mobile:code")})


@policy(who=Who.SIGNED_IN, rows=Rows.NONE, level=Level.P2, methods=("GET", "POST"))
def scanner(request: SignedIn) -> HttpResponse:
    """扫一扫: the camera in the browser, or a photograph that the server reads."""
    form = PhotoForm(*posted(request), by=request.user, network=network_of(request))
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(reverse("mobile:scan", args=[form.cleaned_data["photo"]]))
    return render(request, "mobile/codes/scanner.html", {"form": form}, status=status_of(form))
