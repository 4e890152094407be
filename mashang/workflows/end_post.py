"""离任: who leaves an office may do nothing for it any more."""

from django.utils import timezone

from mashang.accounts.actions import devices
from mashang.accounts.models import User
from mashang.cases.parts import turns as cases
from mashang.core.db.action import action
from mashang.unions import parts as unions
from mashang.unions.models import Post


@action
def end_post(post: Post, *, by: User) -> Post:
    """离任: the post opens nothing from this moment on. With the last post of a colleague their sign-ins
    and the tokens of their apps end too. Steps that nobody else there may take go to the union above."""
    post = unions.end(post, by=by)
    if not Post.objects.current(timezone.localdate()).filter(user=post.user_id).exists():
        devices.end_all(post.user)
    cases.follow_leaving(post)
    return post
