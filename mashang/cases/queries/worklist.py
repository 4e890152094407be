"""待办: the open steps that a colleague, or a whole branch, has before it, nearest deadline first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from mashang.accounts.models import User
from mashang.cases.models import Application, Holder
from mashang.cases.queries.access import leads_on
from mashang.core.privacy.masks import Masked, mask_name
from mashang.reference.workdays import add_workdays, workdays_between
from mashang.reviews.models import FlowStep, Step, StepQuerySet
from mashang.unions.roles import ROLE_PERMISSIONS, Role
from mashang.unions.scope import posts_of

SOON = 2  # working days
PAGE = 20
STEP = ("subject_id", "round", "due_on", "flow_step__name", "union__name")
APPLICATION = ("pk", "number", "kind", "union__name", "holder", "holder__name", "holder__id_tail")
Work = FlowStep.Work


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; every part of it stands in the address."""

    whose: str = "mine"  # mine, branch
    due: str = ""  # soon, overdue
    work: str = ""
    kind: str = ""

    def holds(self, work: str, kind: str) -> bool:
        return self.work in ("", work) and self.kind in ("", kind)


@dataclass
class Counts:
    """How much lies there, by what: one grouped query serves the tabs, the figures and the pager."""

    all: int = 0
    soon: int = 0
    overdue: int = 0
    by_work: dict[str, int] = field(default_factory=dict)

    def of(self, due: str) -> int:
        return {"soon": self.soon, "overdue": self.overdue}.get(due, self.all)


@dataclass(frozen=True)
class Row:
    """One line of the list: plain values, so that a page of it costs no models."""

    application_id: UUID
    holder_id: UUID
    number: str
    name: Masked
    id_tail: str
    kind: str
    from_union: str
    step: str
    round: int
    office: str
    due_on: date
    days_left: int


def counts(user: User, wanted: Wanted, today: date) -> Counts:
    soon_until = add_workdays(today, SOON)
    overdue = Q(due_on__lt=today)
    groups = (
        _steps(user, wanted)
        .values("work", "flow_step__flow__kind")
        .order_by()
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=overdue),
            near=Count("pk", filter=~overdue & Q(due_on__lte=soon_until)),
        )
    )
    return _summed(groups, wanted)


def rows(user: User, wanted: Wanted, today: date, first: int) -> list[Row]:
    """One page of the list, from the row number `first` on: two queries, whatever its size."""
    steps = _narrowed(_steps(user, wanted), wanted, today).order_by("due_on", "pk")
    page = list(steps.values(*STEP)[first : first + PAGE])
    applications = Application.objects.visible_to(user).filter(
        pk__in=[row["subject_id"] for row in page]
    )
    by_id = {row["pk"]: row for row in applications.values(*APPLICATION)}
    return [
        _row(row, by_id[row["subject_id"]], today) for row in page if row["subject_id"] in by_id
    ]


def leading(user: User, found: Sequence[Row]) -> set[UUID]:
    """The households of these rows whose page opens for this person, or asks them why: in a branch not every one does."""
    holders = Holder.objects.visible_to(user).filter(pk__in={row.holder_id for row in found})
    return leads_on(user, list(holders.select_related("union")))


def _steps(user: User, wanted: Wanted) -> StepQuerySet:
    if wanted.whose == "branch":
        return Step.objects.visible_to(user).waiting()
    at_own_posts = Q(pk__in=[])
    for post in posts_of(user):
        permissions = ROLE_PERMISSIONS[Role(post.role)]
        at_own_posts |= Q(union_path=post.union.path, flow_step__permission__in=permissions)
    return (
        Step.objects.unscoped(why="steps that this person may take, whichever the branch")
        .waiting()
        .filter(at_own_posts)
    )


def _narrowed(steps: StepQuerySet, wanted: Wanted, today: date) -> StepQuerySet:
    if wanted.work:
        steps = steps.filter(work=wanted.work)
    if wanted.kind:
        steps = steps.filter(flow_step__flow__kind=wanted.kind)
    if wanted.due == "overdue":
        return steps.filter(due_on__lt=today)
    if wanted.due == "soon":
        return steps.filter(due_on__gte=today, due_on__lte=add_workdays(today, SOON))
    return steps


def _summed(groups: Iterable[dict[str, object]], wanted: Wanted) -> Counts:
    counted = Counts()
    for group in groups:
        work, kind = str(group["work"]), str(group["flow_step__flow__kind"])
        n, near, late = (int(str(group[name])) for name in ("n", "near", "late"))
        if wanted.kind in ("", kind):
            counted.by_work[work] = counted.by_work.get(work, 0) + n
        if wanted.holds(work, kind):
            counted.all += n
            counted.soon += near
            counted.overdue += late
    return counted


def _row(step: Mapping[str, Any], application: Mapping[str, Any], today: date) -> Row:
    return Row(
        application_id=application["pk"],
        holder_id=application["holder"],
        number=application["number"] or "",
        name=mask_name(application["holder__name"]),
        id_tail=application["holder__id_tail"],
        kind=Application.Kind(application["kind"]).label,
        from_union=application["union__name"],
        step=step["flow_step__name"],
        round=step["round"],
        office=step["union__name"],
        due_on=step["due_on"],
        days_left=days_left(today, step["due_on"]),
    )


def days_left(today: date, due_on: date) -> int:
    """Working days until the deadline; from the day after it on, at least one is missed."""
    left = workdays_between(today, due_on)
    return min(left, -1) if due_on < today else left
