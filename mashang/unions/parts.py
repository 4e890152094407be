"""离任、放假通知: the halves of this room; `mashang.workflows` calls them, nobody else may (pyproject.toml)."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.errors import WrongState
from mashang.reference import actions as reference
from mashang.unions.actions.holidays import locked_notice, require_province
from mashang.unions.models import HolidayNotice, Post
from mashang.unions.refusals import OwnHolidayNotice
from mashang.unions.roles import Permission, require


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


def publish_holidays(notice: HolidayNotice, *, by: User) -> HolidayNotice:
    """核对生效: by another colleague than the one who entered it."""
    notice = locked_notice(notice)
    require_province(notice.union, by)
    if by.pk == notice.proposed_by_id:
        raise OwnHolidayNotice
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
