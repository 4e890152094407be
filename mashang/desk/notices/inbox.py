"""消息: a colleague's own messages at the desk."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from mashang.notices import actions, queries
from mashang.web.policies import Level, colleague_act, colleague_page
from mashang.web.request import SignedIn

PER_PAGE = 30


@colleague_page(Level.P3)
def inbox(request: SignedIn) -> HttpResponse:
    page = Paginator(queries.inbox(request.user.pk), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/inbox/inbox.html", {"page": page})


@colleague_page(Level.P3)
def notice(request: SignedIn, notice_id: UUID) -> HttpResponse:
    notice = get_object_or_404(queries.inbox(request.user.pk), pk=notice_id)
    actions.read(request.user, notice.pk)
    context = {"notice": notice, "crumbs": [(N_("消息"), reverse("desk:inbox"))]}
    return render(request, "desk/inbox/notice.html", context)


@colleague_act(Level.P3)
def read_all(request: SignedIn) -> HttpResponse:
    actions.read_all(request.user)
    return redirect("desk:inbox")
