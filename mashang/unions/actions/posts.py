"""任职: appoint people to roles, confirm, end; open and reset their accounts."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions import staff
from mashang.accounts.actions.staff import Enrolment
from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.unions.locks import lock_standing
from mashang.unions.models import Post, Union
from mashang.unions.refusals import NeedsAnother, NotYourself, RolesClash
from mashang.unions.roles import TAKES_TWO, Permission, Role, require


@action
def invite(username: str, name: str, *, at: Union, by: User | None) -> Enrolment:
    """开通账号: for a new colleague of this union; hand them the code, it is shown once."""
    if by is not None:
        require(by, Permission.TREE_MANAGE, at=at)
    enrolment = staff.open_account(username, name)
    record("staff.invited", enrolment.user, by=by, union=at)
    return enrolment


@action
def appoint(user: User, at: Union, role: str, *, by: User, from_on: date) -> Post:
    """任职: a role that approves waits for a second person before it counts."""
    require(by, Permission.TREE_MANAGE, at=at)
    if user.pk == by.pk:
        raise NotYourself
    waits = Role(role) in TAKES_TWO
    post = _give(user, at, role, from_on, appointed_by=by, awaits_second_person=waits)
    record("post.appointed", post, by=by, union=at, role=role, user=user, waits=int(waits))
    return post


@action
def appoint_or_invite(
    at: Union, username: str, name: str, role: str, from_on: date, *, by: User
) -> tuple[Post, str]:
    """任职 by sign-in name: a new name gets an account, and its enrolment code is the second half
    of the answer (else empty). A known name must belong to the person who is meant."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        enrolment = invite(username, name, at=at, by=by)
        return appoint(enrolment.user, at, role, by=by, from_on=from_on), enrolment.code
    if user.name != name.strip():
        raise Invalid(fields={"username": N_("这个登录名是另一位同事的，请核对姓名或换一个登录名")})
    return appoint(user, at, role, by=by, from_on=from_on), ""


@action
def install(user: User, at: Union, role: str) -> Post:
    """安装任职: by the set-up commands, whose operator holds the server and both keys."""
    post = _give(user, at, role, timezone.localdate())
    record("post.installed", post, by=None, union=at, role=role, user=user)
    return post


@action
def confirm(post: Post, *, by: User) -> Post:
    """确认任职: by somebody who neither proposed it nor gains it."""
    require(by, Permission.POST_CONFIRM, at=post.union)
    post = Post.objects.select_for_update(of=("self",)).select_related("union").get(pk=post.pk)
    if not post.awaits_second_person or post.to_on:
        raise WrongState(message=N_("这项任职已经确认过，或已经结束"))
    if by.pk == post.user_id:
        raise NotYourself
    if by.pk == post.appointed_by_id:
        raise NeedsAnother
    post.awaits_second_person = False
    post.confirmed_by, post.confirmed_at = by, timezone.now()
    post.save(update_fields=["awaits_second_person", "confirmed_by", "confirmed_at"])
    record("post.confirmed", post, by=by, union=post.union, role=post.role, user=post.user_id)
    return post


@action
def reset_account(user: User, *, at: Union, by: User) -> Enrolment:
    """重置登录: whoever holds the new code could be anybody, so roles that approve sleep until a
    second person confirms them again."""
    require(by, Permission.TREE_MANAGE, at=at)
    if user.pk == by.pk:
        raise NotYourself
    posts = Post.objects.select_for_update().filter(user=user, to_on=None)
    if not posts.filter(union__path__startswith=at.path).exists():
        raise Missing
    posts.filter(role__in=TAKES_TWO).update(
        awaits_second_person=True, appointed_by=by, confirmed_by=None, confirmed_at=None
    )
    enrolment = staff.reset(user)
    record("staff.reset", user, by=by, union=at)
    return enrolment


def _give(user: User, at: Union, role: str, from_on: date, **also: Any) -> Post:
    """One post of a person at a time, and none at a union that is just being closed: person first, then union."""
    user = locked(User.objects.filter(pk=user.pk), no_key=True).get()
    at = lock_standing(at)
    if not user.is_staff:
        raise Invalid(fields={"username": N_("这个账号不是工会工作人员账号")})
    _check_clash(user, role)
    with refusing():
        return Post.objects.create(user=user, union=at, role=role, from_on=from_on, **also)


def _check_clash(user: User, role: str) -> None:
    """The administrator sees no business data: not by a second role either."""
    held = set(user.posts.filter(to_on=None).values_list("role", flat=True))
    if held and (Role.ADMIN in held) != (role == Role.ADMIN):
        raise RolesClash
