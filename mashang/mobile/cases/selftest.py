"""两分钟自测: eight questions on two pages, answered without a sign-in. Nothing is stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from mashang.cases.assessment.for_application import nearest_standard
from mashang.cases.queries.places import region_choices
from mashang.cases.rules import default_rules
from mashang.cases.selftest import SelfTest, Verdict, self_test
from mashang.core.errors import Invalid
from mashang.mobile.cases.forms.selftest import FirstPage, SecondPage
from mashang.web.forms import refusals_in
from mashang.web.policies import Level, anyone_form

TONES = {Verdict.WORTH: "good", Verdict.ASK: "wait", Verdict.UNLIKELY: "info"}


@anyone_form(Level.P2)
def page(request: HttpRequest) -> HttpResponse:
    """The first page, the second with the first one's answers, then what they mean."""
    regions = region_choices()
    if request.method == "GET":
        return _draw(request, FirstPage(regions), 1)
    first = FirstPage(regions, request.POST)
    if not first.is_valid():
        return _draw(request, first, 1, status=422)
    if "page" not in request.POST:
        return _draw(request, SecondPage(), 2, first=first)
    return _answered(request, first, SecondPage(request.POST))


def _answered(request: HttpRequest, first: FirstPage, second: SecondPage) -> HttpResponse:
    if second.is_valid():
        with refusals_in(second, only=Invalid):
            result = _assess(first, second)
            context = {
                "result": result,
                "tone": TONES[result.verdict],
                "back": reverse("mobile:selftest"),
            }
            return render(request, "mobile/selftest/result.html", context)
    return _draw(request, second, 2, first=first, status=422)


def _assess(first: FirstPage, second: SecondPage) -> SelfTest:
    today = timezone.localdate()
    standard = nearest_standard(first.cleaned_data["region"], today)
    return self_test(second.answers(first), standard, default_rules(today))


def _draw(
    request: HttpRequest,
    form: FirstPage | SecondPage,
    number: int,
    *,
    first: FirstPage | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "first": first,
        "number": number,
        "back": reverse("mobile:selftest" if first else "mobile:home"),
    }
    return render(request, "mobile/selftest/page.html", context, status=status)
