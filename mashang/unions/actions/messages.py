"""短信: when the house runs short of messages for sign-in codes, those who watch over it hear of it."""

from django.utils import timezone

from mashang.accounts import limits
from mashang.core.db.action import action
from mashang.notices.actions import tell
from mashang.unions.models import Post
from mashang.unions.notices import MESSAGES_SHORT
from mashang.unions.roles import ROLE_PERMISSIONS, Permission


@action
def tell_of_shortage() -> int:
    """短信不够: once a day, to those of the topmost union who read alerts; returns how many were told."""
    if not limits.is_short() or not limits.TOLD_SHORT.is_free("keepers"):
        return 0
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.ALERT_READ in may]
    posts = Post.objects.current(timezone.localdate()).filter(role__in=roles, union__parent=None)
    watchers = {post.user_id: post for post in posts.select_related("user__data_key", "union")}
    for post in watchers.values():
        tell(post.user, MESSAGES_SHORT, union=post.union.name)
    return len(watchers)
