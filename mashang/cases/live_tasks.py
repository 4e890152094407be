"""在办事项: work on a household that waits for somebody now; each room names its own beside the table.

`waits_for(Permission.AID_CONFIRM, AidProposal, begun_by="proposed_by", state=…)`: until it is done, whoever may
do it, and did not bring it about, opens the household.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, QuerySet

from mashang.accounts.queries import accounts_of
from mashang.unions.roles import ROLE_PERMISSIONS, Permission, Role
from mashang.unions.scope import ScopedQuerySet, posts_of

if TYPE_CHECKING:
    from mashang.accounts.models import User
    from mashang.cases.models.holders import Holder


@dataclass(frozen=True)
class _Task:
    permission: Permission
    model: type[Model]
    of: str
    at: str
    begun_by: str
    which: dict[str, Any]

    def paths(self, households: "QuerySet[Holder]", own: set[UUID]) -> list[tuple[UUID, str]]:
        """Where it waits for the person of these accounts: the households, with the paths of the unions whose turn it is."""
        rows: ScopedQuerySet[Any] = self.model._default_manager.all()  # type: ignore[assignment]
        rows = rows.exclude(**{f"{self.begun_by}__in": own})
        waiting = rows.unscoped(why="only asked where it waits, to say who may open the household")
        waiting = waiting.filter(**{f"{self.of}__in": households}, **self.which)
        return list(waiting.values_list(self.of, self.at))


_registered: list[_Task] = []


def waits_for(
    permission: Permission,
    model: type[Model],
    *,
    of: str = "holder",
    at: str = "union_path",
    begun_by: str,
    **which: Any,
) -> None:
    """From now on such rows wait for whoever has the permission at the union `at` or above it.

    `of` is the column that leads to the household, `at` the one with the path of the union,
    `begun_by` the one with the colleague who brought it about: nobody makes their own way in.
    """
    _registered.append(_Task(permission, model, of, at, begun_by, which))


def has_task(user: "User", household: "QuerySet[Holder]") -> bool:
    """Whether some work on this household waits for this colleague now."""
    return next(_waiting(user, household), None) is not None


def with_task(user: "User", households: "QuerySet[Holder]") -> set[UUID]:
    """Those of these households on which some work waits for this colleague now."""
    return set(_waiting(user, households))


def _waiting(user: "User", households: "QuerySet[Holder]") -> Iterator[UUID]:
    """A query for each kind of work that this colleague may do, however many households there are."""
    within_reach = list(_within_reach(user))
    own = accounts_of(user) if within_reach else set()
    return (
        holder
        for task, seats in within_reach
        for holder, path in task.paths(households, own)
        if any(path.startswith(seat) for seat in seats)
    )


def _within_reach(user: "User") -> Iterator[tuple[_Task, list[str]]]:
    """The kinds of work that this colleague may do, and in which branches."""
    for task in _registered:
        seats = [
            post.union.path
            for post in posts_of(user)
            if task.permission in ROLE_PERMISSIONS[Role(post.role)]
        ]
        if seats:
            yield task, seats
