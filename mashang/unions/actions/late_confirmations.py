"""补确认: posts that one person gave before the rule of two. Whoever may confirm them is asked in time; what nobody
confirmed by its day sleeps (暂停)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.locks import locked
from mashang.core.each import each_by_itself
from mashang.core.wording import day
from mashang.notices.actions import tell, text_phone
from mashang.unions import notices
from mashang.unions.actions.posts import APPOINTMENTS, tell_watchers
from mashang.unions.models import Post, PostQuerySet, Union
from mashang.unions.queries import line, posts_to_confirm, watchers
from mashang.unions.roles import ROLE_PERMISSIONS, Permission

DAYS_BEFORE = 7  # the second time that they are asked
WHO_CONFIRMS = [role for role, may in ROLE_PERMISSIONS.items() if Permission.POST_CONFIRM in may]


def ask_for_second_person() -> int:
    """提醒补确认: at the first tick after the update, and again seven days before; returns at how many unions.
    `mashang tick` calls it."""
    unions = Union.objects.filter(pk__in=_to_ask_for().values("union"))
    return each_by_itself(_ask_at, list(unions))


@action
def _ask_at(at: Union) -> bool:
    due = list(locked(_to_ask_for().filter(union=at).select_related("user")))
    today = timezone.localdate()
    for person, count in _who_confirms(due, at).items():
        first = min(post.confirm_by_on for post in due if post.confirm_by_on)
        facts = {"union": at.name, "count": count, "day": day(first)}
        tell(person, notices.CONFIRM_IN_TIME, url=APPOINTMENTS, **facts)
    for post in due:
        tell(post.user, notices.OWN_POST_WAITS, union=at.name, day=day(post.confirm_by_on))
        again = post.confirm_by_on - timedelta(days=DAYS_BEFORE) if post.confirm_by_on else today
        post.ask_on = again if again > today else None
        post.save(update_fields=["ask_on"])
    return bool(due)


def let_unconfirmed_sleep() -> int:
    """到期没人补确认: these posts sleep until a second person confirms them; returns how many. `mashang tick` calls it.

    Who watches is read before the first one sleeps: their own posts may be among them.
    """
    due = list(_waiting().filter(confirm_by_on__lt=timezone.localdate()).select_related("union"))
    watching = {at: watchers(at) for at in {post.union for post in due}}

    def let_sleep(post: Post) -> bool:
        return _let_sleep(post, watching[post.union])

    return each_by_itself(let_sleep, due)


@action
def _let_sleep(post: Post, watching: Sequence[User] = ()) -> bool:
    post = locked(Post.objects.filter(pk=post.pk).select_related("union")).get()
    if post.awaits_second_person or post.confirm_by_on is None or post.to_on:
        return False
    post.awaits_second_person = True
    post.save(update_fields=["awaits_second_person"])
    record("post.slept", post, by=None, union=post.union, role=post.role, user=post.user_id)
    tell_watchers(notices.POST_SLEEPS, post.union, also=watching)
    _tell_holder(User.objects.select_related("data_key").get(pk=post.user_id), post.union)
    return True


def _tell_holder(user: User, at: Union) -> None:
    """Into the inbox, and to the work phone: without another post the desk is closed to them."""
    tell(user, notices.OWN_POST_SLEEPS, union=at.name)
    if user.work_phone is not None:
        phone, key = user.work_phone.reveal(), user.data_key
        text_phone(phone, notices.OWN_POST_SLEEPS, key, at_once=False, union=at.name)


def _waiting() -> PostQuerySet:
    posts = Post.objects.current(timezone.localdate())
    return posts.filter(confirm_by_on__isnull=False, to_on=None)


def _to_ask_for() -> PostQuerySet:
    return _waiting().filter(ask_on__lte=timezone.localdate())


def _who_confirms(due: Sequence[Post], at: Union) -> dict[User, int]:
    """Who counts as the second person for how many of these: at this union, and above for what is left over."""
    found: dict[User, set[UUID]] = defaultdict(set)
    left = {post.pk for post in due}
    posts = Post.objects.current(timezone.localdate()).select_related("user")
    for union in reversed(line(at)):
        for post in posts.filter(union=union, role__in=WHO_CONFIRMS, user__is_active=True):
            for_them = posts_to_confirm(post.user).filter(pk__in=left).values_list("pk", flat=True)
            found[post.user].update(for_them)
        left = left.difference(*found.values())
        if not left:
            break
    return {person: len(pks) for person, pks in found.items() if pks}
