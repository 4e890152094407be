"""依据: why this person may see this household now. Every page that shows one asks here.

A ground is one such reason, true or not by what stands now: present posts, the union that keeps the file
now, the household that a merged one became, work that still waits. What began there in the past opens nothing.
A scan decides in a statement of its own only to which page it leads (`codes/queries.py`); that page asks here.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import live_consents
from mashang.cases.live_tasks import has_task, with_task
from mashang.cases.models import Access, Application, Case, Holder, Member, Pairing
from mashang.cases.queries.drafts import may_correct
from mashang.core.db.compiled import CompiledQuery, Param
from mashang.reviews.models import Step
from mashang.reviews.queries import paths_upwards, responsible_union, responsible_unions
from mashang.unions.models import Post, Union
from mashang.unions.roles import ROLE_PERMISSIONS, Permission, Role, permissions_at
from mashang.unions.scope import posts_of

Basis = Access.Basis
GLASS_BROKEN = N_("应急查阅")  # what the access row of the breaking itself says
GLASS_STAYS_OPEN = timedelta(minutes=30)


@dataclass(frozen=True)
class Ground:
    """One reason to open a household: the basis that its access row names, and whether it holds now."""

    basis: str
    holds: Callable[[User, Holder], bool]


def surviving(holder: Holder) -> Holder:
    """The household that this one is now; a merge leaves no chain (`cases/parts/files.py`)."""
    if holder.merged_into_id is None:
        return holder
    rows = Holder.objects.unscoped(why="the same household, merged").select_related("union")
    return rows.get(pk=holder.merged_into_id)


# The worker and the helper ----------------------------------------------------------------


def _is_own(user: User, holder: Holder) -> bool:
    return holder.belongs_to(user)


def _paired_case() -> Any:
    helper: Any = Param("helper", User._meta.pk)
    agreed = live_consents(Consent.Purpose.HELPER).filter(subject_id=OuterRef("holder_id"))
    paired = Case.objects.paired_to(helper).annotate(is_agreed=Exists(agreed))
    return paired.filter(pk=Param("pk", Case._meta.pk)).select_related("holder__data_key", "union")


def families_of(helper: User) -> QuerySet[Case]:
    """Those whom this person helps today, each with `is_agreed`: whether it lets its helper read the six facts."""
    agreed = live_consents(Consent.Purpose.HELPER).filter(subject_id=OuterRef("holder_id"))
    cases = Case.objects.paired_to(helper).annotate(is_agreed=Exists(agreed))
    return cases.select_related("union").order_by("case_no")


def _agreed_pairing() -> Any:
    helper: Any = Param("helper", Pairing._meta.get_field("helper").target_field)
    holder: Any = Param("holder", Holder._meta.pk)
    agreed = live_consents(Consent.Purpose.HELPER).filter(subject_id=holder)
    pairings = Pairing.objects.own(helper).live().filter(case__holder=holder)
    return pairings.filter(Exists(agreed))


# Behind every look of a helper, so they are compiled once.
PAIRED_CASE: CompiledQuery[Any] = CompiledQuery(_paired_case)
_AGREED_PAIRING: CompiledQuery[Any] = CompiledQuery(_agreed_pairing)


def _is_paired(user: User, holder: Holder) -> bool:
    return _AGREED_PAIRING.first(helper=user.pk, holder=holder.pk) is not None


# A colleague at work ----------------------------------------------------------------------


def _reviews(user: User, holder: Holder) -> bool:
    """While an application is under way: whoever may take its open step, and the offices that took one."""
    return any(_is_at_step(user, step) for step in _steps_of_live_application(holder))


def _steps_of_live_application(holder: Holder) -> list[Step]:
    live = Application.objects.of_household(holder).live().values("pk")
    steps = Step.objects.unscoped(why="of an application that is only asked whose turn it is")
    return list(steps.filter(subject_id__in=live).select_related("flow_step", "union"))


def _is_at_step(user: User, step: Step) -> bool:
    needed = Permission(step.flow_step.permission)
    if step.state == Step.State.OPEN:
        return needed in permissions_at(user, step.union)
    return any(_holds_at(post, step.union, needed) for post in posts_of(user))


def _fills_in(user: User, holder: Holder) -> bool:
    """代办: the reason for it stands on the application that can still be filled in, and who asks did that,
    or sits at the union that it was handed to."""
    live = Application.objects.of_household(holder).live().exclude(assist_reason="")
    return any(
        _assists_at(user, application) and may_correct(application)
        for application in live.select_related("union")
    )


def _assists_at(user: User, application: Application) -> bool:
    if Permission.APPLICATION_ASSIST not in permissions_at(user, application.union):
        return False
    sits_there = any(post.union_id == application.union_id for post in posts_of(user))
    return sits_there or application.filled_by_id == user.pk


def _keeps(user: User, holder: Holder) -> bool:
    """The file's own union, the keepers above, and the people of its county who arrange helpers."""
    case = Case.objects.of_holder(holder).select_related("union").first()
    if case is None:
        return False
    return _keeps_at(user, case.union) or _arranges_helpers(user, case.union)


