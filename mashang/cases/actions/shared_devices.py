"""同一台设备: two colleagues' accounts in one browser are one person with two accounts, or a computer that an office
shares. The house cannot know which; those who watch over the branch are told, and ask. They are told again where the
browser has forgotten the account meanwhile: it remembers the last `REMEMBERED` of them."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.accounts.actions.staff import account_mark
from mashang.accounts.devices import Device
from mashang.accounts.models import User
from mashang.cases.actions import alerts
from mashang.cases.models import Alert
from mashang.unions.models import Post
from mashang.unions.queries import line
from mashang.unions.scope import in_branches, posts_of

LONGEST = 100  # what an alert keeps of it


def tell_if_shared(user: User, *, device: Device) -> Alert | None:
    """After a sign-in, with the device as it came: the first one here of an account where a colleague's was before.

    Colleagues are those of the own unions, above and below: who could be a second person for the same acts.
    """
    if not device.knows or device.mark(account_mark(user.username or "")) in device.knows:
        return None
    known = [name for account, name in _colleagues(user) if _has_been_here(account, device)]
    if not known:
        return None
    words = _("同一个浏览器还登录过：%(names)s") % {"names": _("、").join(known)}
    return alerts.over_the_limit(Alert.Kind.DEVICE, why=words[:LONGEST], by=user)


def _has_been_here(account: str | None, device: Device) -> bool:
    return device.mark(account_mark(account or "")) in device.knows


def _colleagues(user: User) -> Iterator[tuple[str | None, str]]:
    """The account and the name of each, one after the other: at a province these are thousands."""
    unions = [post.union for post in posts_of(user)]
    above = {one.pk for union in unions for one in line(union)}
    near = in_branches([union.path for union in unions], "union__path") | Q(union__in=above)
    posts = Post.objects.current(timezone.localdate()).filter(near).exclude(user=user)
    accounts = posts.order_by("user__username").values_list("user__username", "user__name")
    return accounts.distinct().iterator()
