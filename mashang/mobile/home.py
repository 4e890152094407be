"""首页与指南: what a worker can do here, readable without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.i18n import set_language

from mashang.cases.form.papers import always_asked, sometimes_asked
from mashang.mobile.navigation import Visitor, tiles_of
from mashang.web.policies import Level, anyone_act, anyone_page


@anyone_page(Level.P1)
def home(request: HttpRequest) -> HttpResponse:
    """首页: who helps families finds them here too."""
    context = {"tab": "home", "tiles": tiles_of(Visitor(request))}
    return render(request, "mobile/home.html", context)


@anyone_page(Level.P1)
def guide(request: HttpRequest) -> HttpResponse:
    """申请指南: who, which papers, how long."""
    context = {
        "always": always_asked(),
        "sometimes": sometimes_asked(),
        "back": reverse("mobile:home"),
    }
    return render(request, "mobile/guide.html", context)


@anyone_act(Level.P1)
def language(request: HttpRequest) -> HttpResponse:
    """语言: kept in a cookie; back to the page one came from."""
    return set_language(request)
