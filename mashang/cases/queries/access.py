"""依据: what ties a colleague to a household, so that a page of it may be opened at all."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.models import Access, Application, Case, Holder
from mashang.reviews.models import Step
from mashang.reviews.queries import paths_upwards
from mashang.unions.models import Post, Union
from mashang.unions.roles import ROLE_PERMISSIONS, Permission, Role, permissions_at
from mashang.unions.scope import posts_of

Basis = Access.Basis
GLASS_BROKEN = N_("应急查阅")  # what the access row of the breaking itself says
GLASS_STAYS_OPEN = timedelta(minutes=30)


def access_basis(user: User, holder: Holder) -> str | None:
    """REVIEW, KEEPING or BREAK_GLASS; None means that this household is not this person's business.

    A review ties whoever may take its open step, and afterwards the offices that took a step, as
    long as the application is alive. A file ties the union that keeps it, the offices above it that
    took a step towards it, and the keepers above.
    """
    if any(_ties(user, step) for step in _steps_of_live_application(holder)):
        return Basis.REVIEW
    if _keeps(user, holder):
        return Basis.KEEPING
    return Basis.BREAK_GLASS if _broke_glass(user, holder) else None


def _steps_of_live_application(holder: Holder) -> Iterator[Step]:
    live = Application.objects.of_holder(holder).live().values_list("pk", flat=True)
    for subject_id in live:  # at most one: household_has_one_live_application
        yield from Step.objects.of_subject(subject_id).select_related("flow_step", "union")


def _ties(user: User, step: Step) -> bool:
    needed = Permission(step.flow_step.permission)
    if step.state == Step.State.OPEN:
        return needed in permissions_at(user, step.union)
    return any(
        post.union_id == step.union_id and needed in ROLE_PERMISSIONS[Role(post.role)]
        for post in posts_of(user)
    )


def _keeps(user: User, holder: Holder) -> bool:
    case = Case.objects.of_holder(holder).select_related("union").first()
    if case is None:
        return False
    offices = _offices_of(case)
    return any(_keeps_at(post, case.union, offices) for post in posts_of(user))


def _offices_of(case: Case) -> set[UUID]:
    """The union that keeps the file, and those that took a step towards it."""
    reviewed = Step.objects.of_subject(case.application_id).values_list("union_id", flat=True)
    return {case.union_id, *reviewed}


def _keeps_at(post: Post, union: Union, offices: set[UUID]) -> bool:
    """An office that the file has left behind keeps nothing."""
    if post.role == Role.KEEPER:
        return post.union.is_above(union)
    reads = Permission.CASE_READ in ROLE_PERMISSIONS[Role(post.role)]
    return reads and post.union_id in offices and post.union.is_above(union)


def _broke_glass(user: User, holder: Holder) -> bool:
    since = timezone.now() - GLASS_STAYS_OPEN
    looks = Access.objects.of_holder(holder).filter(viewer=user, basis=Basis.BREAK_GLASS)
    return looks.filter(created_at__gt=since).exists()


def keepers_of(holder: Holder) -> QuerySet[User]:
    """The keepers of the household's own union and of every union above it."""
    today = timezone.localdate()
    posts = Post.objects.current(today).filter(role=Role.KEEPER)
    line = posts.filter(union__path__in=paths_upwards(holder.union_path))
    return User.objects.filter(pk__in=line.values("user_id"), is_active=True)
