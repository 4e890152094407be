"""本级概况: what lies where in a branch, on one page. Counts only; no row of a person leaves here."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from mashang.accounts.models import User
from mashang.cases.models import Application, Case, Hardship
from mashang.core.errors import Missing
from mashang.reviews.models import FlowStep, Step
from mashang.reviews.queries import SEGMENT, paths_upwards
from mashang.unions.models import Union
from mashang.unions.roles import ROLE_PERMISSIONS, Permission, Role
from mashang.unions.scope import in_branches, posts_of

State = Application.State


@dataclass(frozen=True)
class WorkCount:
    """One step of the flow: how much is open there, and how much of it is late."""

    name: str
    open: int
    overdue: int


@dataclass(frozen=True)
class UnionCount:
    """One union right below, with all that belongs to its branch; the first row is the union itself."""

    union: Union
    is_own: bool
    open: int
    overdue: int
    received: int
    on_file: int


@dataclass(frozen=True)
class Overview:
    union: Union
    year: int
    received: int
    filed: int
    refused: int
    open: int
    overdue: int
    on_file: int
    works: list[WorkCount]
    categories: list[tuple[str, int]]
    below: list[UnionCount]


def union_for(user: User, union_id: str = "") -> Union:
    """The union whose branch is asked for, else the highest one that this user oversees.

    Missing for a union outside, as for one that is not.
    """
    heads = _heads(user)
    if not heads:
        raise Missing
    if not union_id:
        return min(heads, key=lambda union: union.path)
    chosen = Union.objects.filter(pk=_id_of(union_id)).first()
    if chosen is None or not any(head.is_above(chosen) for head in heads):
        raise Missing
    return chosen


def line_above(user: User, union: Union) -> list[Union]:
    """The unions over this one that the user oversees too, the highest first."""
    above = Union.objects.filter(path__in=paths_upwards(union.path)[1:]).order_by("path")
    return [each for each in above if any(head.is_above(each) for head in _heads(user))]


def overview(union: Union, today: date) -> Overview:
    """Seven grouped counts over index ranges, whatever lies in the branch."""
    steps, late = (
        _in_branch(
            Step.objects.unscoped(
                why="counts of a branch that the reader may see; no row is shown"
            ).waiting(),
            union,
        ),
        Q(due_on__lt=today),
    )
    by_work = _counted(steps, "work", open=Count("pk"), overdue=Count("pk", filter=late))
    this_year = _received_in(today.year, union)
    by_state = _counted(this_year, "state", "ending", n=Count("pk"))
    on_file = _in_branch(
        Case.objects.unscoped(
            why="counts of a branch that the reader may see; no row is shown"
        ).filter(state=Case.State.ACTIVE),
        union,
    )
    by_category = {
        row["category"]: row["n"] for row in _counted(on_file, "category", n=Count("pk"))
    }
    return Overview(
        union=union,
        year=today.year,
        received=sum(row["n"] for row in by_state),
        filed=sum(row["n"] for row in by_state if row["state"] == State.FILED),
        refused=sum(row["n"] for row in by_state if row["ending"] == Application.Ending.REFUSED),
        open=sum(row["open"] for row in by_work),
        overdue=sum(row["overdue"] for row in by_work),
        on_file=sum(by_category.values()),
        works=_works(by_work),
        categories=[(label, by_category.get(code, 0)) for code, label in Hardship.choices],
        below=_below(union, steps, this_year, on_file, late),
    )


def _heads(user: User) -> list[Union]:
    """The unions over whose branches this user has an eye."""
    posts = posts_of(user)
    return [p.union for p in posts if Permission.BRANCH_READ in ROLE_PERMISSIONS[Role(p.role)]]


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Missing from None


def _in_branch(rows: QuerySet[Any], union: Union) -> QuerySet[Any]:
    return rows.filter(in_branches([union.path], "union_path"))


def _received_in(year: int, union: Union) -> QuerySet[Application]:
    received = Application.objects.unscoped(
        why="counts of a branch that the reader may see; no row is shown"
    ).filter(submitted_at__year=year)
    return _in_branch(received, union)


def _counted(rows: QuerySet[Any], *by: str, **counts: Count) -> list[dict[str, Any]]:
    return list(rows.order_by().values(*by).annotate(**counts))


def _works(by_work: list[dict[str, Any]]) -> list[WorkCount]:
    """In the order of the flow, empty ones too, so that the picture keeps its shape."""
    rows = {row["work"]: row for row in by_work}
    none = {"open": 0, "overdue": 0}
    works = [(work.label, rows.get(work.value, none)) for work in FlowStep.Work]
    return [WorkCount(label, row["open"], row["overdue"]) for label, row in works]


def _below(
    union: Union,
    steps: QuerySet[Step],
    this_year: QuerySet[Application],
    on_file: QuerySet[Case],
    late: Q,
) -> list[UnionCount]:
    lying = _by_child(union, steps, open=Count("pk"), overdue=Count("pk", filter=late))
    received = _by_child(union, this_year, n=Count("pk"))
    filed = _by_child(union, on_file, n=Count("pk"))
    counts = [
        UnionCount(
            union=each,
            is_own=each.pk == union.pk,
            open=lying.get(each.path, {}).get("open", 0),
            overdue=lying.get(each.path, {}).get("overdue", 0),
            received=received.get(each.path, {}).get("n", 0),
            on_file=filed.get(each.path, {}).get("n", 0),
        )
        for each in [union, *union.children.filter(closed_on=None).order_by("path")]
    ]
    return sorted(counts, key=lambda row: (not row.is_own, -row.overdue, -row.open, row.union.path))


def _by_child(union: Union, rows: QuerySet[Any], **counts: Count) -> dict[str, dict[str, Any]]:
    """Counts by the path of the union right below; what lies with the union itself has its own path."""
    child = Substr("union_path", 1, len(union.path) + SEGMENT)
    return {row["child"]: row for row in _counted(rows.annotate(child=child), "child", **counts)}
