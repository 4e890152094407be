"""消息: one's own messages; reading one marks it as read."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from mashang.notices import actions, queries
from mashang.web.policies import Level, own_act, own_page
from mashang.web.request import SignedIn

PER_PAGE = 20


@own_page(Level.P3)
def inbox(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.inbox(request.user.pk), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "back": reverse("mobile:me"), "tab": "me"}
    return render(request, "mobile/inbox/inbox.html", context)


@own_page(Level.P3)
def notice(request: SignedIn, notice_id: UUID) -> HttpResponse:
    notice = get_object_or_404(queries.inbox(request.user.pk), pk=notice_id)
    actions.read(request.user, notice.pk)
    context = {"notice": notice, "back": reverse("mobile:inbox"), "tab": "me"}
    return render(request, "mobile/inbox/notice.html", context)


@own_act(Level.P3)
def read_all(request: SignedIn) -> HttpResponse:
    actions.read_all(request.user)
    return redirect("mobile:inbox")
