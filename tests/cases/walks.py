"""A household's fate, step by step, and beside it in plain words who may see it: for the test of access.

The plain side knows no table: it keeps what anybody could say about the household (where its file is, what
waits, who helps) and works out from that, and from the posts, who may look in and why.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import Consent, User
from mashang.aid import actions as aid
from mashang.cases.actions import access, changes, pairings, reviews, transfers
from mashang.cases.form.papers import papers_for
from mashang.cases.models import Application, Case, Holder, Pairing, Transfer
from mashang.cases.queries.access import OWN, PAIRED, WORK, access_basis, which_open
from mashang.reviews import actions as review_engine
from mashang.reviews.models import Step
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from tests.builders import make_application, make_staff, make_worker
from tests.cases.households import make_case, merge
from tests.cases.offices import make_office, make_paper

OFFICES = ["own", "town", "county", "city", "province"]
SEATS = [
    ("own", Role.CLERK), ("town", Role.REVIEWER), ("county", Role.CLERK), ("county", Role.REVIEWER),
    ("county", Role.APPROVER), ("county", Role.TREASURER), ("county", Role.ADMIN), ("city", Role.KEEPER),
    ("city", Role.REVIEWER),
]  # fmt: skip
# Who may do what, as the handbook says it.
MAY = {
    "accept": {Role.CLERK},
    "recheck": {Role.REVIEWER},
    "decision": {Role.APPROVER},
    "change": {Role.CLERK, Role.KEEPER},
    "pair": {Role.REVIEWER, Role.APPROVER},
    "confirm aid": {Role.TREASURER},
    "read": set(Role) - {Role.AUDITOR, Role.ADMIN},
}
LIES_WITH = {"accept": "own", "recheck": "town", "decision": "county"}
OTHER = {"A": "B", "B": "A"}


@dataclass
class Plain:
    """What anybody could say about the household now."""

    place: str = "A"
    is_active: bool = True
    waits: set[tuple[str, str]] = field(default_factory=set)  # (what, in whose branch)
    step: str = ""  # of the one-off application under way, which lies in `applied_in`
    taken: set[str] = field(default_factory=set)
    applied_in: str = "A"
    is_moving: bool = False
    helper: str = ""  # "", proposed, paired
    agreed: bool = False
    owners: set[str] = field(default_factory=lambda: {"worker"})
    gone: set[str] = field(default_factory=set)  # posts that have ended
    broke_glass: set[str] = field(default_factory=set)

    def basis_of(self, name: str) -> str | None:
        if name in self.owners:
            return "self"
        if name == "helper":
            return "pairing" if self.helper == "paired" and self.agreed else None
        if name in self.gone or "/" not in name:
            return None
        return self._basis_at(*name.split("/"))

    def _basis_at(self, branch: str, office: str, role: str) -> str | None:
        if self.step and self._reviews(branch, office, role):
            return "review"
        if self._keeps(branch, office, role):
            return "keeping"
        if self._has_task(branch, office, role):
            return "task"
        return "break_glass" if f"{branch}/{office}/{role}" in self.broke_glass else None

    def _reviews(self, branch: str, office: str, role: str) -> bool:
        if branch != self.applied_in:
            return False
        rank = OFFICES.index(office)
        has_turn = role in MAY[self.step] and rank >= OFFICES.index(LIES_WITH[self.step])
        return has_turn or any(role in MAY[t] and office == LIES_WITH[t] for t in self.taken)

    def _keeps(self, branch: str, office: str, role: str) -> bool:
        if branch != self.place:
            return False
        at_home = office == "own" and role in MAY["read"]
        arranges = office == "county" and role in MAY["pair"]
        return at_home or arranges or role == Role.KEEPER

    def _has_task(self, branch: str, office: str, role: str) -> bool:
        """What waits, waits at the grass roots, for whoever may do it there or above."""
        return any(role in MAY[what] and branch == where for what, where in self.waits)


@dataclass
class Walk:
    """The household itself, with everybody around it by name: “A/county/reviewer”."""

    branches: dict[str, dict[str, Union]]
    people: dict[str, User]
    case: Case
    plain: Plain = field(default_factory=Plain)

    @property
    def file(self) -> Case:
        return Case.objects.select_related("holder", "union").get(pk=self.case.pk)

    @property
    def holder(self) -> Holder:
        return Holder.objects.get(pk=self.case.holder_id)

    def at(self, branch: str, office: str, role: str) -> User:
        return User.objects.get(pk=self.people[f"{branch}/{office}/{role}"].pk)

    def here(self, office: str, role: str) -> User:
        return self.at(self.plain.place, office, role)

    def answers(self) -> dict[str, tuple[str | None, str | None]]:
        """For whom the house and the plain side differ, each with both answers."""
        differing = {}
        halves = [self.holder, *Holder.objects.filter(merged_into=self.holder)]
        for name, person in self.people.items():
            user = User.objects.get(pk=person.pk)
            plain = self.plain.basis_of(name)
            for ours in (access_basis(user, half, (OWN, PAIRED, *WORK)) for half in halves):
                if ours != plain:
                    differing[name] = (ours, plain)
            at_work = [half.pk for half in halves if access_basis(user, half, WORK)]
            if (listed := which_open(user, halves)) != set(at_work):
                differing[f"{name} in a list"] = (str(listed), str(at_work))
        return differing


def begin(branch_a: dict[str, Union], branch_b: dict[str, Union]) -> Walk:
    """A family on file in A; its worker, a helper, a stranger; the same nine seats in A and in B."""
    branches = {"A": branch_a, "B": branch_b}
    make_office(branch_a)
    people = {
        f"{branch}/{office}/{role}": make_staff(f"{branch}{office}{role}", line[office], role)
        for branch, line in branches.items()
        for office, role in SEATS
    }
    worker = make_worker()
    case = make_case(branch_a["own"], worker=worker, by=people["A/own/clerk"])
    people |= {"worker": worker, "helper": make_worker("韦助"), "stranger": make_worker("过路")}
    people["other half"] = make_worker("同一人")
    return Walk(branches, people, case)


# What may happen ----------------------------------------------------------------------------

Happens = Callable[[Walk], None]
HAPPENINGS: dict[str, tuple[Callable[[Plain], bool], Happens]] = {}


def when(can: Callable[[Plain], bool]) -> Callable[[Happens], Happens]:
    def add(happens: Happens) -> Happens:
        HAPPENINGS[happens.__name__] = (can, happens)
        return happens

    return add


def has(what: str) -> Callable[[Plain], bool]:
    return lambda plain: any(what == waiting for waiting, _ in plain.waits)


def lacks(what: str) -> Callable[[Plain], bool]:
    return lambda plain: plain.is_active and not has(what)(plain)


def _wait(walk: Walk, what: str, where: str) -> None:
    walk.plain.waits.add((what, where))


def _done(walk: Walk, what: str) -> None:
    walk.plain.waits = {(one, where) for one, where in walk.plain.waits if one != what}


@when(lacks("change"))
def worker_reports_a_change(walk: Walk) -> None:
    owner = User.objects.get(pk=walk.holder.user_id)
    changes.report_change(walk.file, {"address": "幸福里 5 栋"}, why="搬家", by=owner)
    _wait(walk, "change", walk.plain.place)


@when(has("change"))
def change_is_declined(walk: Walk) -> None:
    asked = walk.file.change_requests.get(state="asked")
    changes.decline_change(asked, answer="情况没有变化", by=walk.here("own", "clerk"))
    _done(walk, "change")


def _may_move(plain: Plain) -> bool:
    """Neither while an application is under way, nor while a sum waits."""
    return plain.is_active and not plain.step and not has("confirm aid")(plain)


@when(lambda plain: _may_move(plain) and not plain.is_moving)
def transfer_is_asked(walk: Walk) -> None:
    other = OTHER[walk.plain.place]
    to = walk.branches[other]["own"]
    transfers.ask(walk.file, to=to, why="搬家", by=walk.here("county", "reviewer"))
    walk.plain.is_moving = True


@when(lambda plain: _may_move(plain) and plain.is_moving)
def transfer_is_accepted(walk: Walk) -> None:
    to = OTHER[walk.plain.place]
    asked = Transfer.objects.get(case=walk.case, state="asked")
    workflows.accept_transfer(asked, by=walk.at(to, "county", "reviewer"))
    walk.plain.is_moving = False
    walk.plain.place = to
    walk.plain.waits = {(what, to) for what, _ in walk.plain.waits}


@when(lambda plain: plain.is_moving)
def transfer_is_declined(walk: Walk) -> None:
    by = walk.at(OTHER[walk.plain.place], "county", "reviewer")
    transfers.decline(Transfer.objects.get(case=walk.case, state="asked"), by=by)
    walk.plain.is_moving = False


@when(lambda plain: plain.is_active and not plain.helper)
def helper_is_proposed(walk: Walk) -> None:
    by = walk.here("county", "reviewer")
    pairings.propose(walk.file, helper=walk.people["helper"], by=by)
    walk.plain.helper = "proposed"
    _wait(walk, "pair", walk.plain.place)


@when(lambda plain: plain.helper == "proposed")
def helper_is_confirmed(walk: Walk) -> None:
    pairings.confirm(_pairing(walk), by=walk.here("county", "approver"))
    walk.plain.helper = "paired"
    _done(walk, "pair")


@when(lambda plain: plain.helper == "paired")
def pairing_ends(walk: Walk) -> None:
    workflows.end_pairing(_pairing(walk), why="调离", by=walk.here("county", "reviewer"))
    walk.plain.helper = ""


@when(lambda plain: not plain.agreed)
def family_agrees_to_the_helper(walk: Walk) -> None:
    Consent.objects.create(
        subject_id=walk.holder.pk, purpose=Consent.Purpose.HELPER, version="1",
        recorded_by=walk.people["worker"], given_at=timezone.now(),
    )  # fmt: skip
    walk.plain.agreed = True


@when(lambda plain: plain.agreed)
def family_withdraws_it(walk: Walk) -> None:
    by = User.objects.get(pk=walk.holder.user_id)
    workflows.withdraw_consent(walk.holder, Consent.Purpose.HELPER, by=by)
    walk.plain.agreed = False


@when(lacks("confirm aid"))
def aid_is_proposed(walk: Walk) -> None:
    aid.propose(
        walk.holder, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=50_000, by=walk.here("own", "clerk"),
    )  # fmt: skip
    _wait(walk, "confirm aid", walk.plain.place)


@when(has("confirm aid"))
def aid_is_confirmed(walk: Walk) -> None:
    waiting = walk.holder.aid_proposals.get(state="proposed")
    aid.confirm(waiting, by=walk.here("county", "treasurer"))
    _done(walk, "confirm aid")


@when(lambda plain: plain.is_active)
def file_is_closed(walk: Walk) -> None:
    workflows.close_case(walk.file, reason="已解困脱困", by=walk.here("own", "clerk"))
    walk.plain.is_active, walk.plain.helper = False, ""
    _done(walk, "pair")


@when(lambda plain: not plain.is_active)
def file_is_reopened(walk: Walk) -> None:
    workflows.reopen_case(walk.file, why="旧病复发", by=walk.here("own", "clerk"))
    walk.plain.is_active = True


@when(lambda plain: not plain.step)
def worker_applies_for_one_off_aid(walk: Walk) -> None:
    application = make_application(walk.holder, kind=Application.Kind.ONE_OFF, answers=ANSWERS)
    for paper in papers_for(application.kind, application.answers.reveal()):
        make_paper(application, paper.kind)
    review_engine.open_review(
        application.pk, kind=application.kind, union=application.union, by=application.filled_by
    )
    walk.plain = replace(walk.plain, step="accept", taken=set(), applied_in=walk.plain.place)


@when(lambda plain: plain.step in ("accept", "recheck"))
def step_is_taken(walk: Walk) -> None:
    plain = walk.plain
    (role,) = MAY[plain.step]
    workflows.approve_step(_step(walk), by=walk.at(plain.applied_in, LIES_WITH[plain.step], role))
    plain.taken.add(plain.step)
    plain.step = {"accept": "recheck", "recheck": "decision"}[plain.step]


@when(lambda plain: bool(plain.step))
def application_is_refused(walk: Walk) -> None:
    plain = walk.plain
    (role,) = MAY[plain.step]
    by = walk.at(plain.applied_in, LIES_WITH[plain.step], role)
    reviews.refuse(_step(walk), by=by, reason_code="N6")
    plain.step, plain.taken = "", set()


@when(lambda plain: len(plain.owners) == 1)
def duplicate_is_merged_in(walk: Walk) -> None:
    """The same person had a second file, under another phone."""
    second = make_case(walk.file.union, worker=walk.people["other half"]).holder
    Holder.objects.filter(pk=second.pk).update(id_index=walk.holder.id_index)
    second.refresh_from_db()
    merge(second, into=walk.holder, by=walk.here("county", "reviewer"))
    walk.plain.owners.add("other half")


@when(lambda plain: plain.place == "A" and not plain.broke_glass and not plain.gone)
def glass_is_broken(walk: Walk) -> None:
    """By one of the city, who has nothing to do with it otherwise."""
    by = walk.at("A", "city", "reviewer")
    access.break_glass(walk.holder, reason="半夜来电求助，需核实住址", by=by)
    walk.plain.broke_glass.add("A/city/reviewer")


LEAVERS = ("A/county/clerk", "A/city/keeper", "B/county/clerk", "B/city/keeper")


@when(lambda plain: not plain.gone)
def posts_end(walk: Walk) -> None:
    """Some who could read the file leave their posts, here and there."""
    for name in LEAVERS:
        province = walk.branches[name.partition("/")[0]]["province"]
        admin = make_staff("省管", province, Role.ADMIN)
        workflows.end_post(Post.objects.get(user=walk.people[name]), by=admin)
        walk.plain.gone.add(name)


def _pairing(walk: Walk) -> Pairing:
    return Pairing.objects.get(case=walk.case, to_on=None)


def _step(walk: Walk) -> Step:
    live = Application.objects.get(holder=walk.holder, state__in=Application.LIVE)
    return Step.objects.get(subject_id=live.pk, state=Step.State.OPEN)


ANSWERS: dict[str, Any] = {
    "name": "李春燕", "born_on": "1980-05-17", "sex": "女", "main_cause": "low_income",
    "has_employer": "no", "work_state": "retired", "health": "good", "other_causes": [],
    "income_wage": 1_200_000, "housing": "rent", "members": [],
}  # fmt: skip
