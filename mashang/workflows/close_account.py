"""停用账号: whoever abuses a post, or has left for good, is out at once."""

from mashang.accounts.actions import staff
from mashang.accounts.models import User
from mashang.cases.parts import turns as cases
from mashang.core.db.action import action
from mashang.unions import notices
from mashang.unions import parts as unions
from mashang.unions.actions import posts


@action
def close_account(user: User, *, by: User) -> None:
    """停用账号: sign-ins, tokens, codes and whatever page is open end with it, and all posts sleep; the colleague
    (by work phone, if one is on record), keeper and approver are told. Steps that nobody else there may take go to the union above.

    Taken back by two: a reset, then a second person for each post.
    """
    counted = unions.close_account(user, by=by)
    staff.close(user)
    for post in counted:
        posts.tell_watchers(notices.ACCOUNT_CLOSED, post.union, by)
        cases.follow_leaving(post)
