"""首页: what a worker can do here, readable without signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mashang.unions.policies import Level, Rows, Who, policy


@policy(who=Who.ANYONE, rows=Rows.NONE, level=Level.P1)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "mobile/home.html")
