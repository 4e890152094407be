"""What a room or a page asks about reviews: which flow, whose turn, how far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from mashang.core.days import day_of
from mashang.reviews.models import Flow, FlowStep, Review, Step
from mashang.unions.models import Union

OWN = "own"
LOWEST_FIRST = [
    Union.Kind.GRASSROOTS,
    Union.Kind.TOWN,
    Union.Kind.COUNTY,
    Union.Kind.CITY,
    Union.Kind.PROVINCE,
]
PROVINCE_SEGMENT, SEGMENT = 2, 4


def paths_upwards(path: str) -> list[str]:
    """The path itself and those of its ancestors, nearest first."""
    ends = range(len(path), PROVINCE_SEGMENT - 1, -SEGMENT)
    return [path[:end] for end in ends]


def flow_for(union: Union, kind: str, on: date) -> Flow | None:
    """The flow in force that the union, or the nearest one above it, runs for this kind."""
    in_force = Q(valid_to=None) | Q(valid_to__gte=on)
    flows = Flow.objects.filter(in_force, kind=kind, valid_from__lte=on)
    here_or_above = flows.filter(union__path__in=paths_upwards(union.path))
    return here_or_above.order_by("-union__path", "-valid_from").first()


def responsible_union(union: Union, level: str, on: date) -> Union:
    """Whose turn a step of this level is; a level that the branch lacks falls to the next above."""
    if level == OWN:
        return union
    return responsible_unions([union], Union.Kind(level), on)[union.path]


def responsible_unions(unions: Sequence[Union], level: Union.Kind, on: date) -> dict[str, Union]:
    """The same for several unions, by their paths. One query."""
    standing = Q(closed_on=None) | Q(closed_on__gt=on)
    paths = {path for union in unions for path in paths_upwards(union.path)}
    above = {each.path: each for each in Union.objects.filter(standing, path__in=paths)}
    return {union.path: _nearest(union, level, above) for union in unions}


def _nearest(union: Union, level: Union.Kind, above: Mapping[str, Union]) -> Union:
    needed = LOWEST_FIRST.index(level)
    nearest_first = [above[path] for path in paths_upwards(union.path) if path in above]
    high_enough = (u for u in nearest_first if LOWEST_FIRST.index(Union.Kind(u.kind)) >= needed)
    return next(high_enough, nearest_first[-1] if nearest_first else union)


def review_of(subject_id: UUID) -> Review | None:
    """The caller has already made sure that the subject may be seen."""
    return Review.objects.of_subject(subject_id).select_related("flow", "union").first()


def open_step_of(subject_id: UUID) -> Step | None:
    steps = Step.objects.of_subject(subject_id).waiting()
    return steps.select_related("flow_step", "union", "instead_of", "review").first()


def history(subject_id: UUID) -> QuerySet[Step]:
    """Every step that was begun, oldest first, with its decision and who took it."""
    steps = Step.objects.of_subject(subject_id).order_by("created_at", "pk")
    return steps.select_related(
        "flow_step", "union", "instead_of", "decision__by", "decision__data_key"
    )


@dataclass(frozen=True)
class Stage:
    """One line of the way that an application goes, for a timeline."""

    name: str
    shows: str
    state: str  # done, now, later
    office: str
    closed_on: date | None
    due_on: date | None
    instead_of: str = ""  # the union that had nobody for it


def stages(subject_id: UUID) -> list[Stage]:
    """The whole flow in order, as far as it has come: what is done, where it lies, what follows."""
    review = review_of(subject_id)
    if review is None:
        return []
    latest = {step.flow_step_id: step for step in history(subject_id)}
    return [_stage(flow_step, latest.get(flow_step.pk)) for flow_step in review.flow.steps.all()]


def _stage(flow_step: FlowStep, step: Step | None) -> Stage:
    if step is None or step.state == Step.State.DROPPED:
        return Stage(flow_step.name, flow_step.shows, "later", "", None, None)
    closed_on = day_of(step.closed_at) if step.closed_at else None
    sent_back = step.state == Step.State.DONE and step.decision.outcome != "approve"
    state = "now" if step.state == Step.State.OPEN or sent_back else "done"
    instead_of = step.instead_of.name if step.instead_of else ""
    office = step.union.name
    return Stage(flow_step.name, flow_step.shows, state, office, closed_on, step.due_on, instead_of)
