"""待办: the first page of a colleague's day."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mashang.cases.queries import worklist
from mashang.cases.queries.worklist import PAGE, Counts, Wanted
from mashang.desk.cases.forms.worklist import NarrowForm
from mashang.reviews.models import FlowStep
from mashang.unions.models import Union
from mashang.unions.roles import Permission
from mashang.unions.scope import posts_of
from mashang.web.policies import Level, staff_page
from mashang.web.request import SignedIn


class Counted(Paginator):
    """A pager over rows that are already cut and counted."""

    def __init__(self, total: int) -> None:
        super().__init__(range(total), PAGE)


@staff_page(Permission.APPLICATION_READ, Level.P3)
def work_list(request: SignedIn) -> HttpResponse:
    """待办清单: mine or the whole branch's, by deadline; every filter stands in the address."""
    user, wanted, today = request.user, _wanted(request), timezone.localdate()
    counts = worklist.counts(user, wanted, today)
    page = Counted(counts.of(wanted.due)).get_page(request.GET.get("page"))
    rows = worklist.rows(user, wanted, today, (page.number - 1) * PAGE)
    context = {
        "rows": rows,
        "leading": worklist.leading(user, rows) if wanted.whose == "branch" else None,
        "page": page,
        "wanted": wanted,
        "counts": counts,
        "works": _works(counts),
        "form": NarrowForm(request.GET),
        "has_branch": any(post.union.kind != Union.Kind.GRASSROOTS for post in posts_of(user)),
    }
    return render(request, "desk/worklist/list.html", context)


def _wanted(request: SignedIn) -> Wanted:
    form = NarrowForm(request.GET)
    form.is_valid()  # a word that is not in the lists narrows nothing
    return Wanted(**{name: value for name, value in form.cleaned_data.items() if value})


def _works(counts: Counts) -> list[tuple[str, str, int]]:
    """The steps that have something lying, in the order of the flow."""
    return [
        (work.value, work.label, counts.by_work[work])
        for work in FlowStep.Work
        if work in counts.by_work
    ]