def _keeps_at(user: User, union: Union) -> bool:
    return any(
        _holds_at(post, union, Permission.CASE_READ)
        or (post.role == Role.KEEPER and post.union.is_above(union))
        for post in posts_of(user)
    )


def _arranges_helpers(user: User, union: Union) -> bool:
    if not any(post.union.is_above(union) for post in _arranging(user)):
        return False
    county = responsible_union(union, Union.Kind.COUNTY, timezone.localdate())
    return _arranges_at(user, union, county)


def _arranges_at(user: User, union: Union, county: Union) -> bool:
    posts = _arranging(user)
    is_above = any(post.union.is_above(union) for post in posts)
    return is_above and any(post.union_id == county.pk for post in posts)


def _arranging(user: User) -> list[Post]:
    return [post for post in posts_of(user) if _holds_at(post, post.union, Permission.CASE_PAIR)]


def _holds_at(post: Post, union: Union, permission: Permission) -> bool:
    return post.union_id == union.pk and permission in ROLE_PERMISSIONS[Role(post.role)]


def _broke_glass(user: User, holder: Holder) -> bool:
    return _breakings_of(user).filter(holder__in=Holder.objects.halves_of(holder)).exists()


def _breakings_of(user: User) -> QuerySet[Access]:
    since = timezone.now() - GLASS_STAYS_OPEN
    looks = Access.objects.unscoped(why="whether this person broke the glass themselves")
    breaking = looks.filter(viewer=user, what=GLASS_BROKEN, basis=Basis.BREAK_GLASS)
    return breaking.filter(created_at__gt=since)


def comparing(holder: Holder, *, needs_shared: bool) -> Ground:
    """合并重复: another household, for whoever may merge both and opens this one.

    `needs_shared`: only one with a person of this one. Husband and wife with a file each share nobody,
    since a person stands on one live file.
    """

    def may_merge(user: User, other: Holder) -> bool:
        return (
            Permission.CASE_TRANSFER in permissions_at(user, other.union)
            and (not needs_shared or _people_of(holder) & _people_of(other) != set())
            and access_basis(user, holder) is not None
        )

    return Ground(Basis.KEEPING, may_merge)


def _people_of(holder: Holder) -> set[str]:
    members = Member.objects.of_holder(holder).filter(left_on=None)
    return {holder.id_index, *members.values_list("id_index", flat=True)} - {""}


OWN = Ground(Basis.SELF, _is_own)
PAIRED = Ground(Basis.PAIRING, _is_paired)
FILLING_IN = Ground(Basis.REVIEW, _fills_in)
WORK = (
    Ground(Basis.REVIEW, _reviews),
    Ground(Basis.KEEPING, _keeps),
    Ground(Basis.TASK, lambda user, holder: has_task(user, Holder.objects.halves_of(holder))),
    Ground(Basis.BREAK_GLASS, _broke_glass),
)


