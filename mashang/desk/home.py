"""工作台首页: sends staff to the first of their places."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from mashang.desk.navigation import items_of
from mashang.web.policies import Level, Rows, Who, policy
from mashang.web.request import SignedIn


@policy(who=Who.STAFF, rows=Rows.NONE, level=Level.P2)
def home(request: SignedIn) -> HttpResponse:
    places = [place for place in items_of(request.user) if place.permissions]
    if places:
        return HttpResponseRedirect(places[0].address)
    return render(request, "desk/home.html")
