"""查找: one box for people, applications and files, inside one's own scope."""

from django.http import HttpResponse
from django.shortcuts import render

from mashang.cases.queries.search import MOST, find
from mashang.unions.roles import Permission
from mashang.web.policies import Level, staff_form
from mashang.web.request import SignedIn


@staff_form(Permission.CASE_READ, Level.P3)
def search(request: SignedIn) -> HttpResponse:
    """The words are posted: a name in the address would stay in logs and in the browser's history."""
    words = request.POST.get("q", "")[:40]
    rows = find(request.user, words)
    context = {"q": words, "rows": rows, "is_cut": len(rows) == MOST}
    return render(request, "desk/worklist/search.html", context)
