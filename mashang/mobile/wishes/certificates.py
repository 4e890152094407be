"""爱心证书: the public page that says whether a certificate is genuine, and the giver's own PDF."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from mashang.core.requests.limits import TEN_MINUTES, Limit
from mashang.exchange.certificates import print_certificate
from mashang.mobile.wishes.forms.certificates import NumberForm
from mashang.web import request as asking
from mashang.web.policies import Level, own_page, public_page
from mashang.web.request import SignedIn
from mashang.wishes.models import Certificate, Claim

TRIES = Limit("certificates", "certificates asked for by one network", 60, TEN_MINUTES)


@public_page()
def verify(request: HttpRequest) -> HttpResponse:
    """证书验证: the number typed from paper leads on to its page."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        return HttpResponseRedirect(reverse("mobile:certificate", args=[number]))
    return render(request, "mobile/certificates/verify.html", {"form": form})


@public_page()
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate: what was given, when, under which name, by which union. Nothing of the family."""
    TRIES.count(asking.origin(request).network)
    certificate = Certificate.objects.filter(number=number).first()
    if certificate is None:
        context = {"form": NumberForm(), "is_unknown": True}
        return render(request, "mobile/certificates/verify.html", context, status=404)
    return render(request, "mobile/certificates/certificate.html", {"certificate": certificate})


@own_page(Level.P2)
def certificate_pdf(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """The sheet itself: for the giver only."""
    claim = get_object_or_404(Claim.objects.of_giver(request.user), pk=claim_id)
    certificate = get_object_or_404(Certificate, claim=claim)
    response = HttpResponse(print_certificate(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{certificate.number}.pdf"'
    return response
