"""离任: who leaves an office may do nothing for it any more."""

from mashang.accounts.models import User
from mashang.core.db.action import action
from mashang.unions import parts as unions
from mashang.unions.models import Post


@action
def end_post(post: Post, *, by: User) -> Post:
    """离任: today is the last day; a post that never counted ends without one."""
    return unions.end(post, by=by)
