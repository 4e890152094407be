"""本级概况: one page for the chair, with the branch below as a table, a picture and links onwards."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from mashang.stats import charts, queries
from mashang.stats.wishes import wish_figures
from mashang.unions.models import Union
from mashang.unions.roles import Permission
from mashang.web.policies import Level, staff_page
from mashang.web.request import SignedIn


@staff_page(Permission.BRANCH_READ, Level.P2)
def branch(request: SignedIn) -> HttpResponse:
    union = queries.union_for(request.user, request.GET.get("union", ""))
    overview = queries.overview(union, timezone.localdate())
    crumbs = [(above.name, _address(above)) for above in queries.line_above(request.user, union)]
    context = {
        "overview": overview,
        "wishes": wish_figures(union, timezone.localdate()),
        "at": timezone.now(),
        "crumbs": crumbs,
    }
    return render(request, "desk/branch/overview.html", context)


@staff_page(Permission.BRANCH_READ, Level.P2)
def works_chart(request: SignedIn) -> HttpResponse:
    """在办事项图: its figures stand in the table beside it."""
    union = queries.union_for(request.user, request.GET.get("union", ""))
    counts = queries.overview(union, timezone.localdate()).works
    return HttpResponse(charts.works(counts), content_type="image/svg+xml; charset=utf-8")


def _address(union: Union) -> str:
    return f"{reverse('desk:branch')}?union={union.pk}"
