"""登录设备: a person's sign-ins, told to their owner and ended by them."""

from datetime import timedelta

from django.utils import timezone

from mashang.accounts import notices
from mashang.accounts.devices import Origin
from mashang.accounts.models import ApiToken, SignIn, User
from mashang.accounts.sessions import stored_key
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Missing
from mashang.notices.actions import tell


def tell_of_new_device(user: User, account: str, origin: Origin) -> None:
    """The owner hears of a sign-in on a device that this account has never been on."""
    if user.last_login is not None and not origin.is_known_to(account):
        tell(user, notices.NEW_DEVICE)


@action
def end(sign_in_key: str, *, by: User) -> None:
    """结束登录: one of one's own devices; anybody else's is not there."""
    deleted, _ = SignIn.objects.filter(session_key=sign_in_key, user=by).delete()
    if not deleted:
        raise Missing
    if by.is_colleague:
        record("staff.sign_ins_ended", by, by=by, count=deleted)


@action
def end_others(*, by: User, keep: str) -> int:
    """结束其他登录: all of one's own but the one that holds the session cookie `keep`."""
    deleted = end_all(by, keep=keep)
    if by.is_colleague:
        record("staff.sign_ins_ended", by, by=by, count=deleted)
    return deleted


@action
def end_all(user: User, *, keep: str = "") -> int:
    """结束全部登录: all devices of this person but the one that holds the session cookie `keep`.

    Apps lose their tokens too: whoever ends all wants nobody else to be in.
    """
    ApiToken.objects.live(timezone.now()).filter(user=user).update(revoked_at=timezone.now())
    others = SignIn.objects.filter(user=user).exclude(session_key=stored_key(keep))
    deleted, _ = others.delete()
    return deleted


@action
def sweep_sign_ins() -> int:
    """清理: sessions that ran out a day ago. Until then they still say whose form arrived late."""
    over = SignIn.objects.filter(expire_date__lt=timezone.now() - timedelta(days=1))
    deleted, _ = over.delete()
    return deleted
