"""手机号: a code by text message opens one's own account; a phone not seen before makes one."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, router, transaction
from django.db.models import F, ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts import limits, notices
from mashang.accounts.actions.devices import tell_of_new_device
from mashang.accounts.devices import Origin
from mashang.accounts.models import PhoneCode, User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import DomainError, NotAllowed
from mashang.core.privacy.identity import parse_phone
from mashang.core.privacy.keys import blind_index, mac, new_data_key
from mashang.notices.actions import tell, text_phone

CODE_MINUTES = 5
DIGITS, DIGITS_WHEN_RUNG = 6, 8  # a phone for which strangers ask all day takes longer guessing
HOTLINE = "12351"
Purpose = PhoneCode.Purpose


class WrongCode(DomainError):
    code = "wrong_code"
    message = N_("验证码不对或已过时，请核对短信，或重新获取")
    status = 422


class CodeSpent(WrongCode):
    """Even the right digits are refused now; whoever reads them off the message again would never know why."""

    message = N_("错的次数多了，这个验证码已经作废，请点“重新获取验证码”")


class AccountClosed(NotAllowed):
    code = "account_closed"
    message = N_("这个账号已停用，请拨打工会服务热线 12351")


def phone_index(phone: str) -> str:
    return blind_index("phone", phone)


def ask_code(phone: str, *, origin: Origin, purpose: str = Purpose.SIGN_IN) -> bool:
    """获取验证码: the same work and the same answer, whether or not the phone has an account.

    The code works on the asking device only. False if the house runs short of messages: then it goes
    to phones that have an account, a little later, and the page says so to everybody. Raises Invalid
    for what is no phone, TooMany.
    """
    phone = parse_phone(phone)
    is_owner = purpose in (Purpose.CONFIRM, Purpose.OLD_PHONE)
    passage = limits.before_code(phone_index(phone), origin, is_owner=is_owner)
    digits = DIGITS_WHEN_RUNG if passage.is_rung else DIGITS
    if passage.is_short:
        limits.say_short()
        is_registered = User.objects.filter(phone_index=phone_index(phone)).exists()
        is_sent = limits.is_kept_for(is_registered)
        _send_code(phone, origin, purpose, digits, later=True, is_sent=is_sent)
        return False
    _send_code(phone, origin, purpose, digits)
    return True


@action
def _send_code(
    phone: str,
    origin: Origin,
    purpose: str,
    digits: int,
    *,
    later: bool = False,
    is_sent: bool = True,
) -> None:
    """`later` leaves the message to the clock; one that is not sent costs the same and goes nowhere."""
    code = f"{secrets.randbelow(10**digits):0{digits}}"
    expires_at = timezone.now() + timedelta(minutes=CODE_MINUTES)
    made = PhoneCode(
        phone_index=phone_index(phone),
        purpose=purpose,
        device=origin.device.id,
        expires_at=expires_at,
    )
    made.code_mac = _code_mac(made.pk, code)
    made.save(force_insert=True)
    text_phone(
        phone,
        notices.CODE,
        new_data_key(),
        drop_at=expires_at if is_sent else timezone.now(),
        at_once=not later,
        code=code,
        minutes=CODE_MINUTES,
    )


def sign_in(phone: str, code: str, *, origin: Origin) -> User:
    """登录: the account of this phone; the first time it is made. Raises WrongCode, TooMany."""
    phone = parse_phone(phone)
    check_code(phone, code, origin=origin)
    user = get_or_create_account(phone)
    if not user.is_active:
        raise AccountClosed
    tell_of_new_device(user, phone_index(phone), origin)
    return user


def check_code(phone: str, code: str, *, origin: Origin, purpose: str = Purpose.SIGN_IN) -> None:
    """Use the code up, or raise WrongCode. A wrong try counts even though it is refused."""
    index = phone_index(phone)
    limits.before_code_check(index, origin)
    if not _use_code(index, code, origin, purpose):
        latest = _latest_code(index, origin, purpose)
        raise CodeSpent if latest is not None and not latest.tries_left else WrongCode
    if not origin.is_known_to(index):
        limits.after_code(origin)


@action
def _use_code(index: str, code: str, origin: Origin, purpose: str) -> bool:
    latest = _latest_code(index, origin, purpose)
    if latest is None:
        return False
    unused = PhoneCode.objects.filter(pk=latest.pk, used_at=None, tries_left__gt=0)
    if not unused.update(tries_left=F("tries_left") - 1):
        return False
    if not secrets.compare_digest(latest.code_mac, _code_mac(latest.pk, code.strip())):
        return False
    return bool(PhoneCode.objects.filter(pk=latest.pk, used_at=None).update(used_at=timezone.now()))


def _latest_code(index: str, origin: Origin, purpose: str) -> PhoneCode | None:
    """The newest one that this device asked for, still in time and not used."""
    asked = PhoneCode.objects.filter(
        phone_index=index,
        purpose=purpose,
        device=origin.device.id,
        used_at=None,
        expires_at__gt=timezone.now(),
    )
    return asked.order_by("-created_at").first()


@action
def sweep_codes() -> int:
    """清理: codes that ran out a day ago; returns how many."""
    over = PhoneCode.objects.filter(expires_at__lt=timezone.now() - timedelta(days=1))
    deleted, _ = over.delete()
    return deleted


def _code_mac(code_id: UUID, code: str) -> str:
    return mac("phone code", f"{code_id}|{code}".encode()).hex()


@action
def get_or_create_account(phone: str, *, name: str = "") -> User:
    """The account of this phone, made if there is none; `name` is for a new one. Raises Invalid.

    Whoever calls has made sure of the phone: by a code, or because a colleague vouches for it.
    """
    phone = parse_phone(phone)
    index = phone_index(phone)
    user = User.objects.filter(phone_index=index).first()
    return user or _new_account(phone, index, name)


def _new_account(phone: str, index: str, name: str) -> User:
    """Two first sign-ins at once make one account: the unique index decides."""
    user = User(name=name, phone=phone, phone_index=index, data_key=new_data_key())
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        return User.objects.get(phone_index=index)
    return user


# Changing the phone ------------------------------------------------------------------


class PhoneTaken(DomainError):
    code = "phone_taken"
    message = N_("这个手机号已有账号，请先用它登录看看，或请工会工作人员协助合并")


class SameNumber(DomainError):
    code = "same_number"
    message = N_("这就是您现在的登录手机号，不用换；要换的，请填新的号码")
    status = 422


def ask_change(user: User, new_phone: str, *, origin: Origin) -> bool:
    """更换手机号: a code to the old phone and one to the new; both have to be at hand.

    Says no, and sends none, while strangers have used up their share of messages: a new number is a stranger's.
    """
    new_phone = parse_phone(new_phone)
    if phone_index(new_phone) == user.phone_index:
        raise SameNumber
    if not ask_code(new_phone, origin=origin, purpose=Purpose.NEW_PHONE):
        return False
    ask_code(phone_of(user), origin=origin, purpose=Purpose.OLD_PHONE)
    return True


def change(user: User, new_phone: str, old_code: str, new_code: str, *, origin: Origin) -> None:
    """更换手机号: with both codes. The old phone is told; the door ends all other sign-ins."""
    new_phone = parse_phone(new_phone)
    check_code(phone_of(user), old_code, origin=origin, purpose=Purpose.OLD_PHONE)
    check_code(new_phone, new_code, origin=origin, purpose=Purpose.NEW_PHONE)
    replace(user, new_phone, by=user)


@action
def replace(user: User, new_phone: str, *, by: User | None) -> None:
    """换号: by its owner with both codes, or once two have seen to it for a household (`cases.actions.channels`).

    Raises PhoneTaken.
    """
    new_phone = parse_phone(new_phone)
    user = User.objects.select_for_update(of=("self",)).select_related("data_key").get(pk=user.pk)
    _make_free(new_phone, user)
    old_phone = phone_of(user)
    user.phone, user.phone_index = new_phone, phone_index(new_phone)
    user.save(update_fields=["phone", "phone_index"])
    if old_phone:
        text_phone(old_phone, notices.PHONE_CHANGED, user.data_key, hotline=HOTLINE)
    tell(user, notices.PHONE_CHANGED, hotline=HOTLINE)
    record("account.phone_changed", user, by=by)


def require_free(new_phone: str, user: User) -> None:
    """Raises PhoneTaken if somebody else signs in with this number, unless their account would give way."""
    others = User.objects.filter(phone_index=phone_index(new_phone)).exclude(pk=user.pk)
    if not all(_gives_way(other) for other in others):
        raise PhoneTaken


def _make_free(new_phone: str, user: User) -> None:
    """Whoever signed in with the new card before its day made an account; it gives way if nothing hangs on it."""
    others = User.objects.filter(phone_index=phone_index(new_phone)).exclude(pk=user.pk)
    for other in others.select_for_update(of=("self",)):
        if not _gives_way(other):
            raise PhoneTaken
        record("account.gave_way", other, by=user)
        other.delete()


def _gives_way(other: User) -> bool:
    """Whether an account is no more than a sign-in: no household, no post, no claim, nothing that is kept."""
    try:
        Collector(using=router.db_for_write(User), origin=other).collect([other])
    except ProtectedError:
        return False
    return not other.is_staff


def phone_of(user: User) -> str:
    """The phone in clear, for sending; empty for an account without one."""
    return str(user.phone.reveal()) if user.phone is not None else ""
