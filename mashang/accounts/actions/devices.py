"""登录设备: a person's sign-ins, ended by their owner."""

from mashang.accounts.models import SignIn, User
from mashang.accounts.sessions import stored_key
from mashang.core.acts import action
from mashang.core.errors import Missing


@action
def end(sign_in_key: str, *, by: User) -> None:
    """结束登录: one of one's own devices; anybody else's is not there."""
    deleted, _ = SignIn.objects.filter(session_key=sign_in_key, user=by).delete()
    if not deleted:
        raise Missing


@action
def end_all(user: User, *, keep: str = "") -> int:
    """结束全部登录: all devices of this person but the one that holds the session cookie `keep`."""
    others = SignIn.objects.filter(user=user).exclude(session_key=stored_key(keep))
    deleted, _ = others.delete()
    return deleted
