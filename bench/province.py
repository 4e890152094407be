"""A province of 14,000 unions with many applications under review, written in bulk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Application, Holder
from mashang.core.models import DataKey
from mashang.core.privacy.keys import unsaved_data_key
from mashang.reviews.models import FlowStep, Review, Step
from mashang.unions.models import Union
from tests.builders import make_user
from tests.reviews.builders import make_flow

Kind = Union.Kind
# How many unions of a kind stand below each union of the kind above; 14,071 in all.
BELOW = [(Kind.CITY, 14), (Kind.COUNTY, 8), (Kind.TOWN, 12), (Kind.GRASSROOTS, 9.375)]
BATCH = 2_000
AT_COUNTY = 3  # of ten open steps, so many lie at the county
FIRST_COUNTY = 100
SURNAMES = "李王张刘陈杨黄韦覃莫"


@dataclass
class Province:
    top: Union
    counties: list[Union]
    lowest: list[Union]
    steps: list[FlowStep]
    filled_by: User
    applications: int = 0

    def union_of(self, number: int) -> Union:
        """The first hundred stay in the first county, so that its list fills a page from the start."""
        where = number * len(self.counties) if number < FIRST_COUNTY else number
        return self.lowest[where % len(self.lowest)]


def found() -> Province:
    """The tree, a flow of three steps, and nobody in need yet."""
    top = Union(path="44", code="44", name="广东省总工会", kind=Kind.PROVINCE, region_code="440000")
    level = Union.objects.bulk_create([top])
    counties: list[Union] = []
    for kind, each in BELOW:
        level = Union.objects.bulk_create(list(_children(level, kind, each)), batch_size=BATCH)
        counties = level if kind == Kind.COUNTY else counties
    flow = make_flow(top, "accept", "recheck", "decision")
    return Province(top, counties, level, list(flow.steps.all()), make_user("经办人"))


def _children(parents: Sequence[Union], kind: str, each: float) -> Iterator[Union]:
    for number in range(round(len(parents) * each)):
        parent = parents[number % len(parents)]
        path = f"{parent.path}{number // len(parents):04}"
        name = f"{Kind(kind).label}{number}"
        yield Union(parent=parent, path=path, code=path, name=name, kind=kind, region_code="440100")


def apply_until(province: Province, total: int) -> None:
    """Adds applications, evenly over the unions, until there are `total`."""
    while province.applications < total:
        first = province.applications
        last = min(first + BATCH, total)
        _add([_Applicant(province, number) for number in range(first, last)])
        province.applications = last


class _Applicant:
    """One household, its application and where the review stands; unsaved rows."""

    def __init__(self, province: Province, number: int) -> None:
        union = province.union_of(number)
        at_county = number % 10 < AT_COUNTY
        office = _county_above(union, province) if at_county else union
        today, where = timezone.localdate(), {"union": union, "union_path": union.path}
        self.key: DataKey = unsaved_data_key()
        self.holder = Holder(
            **where, name=f"{SURNAMES[number % 10]}某{number}", id_tail=f"{number % 10_000:04}",
            data_key=self.key,
        )  # fmt: skip
        self.application = Application(
            **where, holder=self.holder, kind=Application.Kind.ONE_OFF, number=f"SQ{number:012}",
            state=Application.State.CHECKING, answers={}, filled_by=province.filled_by,
            submitted_at=timezone.now(), main_cause="own_illness",
        )  # fmt: skip
        self.review = Review(**where, flow=province.steps[0].flow, subject_id=self.application.pk)
        done = self._step(
            province.steps[0], union, state=Step.State.DONE, due_on=today, closed_at=timezone.now()
        )
        due_on = today + timedelta(days=number % 21 - 5)
        self.steps = [
            done,
            self._step(province.steps[1 if at_county else 2], office, due_on=due_on),
        ]

    def _step(self, flow_step: FlowStep, office: Union, **also: Any) -> Step:
        return Step(
            review=self.review, flow_step=flow_step, round=1, union=office, union_path=office.path,
            subject_id=self.application.pk, work=flow_step.work, **also,
        )  # fmt: skip


def _county_above(union: Union, province: Province) -> Union:
    path = union.path[: len(province.counties[0].path)]
    return next(county for county in province.counties if county.path == path)


def _add(applicants: Sequence[_Applicant]) -> None:
    DataKey.objects.bulk_create([one.key for one in applicants])
    Holder.objects.bulk_create([one.holder for one in applicants])
    Application.objects.bulk_create([one.application for one in applicants])
    Review.objects.bulk_create([one.review for one in applicants])
    Step.objects.bulk_create([step for one in applicants for step in one.steps])
