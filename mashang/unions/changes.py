"""任职和账号变动: who got in and out of a branch and by whose hand, and who took back whom they had named as kin; for those
who watch over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.days import day_of
from mashang.core.models import TrailEntry
from mashang.unions.models import Post
from mashang.unions.queries import unions_where
from mashang.unions.roles import Permission

DAYS, MOST, MOST_POSTS = 90, 200, 2000
OF_POSTS = {
    "post.appointed": N_("提出任职"),
    "post.installed": N_("安装时任职"),
    "post.confirmed": N_("确认任职"),
    "post.declined": N_("不同意任职"),
    "post.withdrawn": N_("撤回提出的任职"),
    "post.ended": N_("离任"),
}
TAKEN_BACK = N_("撤回任职")  # ended before anybody had confirmed it
OF_KIN = {"relative.withdrawn": N_("撤销亲属声明")}
OF_ACCOUNTS = {"staff.reset": N_("重置登录"), "staff.closed": N_("停用账号")}


@dataclass(frozen=True)
class Change:
    """One act on one colleague's post or account; `role` and `union` of a post that it touches."""

    at: datetime
    what: str
    name: str
    role: str
    union: str
    by: str


def recent_changes(user: User) -> list[Change]:
    """The last three months within the branches that the user watches, newest first. Up to six queries."""
    since = timezone.now() - timedelta(days=DAYS)
    posts = _touched(user, since)
    withdrawn = _withdrawn_kin(since)
    posts += _posts_of_actors(user, withdrawn)
    entries = sorted([*_entries(posts, since), *withdrawn], key=lambda one: one.at, reverse=True)
    actors = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    names = {str(pk): actor.name for pk, actor in actors.items()}
    of_post = {str(post.pk): post for post in posts}
    of_user = {str(post.user_id): post for post in posts}
    return [
        Change(
            at=entry.at,
            what=_what(entry, post),
            name=post.user.name,
            role=post.get_role_display(),
            union=post.union.name,
            by=names.get(entry.actor_id, ""),
        )
        for entry in entries[:MOST]
        if (post := of_post.get(entry.subject_id) or of_user.get(_whose(entry)))
    ]


def _what(entry: TrailEntry, post: Post) -> str:
    if entry.action == "post.ended" and not post.has_counted:
        return TAKEN_BACK
    return (OF_POSTS | OF_ACCOUNTS | OF_KIN)[entry.action]


def _touched(user: User, since: datetime) -> list[Post]:
    """Posts of the branches that began, wait, or ended since: whatever happens to an account makes its posts wait."""
    recent = (
        Q(confirmed_at__gte=since) | Q(awaits_second_person=True) | Q(from_on__gte=day_of(since))
    )
    rows = Post.objects.filter(
        recent | Q(to_on__gte=day_of(since)),
        union__in=unions_where(user, Permission.ALERT_READ),
    )
    return list(rows.select_related("user", "union").order_by("-pk")[:MOST_POSTS])


def _whose(entry: TrailEntry) -> str:
    """The colleague whom an entry is about: kin are withdrawn by whoever had named them."""
    return entry.actor_id if entry.action in OF_KIN else entry.subject_id


def _withdrawn_kin(since: datetime) -> list[TrailEntry]:
    rows = TrailEntry.objects.filter(subject="accounts.relative", action__in=OF_KIN, at__gte=since)
    return list(rows.order_by("-at")[:MOST])


def _posts_of_actors(user: User, entries: Iterable[TrailEntry]) -> list[Post]:
    """The posts, within the branches, of those who did this."""
    rows = Post.objects.filter(
        user__in={entry.actor_id for entry in entries if entry.actor_id},
        union__in=unions_where(user, Permission.ALERT_READ),
        to_on=None,
    )
    return list(rows.select_related("user", "union"))


def _entries(posts: Iterable[Post], since: datetime) -> list[TrailEntry]:
    post_ids = {str(post.pk) for post in posts}
    user_ids = {str(post.user_id) for post in posts}
    which = Q(subject="unions.post", subject_id__in=post_ids, action__in=OF_POSTS)
    which |= Q(subject="accounts.user", subject_id__in=user_ids, action__in=OF_ACCOUNTS)
    return list(TrailEntry.objects.filter(which, at__gte=since).order_by("-at", "-number")[:MOST])
