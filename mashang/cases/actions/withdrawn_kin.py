"""撤销亲属声明: whoever takes back whom they named could decide on them from then on; so it is told."""

from uuid import UUID

from mashang.accounts.actions import profile
from mashang.accounts.models import User
from mashang.core.db.action import action
from mashang.unions import notices
from mashang.unions.actions.posts import tell_watchers
from mashang.unions.scope import posts_of


@action
def withdraw_relative(relative_id: UUID, *, by: User) -> None:
    """撤销声明: at once, and the keepers and approvers where the colleague works hear of it. Raises Missing, WrongState."""
    profile.withdraw_relative(relative_id, by=by)
    for union in sorted({post.union for post in posts_of(by)}, key=lambda union: union.path):
        tell_watchers(notices.KIN_WITHDRAWN, union, by)