def access_basis(user: User, holder: Holder, among: Sequence[Ground] = WORK) -> str | None:
    """The basis of the first ground that holds now; None: this household is not this person's business.

    `among`: the grounds that open what is to be shown. A merged household is asked for by the one that it became.
    """
    survivor = surviving(holder)
    return next((ground.basis for ground in among if ground.holds(user, survivor)), None)


def which_open(user: User, holders: Sequence[Holder]) -> set[UUID]:
    """Which of these households `WORK` opens for this person, for the links of a list; in a number of queries
    that does not grow with it. The page behind the link asks `access_basis` again."""
    now_of = {holder.pk: holder.merged_into_id or holder.pk for holder in holders}
    opened = _kept(user, set(now_of.values()))
    if others := set(now_of.values()) - opened:
        opened |= _at_work(user, others)
    return {pk for pk, now in now_of.items() if now in opened}


def _at_work(user: User, holders: Collection[UUID]) -> set[UUID]:
    """As the grounds of `WORK` but for `_keeps`."""
    rows = Holder.objects.unscoped(why="the households of rows that the reader was given")
    halves = rows.filter(Q(pk__in=holders) | Q(merged_into__in=holders))
    now_of = {pk: into or pk for pk, into in halves.values_list("pk", "merged_into")}
    found = {
        *_reviewed(user, now_of),
        *with_task(user, rows.filter(pk__in=now_of)),
        *_with_broken_glass(user, now_of),
    }
    return {now_of[pk] for pk in found}


def leads_on(user: User, holders: Sequence[Holder]) -> set[UUID]:
    """Those whose page does not end in a refusal: it opens, or offers this person 应急查阅. The holders come with their unions."""
    may_break = {
        holder.pk
        for holder in holders
        if Permission.CASE_BREAK_GLASS in permissions_at(user, holder.union)
    }
    others = [holder for holder in holders if holder.pk not in may_break]
    return may_break | (which_open(user, others) if others else set())


def _reviewed(user: User, halves: Collection[UUID]) -> set[UUID]:
    """As `_reviews`."""
    rows = Application.objects.unscoped(why="only asked whose turn it is").live()
    holder_of = dict(rows.filter(holder__in=halves).values_list("pk", "holder"))
    steps = Step.objects.unscoped(why="of applications that are only asked whose turn it is")
    steps = steps.filter(subject_id__in=holder_of).select_related("flow_step", "union")
    return {holder_of[step.subject_id] for step in steps if _is_at_step(user, step)}


def _kept(user: User, holders: Collection[UUID]) -> set[UUID]:
    """As `_keeps`."""
    rows = Case.objects.unscoped(why="only asked who keeps them").filter(holder__in=holders)
    cases = list(rows.select_related("union"))
    kept = {case.holder_id for case in cases if _keeps_at(user, case.union)}
    if not _arranging(user):
        return kept
    unions = [case.union for case in cases]
    county_of = responsible_unions(unions, Union.Kind.COUNTY, timezone.localdate())
    arranged = (
        case for case in cases if _arranges_at(user, case.union, county_of[case.union.path])
    )
    return kept | {case.holder_id for case in arranged}


def _with_broken_glass(user: User, halves: Collection[UUID]) -> set[UUID]:
    """As `_broke_glass`."""
    rows = _breakings_of(user).filter(holder__in=halves)
    return set(rows.values_list("holder", flat=True))


def keepers_of(holder: Holder) -> QuerySet[User]:
    """The keepers of the household's own union and of every union above it."""
    today = timezone.localdate()
    posts = Post.objects.current(today).filter(role=Role.KEEPER)
    line = posts.filter(union__path__in=paths_upwards(holder.union_path))
    return User.objects.filter(pk__in=line.values("user_id"), is_active=True)
