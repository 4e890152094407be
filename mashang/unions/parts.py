"""离任: the half of this room; `workflows.end_post` calls it, and nobody else may (pyproject.toml)."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.errors import WrongState
from mashang.unions.models import Post
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
