"""离任、停用账号、放假通知: the halves of this room; `mashang.workflows` calls them, nobody else may (pyproject.toml)."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.locks import locked
from mashang.core.errors import NotAllowed, WrongState
from mashang.reference import actions as reference
from mashang.unions.actions.holidays import locked_notice, require_province
from mashang.unions.models import HolidayNotice, Post, Union
from mashang.unions.queries import KEPT_BY_SOMEBODY, is_last, with_the_same_office
from mashang.unions.refusals import (
    ClosedElsewhere,
    ColleagueClosed,
    LastOne,
    NotYourself,
    OwnHolidayNotice,
)
from mashang.unions.roles import Permission, permissions_at, require
from mashang.unions.second_person import require_two


def end(post: Post, *, by: User) -> Post:
    """离任: from this moment on; whatever page is open, nothing more is done in this role."""
    require(by, Permission.TREE_MANAGE, at=post.union)
    post = Post.objects.select_for_update(of=("self",)).select_related("union").get(pk=post.pk)
    if post.to_on:
        raise WrongState(message=N_("这项任职已经结束"))
    post.to_on = max(timezone.localdate(), post.from_on)
    post.save(update_fields=["to_on"])
    record("post.ended", post, by=by, union=post.union, role=post.role, user=post.user_id)
    return post


def close_account(user: User, *, by: User) -> list[Post]:
    """停用账号: by one person, at once; every post sleeps as after a reset. Returns those that counted until now.

    By whoever may close accounts at all the unions where the colleague works. Opened again by a reset and a second
    person (`posts.reset_account`, `posts.confirm`). Raises NotYourself, ClosedElsewhere, ColleagueClosed, LastOne.
    """
    if user.pk == by.pk:
        raise NotYourself(message=N_("不能停用自己的账号；要离任的，请另一位管理员办理"))
    people = {
        one.pk: one for one in locked(User.objects.filter(pk__in=[user.pk, by.pk]), no_key=True)
    }
    if not people[by.pk].is_active or not user.is_staff:
        raise NotAllowed
    if not people[user.pk].is_active:
        raise ColleagueClosed
    posts = list(locked(Post.objects.filter(user=user, to_on=None).select_related("union", "user")))
    if not posts or not all(_may_close(by, post.union) for post in posts):
        raise ClosedElsewhere
    today = timezone.localdate()
    counted = [post for post in posts if not post.awaits_second_person and post.from_on <= today]
    for post in counted:
        _require_another(post)
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(awaits_second_person=True)
    at = min((post.union for post in posts), key=lambda union: union.path)
    record("staff.closed", user, by=by, union=at)
    return counted


def _may_close(by: User, union: Union) -> bool:
    return Permission.ACCOUNT_CLOSE in permissions_at(by, union)


def _require_another(post: Post) -> None:
    """Somebody else administers, or keeps the files, there or above; locked, so that two are not closed at once."""
    if post.role in KEPT_BY_SOMEBODY and is_last(post, locked(with_the_same_office(post))):
        raise LastOne


def publish_holidays(notice: HolidayNotice, *, by: User) -> HolidayNotice:
    """核对生效: by another colleague than the one who entered it."""
    notice = locked_notice(notice)
    require_province(notice.union, by)
    require_two(notice.proposed_by, by, OwnHolidayNotice)
    notice.transition_to(HolidayNotice.State.PUBLISHED, decided_by=by, decided_at=timezone.now())
    reference.publish_year(
        notice.year,
        by=by,
        holidays=dict(notice.days_off()),
        make_up=notice.days_worked(),
        source=notice.source,
    )
    record("holidays.published", notice, by=by, union=notice.union, year=notice.year)
    return notice
