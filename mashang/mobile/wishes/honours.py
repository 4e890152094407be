"""爱心榜: who made wishes come true, as they wished to be named."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from mashang.web.policies import public_page
from mashang.wishes.queries.honours import honours as honours_of
from mashang.wishes.queries.honours import years


@public_page()
def honours(request: HttpRequest) -> HttpResponse:
    """爱心榜: one year at a time; an unknown year shows this one."""
    known = years(timezone.localdate())
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted) in known else known[0]
    context = {"honours": honours_of(year), "years": known, "back": reverse("mobile:home")}
    return render(request, "mobile/honours/honours.html", context)
