"""任职: appoint people to roles, confirm; open and reset their accounts. Each takes two people."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions import kin_declarations, staff
from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.notices.actions import tell
from mashang.notices.kinds import Kind
from mashang.unions import notices
from mashang.unions.locks import lock_standing
from mashang.unions.models import AccountReset, Post, Union
from mashang.unions.queries import are_two, openers_of, watchers
from mashang.unions.refusals import (
    ColleagueClosed,
    NeedsAnother,
    NotYourself,
    PostElsewhere,
    RolesClash,
)
from mashang.unions.roles import Permission, Role, holds, permissions_at, require

APPOINTMENTS = "/desk/appointments/"
CHANGES = "/desk/alerts/#posts"  # who it was, and by whose hand
OWN_PHONE = N_("请填写本人的手机号：启用码只发到这里，谁提出、谁确认都看不到")


@action
def invite(username: str, name: str, phone: str = "", *, at: Union, by: User | None) -> User:
    """开通账号: for a new colleague of this union. Nobody holds a code yet: it goes to their own phone
    once a second person has confirmed the post. Raises Invalid."""
    if by is not None:
        require(by, Permission.TREE_MANAGE, at=at)
        if not phone.strip():
            raise Invalid(fields={"phone": OWN_PHONE})
    user = staff.open_account(username, name, phone)
    record("staff.invited", user, by=by, union=at)
    return user


@action
def appoint(user: User, at: Union, role: str, *, by: User, from_on: date) -> Post:
    """任职: whatever the role, it counts when a second person has confirmed it."""
    require(by, Permission.TREE_MANAGE, at=at)
    if user.pk in accounts_of(by):
        raise NotYourself
    post = _give(user, at, role, from_on, appointed_by=by, awaits_second_person=True)
    record("post.appointed", post, by=by, union=at, role=role, user=user)
    tell_watchers(notices.POST_PROPOSED, at, by)
    return post


@action
def appoint_or_invite(
    at: Union, username: str, name: str, role: str, from_on: date, *, by: User, phone: str = ""
) -> Post:
    """任职 by sign-in name: a new name gets an account; a known one must belong to the person who is meant."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        user = invite(username, name, phone, at=at, by=by)
    elif user.name != name.strip():
        raise Invalid(fields={"username": N_("这个登录名是另一位同事的，请核对姓名或换一个登录名")})
    return appoint(user, at, role, by=by, from_on=from_on)


@action
def install(user: User, at: Union, role: str) -> Post:
    """安装任职: by the set-up commands, whose operator holds the server and both keys."""
    post = _give(user, at, role, timezone.localdate())
    record("post.installed", post, by=None, union=at, role=role, user=user)
    return post


@action
def install_together(users: Sequence[User], at: Union, role: str) -> list[Post]:
    """安装任职 of the first people of a house or a branch, both at once; the unions above are told."""
    given = [install(user, at, role) for user in users]
    for watcher in watchers(at):
        tell(watcher, notices.POST_CONFIRMED, url=CHANGES, union=at.name)
    return given


@action
def confirm(post: Post, *, by: User) -> Post:
    """确认任职: by somebody who neither proposed it nor gains it, and whom the proposer did not let in.

    A colleague who cannot sign in yet is sent the enrolment code now, on their own phone.
    """
    post = _to_decide(post, by=by)
    if post.user_id in accounts_of(by):
        raise NotYourself
    if not all(are_two(opener, by) for opener in openers_of(post)):
        raise NeedsAnother
    post.awaits_second_person, post.confirm_by_on = False, None
    post.confirmed_by, post.confirmed_at = by, timezone.now()
    post.save(
        update_fields=["awaits_second_person", "confirm_by_on", "confirmed_by", "confirmed_at"]
    )
    staff.text_enrolment(post.user)
    record("post.confirmed", post, by=by, union=post.union, role=post.role, user=post.user_id)
    tell_watchers(notices.POST_CONFIRMED, post.union, by)
    return post


