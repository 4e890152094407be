"""登录前后: what both doors do around signing in, each with pages of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mashang.accounts.models import User
from mashang.web import request as asking
from mashang.web import resume_form


def sign_in_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    status: int = 200,
    stashed: str = "",
) -> HttpResponse:
    """A page that hands on what was asked for before, and a form that arrived signed out."""
    common = {
        "stashed": stashed or request.POST.get("stashed", ""),
        "next": asking.next_page(request),
    }
    return render(request, template, {**common, **context}, status=status)


def go_on(request: HttpRequest, user: User, *, resume_page: str, home: str) -> HttpResponse:
    """Back to the form that was interrupted, or to the page that was asked for."""
    restored = resume_form.restore(request.POST.get("stashed", ""), user)
    if restored is not None:
        return sign_in_page(request, resume_page, {"restored": restored})
    return HttpResponseRedirect(asking.next_page(request) or reverse(home))
