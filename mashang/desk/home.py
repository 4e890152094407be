"""工作台首页: sends staff to their work list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mashang.unions.policies import Level, Rows, Who, policy


@policy(who=Who.STAFF, rows=Rows.NONE, level=Level.P2)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/home.html")