@action
def decline(post: Post, *, by: User) -> Post:
    """不同意, and 撤回 by whoever proposed it: a proposal that never counted ends; who proposed it is told.

    It lets nobody in, so one person is enough, whoever let them in themselves. One that counted, and waits after a reset or until its day, is ended by the administrator (离任). Raises as `confirm`.
    """
    post = _to_decide(post, by=by)
    if post.has_counted:
        raise WrongState(message=N_("这项任职以前生效过，不同意恢复的，请系统管理员办理离任"))
    post.to_on = max(timezone.localdate(), post.from_on)
    post.save(update_fields=["to_on"])
    is_own = post.appointed_by_id == by.pk
    verb = "post.withdrawn" if is_own else "post.declined"
    record(verb, post, by=by, union=post.union, role=post.role, user=post.user_id)
    if post.appointed_by and not is_own:
        tell(post.appointed_by, notices.POST_DECLINED, union=post.union.name)
    return post


@action
def reset_account(user: User, *, at: Union, by: User, phone: str = "") -> None:
    """重置登录: nothing that was known opens the account any more, and all its posts, wherever they are,
    sleep until a second person confirms them again; then the new code goes to the colleague's own phone.
    An account that was closed (停用) comes back this way, and in no other.

    `phone` is for one that has changed. By whoever manages all the unions where the colleague has a post that
    ever counted: a proposal alone gives no hold on anybody. Raises Missing, NotYourself, PostElsewhere, Invalid.
    """
    require(by, Permission.TREE_MANAGE, at=at)
    if user.pk == by.pk:
        raise NotYourself
    user = locked(User.objects.filter(pk=user.pk), no_key=True).get()
    was_closed = not user.is_active
    posts = locked(Post.objects.filter(user=user, to_on=None).select_related("union"))
    if not any(at.is_above(post.union) for post in posts):
        raise Missing
    if not all(_manages(by, post.union) for post in posts if post.has_counted):
        raise PostElsewhere
    if user.work_phone is None and not phone.strip():
        raise Invalid(fields={"phone": OWN_PHONE})
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(awaits_second_person=True)
    AccountReset.objects.update_or_create(user=user, by=by, defaults={"reset_at": timezone.now()})
    staff.reset(user, phone=phone.strip())
    kin_declarations.forget_shared_own(user, by=by)
    record("staff.reset", user, by=by, union=at, reopens=was_closed)
    for union in sorted({post.union for post in posts}, key=lambda union: union.path):
        tell_watchers(notices.ACCOUNT_RESET, union, by)


def _to_decide(post: Post, *, by: User) -> Post:
    """The post as it is now, locked, if it waits and this person is the second one."""
    require(by, Permission.POST_CONFIRM, at=post.union)
    locked(User.objects.filter(pk=post.user_id), no_key=True).get()
    rows = Post.objects.select_for_update(of=("self",))
    post = rows.select_related("union", "user__data_key", "appointed_by").get(pk=post.pk)
    if not (post.awaits_second_person or post.confirm_by_on) or post.to_on:
        raise WrongState(message=N_("这项任职已经确认过，或已经结束"))
    if post.user_id == by.pk:
        raise NotYourself
    if not post.user.is_active:
        raise ColleagueClosed
    return post


def _manages(user: User, union: Union) -> bool:
    return Permission.TREE_MANAGE in permissions_at(user, union)


def tell_watchers(
    told: Kind, at: Union, by: User | None = None, *, also: Sequence[User] = ()
) -> None:
    """Keeper and approver, but not whoever did it; `also` who watched before. Whom it concerns, they read where it leads."""
    for watcher in dict.fromkeys([*also, *watchers(at, but=by)]):
        if by is None or watcher.pk != by.pk:
            may_confirm = told in notices.WAIT and holds(watcher, Permission.POST_CONFIRM)
            tell(watcher, told, url=APPOINTMENTS if may_confirm else CHANGES, union=at.name)


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
    """The administrator sees no business data: not by a second role or a second account either.

    An account that holds a post is judged by its own: what another account declared takes nothing from it.
    """
    posts = Post.objects.filter(user__in=accounts_of(user), to_on=None)
    of_whom = list(posts.values_list("user", "role"))
    held = {role for pk, role in of_whom if pk == user.pk} or {role for _, role in of_whom}
    if held and (Role.ADMIN in held) != (role == Role.ADMIN):
        raise RolesClash
