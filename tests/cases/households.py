"""A household as its worker told it, for tests of the file."""

from typing import Any

from mashang import workflows
from mashang.accounts.models import User
from mashang.cases.actions import files, merges
from mashang.cases.models import Application, Case, Holder, Merge
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_application, make_holder, make_member, make_staff, make_worker

ANSWERS: dict[str, Any] = {
    "born_on": "1968-05-17",
    "work_state": "laid_off",
    "main_cause": "own_illness",
    "other_causes": ["schooling"],
    "income_wage": 2_400_000,
    "income_transfer": 360_000,
    "housing": "rent",
    "floor_area": "46",
    "rent_monthly": 60_000,
    "address": "幸福里 3 栋 201",
    "employer": "青山纺织厂",
}
DAUGHTER = {"born_on": "2015-03-02", "identity": "primary"}


def make_application_ready(union: Union, worker: User | None = None, **also: Any) -> Application:
    """An approved application of a worker with a daughter of eleven."""
    holder = make_holder(union, worker or make_worker())
    daughter = make_member(holder, "daughter", "李小雨", also.pop("daughter_number", ""))
    daughter.details = DAUGHTER
    daughter.save()
    return make_application(holder, state=Application.State.PUBLICITY, answers=ANSWERS, **also)


def make_case(union: Union, *, by: User | None = None, **also: Any) -> Case:
    """A file opened by a clerk of the union, through the real action."""
    by = by or make_staff("陈经办", union, Role.CLERK)
    application = make_application_ready(union, **also)
    return files.open_case(application, category="deep", level="county", by=by)


def merge(duplicate: Holder, *, into: Holder, by: User, second: User | None = None) -> None:
    """One colleague asks, another one of the same seat confirms, through the real actions."""
    same = duplicate.id_index == into.id_index
    asked = merges.ask(
        duplicate,
        into=into,
        stands_as=Merge.SAME if same else "spouse",
        why="户口簿、结婚证原件",
        by=by,
    )
    workflows.merge_households(asked, by=second or twin_of(by))


def twin_of(colleague: User) -> User:
    """Another person with the same post."""
    post = colleague.posts.select_related("union").get()
    return make_staff(f"{colleague.username}二", post.union, Role(post.role))
