"""谁来办: who may take a step, and at which union. One place for every step and every room.

The rule of the field (档案管理办法: 受理、入户核查、评议、公示 by the own union, 复核 above it, 审批 by the county):
whoever had a hand in one step decides no other one; whoever filled in for the worker (代办) decides none.
Where a union has nobody left, the nearest one above has its turn, so that no application stops.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from mashang.accounts.queries import accounts_of, persons_behind
from mashang.reviews.models import Decision, FlowStep, Review, Seat, Step
from mashang.reviews.queries import paths_upwards, responsible_union
from mashang.reviews.refusals import FilledIn, SeatTaken
from mashang.unions.models import Post, Union
from mashang.unions.roles import ROLE_PERMISSIONS, Permission

if TYPE_CHECKING:
    from mashang.accounts.models import User

Apart = Callable[[UUID, Collection["User"]], set[UUID]]
_keep_apart: list[Apart] = []


def keeps_apart(asked: Apart) -> None:
    """From now on this room says who has nothing to do with a subject (回避): `asked(subject_id, people)`
    gives the keys of those of them. Named by the rooms above, which this one may not look into."""
    _keep_apart.append(asked)


def barred(
    flow_step: FlowStep, seats: Iterable[Seat], outcome: str = ""
) -> type[FilledIn] | type[SeatTaken] | None:
    """What keeps the person of these seats from closing the step, and with a refusal from ending the review."""
    ends_it = outcome == Decision.Outcome.REFUSE
    for seat in seats:
        if seat.has_filled_in and (flow_step.decides or ends_it):
            return FilledIn
        if flow_step.decides and seat.flow_step_id not in (None, flow_step.pk):
            return SeatTaken
    return None


def seats_of(step: Step, user: "User") -> list[Seat]:
    """One for each account of this person that had a hand in it: mostly none or one."""
    return list(Seat.objects.filter(review_id=step.review_id, user__in=accounts_of(user)))


@dataclass(frozen=True)
class Place:
    """Where a step lies: `instead_of` is the union that has nobody, `is_empty` that nobody above has either."""

    union: Union
    instead_of: Union | None = None
    is_empty: bool = False


def place_for(review: Review, flow_step: FlowStep, on: date) -> Place:
    """Whose turn this step is: the union that the flow names, or the nearest above it that has enough people."""
    return _nearest(review, flow_step, responsible_union(review.union, flow_step.level, on), on)


def place_now(step: Step, on: date) -> Place:
    """The same for a step that lies at a union already: it only ever goes up."""
    return _nearest(step.review, step.flow_step, step.union, on)


def free_at(step: Step, on: date) -> list["User"]:
    """The colleagues at the step's union who may take it now, by name."""
    people = _People(step.review, step.flow_step, [step.union], on)
    return sorted(people.free_at(step.union), key=lambda user: user.name)


def _nearest(review: Review, flow_step: FlowStep, first: Union, on: date) -> Place:
    line = _standing_line(first, on)
    people = _People(review, flow_step, line, on)
    for union in line:
        if people.are_enough_at(union):
            return Place(union, first if union.pk != first.pk else None)
    return Place(first, is_empty=True)


def _standing_line(first: Union, on: date) -> list[Union]:
    """The union and those above it, nearest first, without what was closed meanwhile."""
    above = Union.objects.filter(path__in=paths_upwards(first.path)).exclude(pk=first.pk)
    standing = above.filter(Q(closed_on=None) | Q(closed_on__gt=on))
    return [first, *standing.order_by("-path")]


class _People:
    """Who holds a post that takes this step, along one line; asked of the database once."""

    def __init__(
        self, review: Review, flow_step: FlowStep, line: Iterable[Union], on: date
    ) -> None:
        self.subject_id, self.flow_step, self.line = review.subject_id, flow_step, list(line)
        self.at: dict[UUID, dict[UUID, User]] = {}
        for post in _posts_for(flow_step, self.line, on):
            self.at.setdefault(post.union_id, {})[post.user_id] = post.user
        taken = list(Seat.objects.filter(review=review))
        held = {pk for people in self.at.values() for pk in people}
        self.person = persons_behind({*held, *(seat.user_id for seat in taken)})
        self.seats: dict[UUID, list[Seat]] = {}
        for seat in taken:
            self.seats.setdefault(self.person[seat.user_id], []).append(seat)

    def free_at(self, union: Union) -> list["User"]:
        people = self.at.get(union.pk, {})
        able = [
            user for pk, user in people.items() if not barred(self.flow_step, self.seats_of(pk))
        ]
        apart = {pk for asked in _keep_apart for pk in asked(self.subject_id, able)} if able else ()
        return [user for user in able if user.pk not in apart]

    def are_enough_at(self, union: Union) -> bool:
        """One here who may take it, and along the line above, who may act here too, as many as the step takes; one
        of them at least did not fill in: nobody checks what they wrote alone."""
        free = {user.pk for user in self.free_at(union)}
        if free and self.flow_step.people > 1:
            above = [one for one in self.line if one.is_above(union) and one.pk != union.pk]
            free |= {user.pk for one in above for user in self.free_at(one)}
        wrote = {pk for pk in free if any(seat.has_filled_in for seat in self.seats_of(pk))}
        people = {self.person[pk] for pk in free}
        return len(people) >= self.flow_step.people and wrote != free

    def seats_of(self, user_id: UUID) -> list[Seat]:
        return self.seats.get(self.person[user_id], [])


def _posts_for(flow_step: FlowStep, line: Iterable[Union], on: date) -> Iterable[Post]:
    needed = Permission(flow_step.permission)
    roles = [role for role, granted in ROLE_PERMISSIONS.items() if needed in granted]
    posts = Post.objects.held(on).filter(union__in=list(line), role__in=roles)
    return posts.filter(user__is_active=True, user__is_staff=True).select_related("user")
