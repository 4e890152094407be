"""工会工作人员: password and second factor, from the first enrolment to the recovery codes.

Who may open or reset an account is asked one floor up, in `unions.actions`.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts import limits, notices, totp
from mashang.accounts.actions import sign_ins
from mashang.accounts.actions.devices import end_all, tell_of_new_device
from mashang.accounts.devices import Origin
from mashang.accounts.models import FailedSignIn, OneTimeCode, User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing, register
from mashang.core.errors import DomainError, Invalid, WrongState
from mashang.core.heavy.lane import asked_by
from mashang.core.privacy.identity import parse_phone
from mashang.core.privacy.keys import blind_index, mac, new_data_key
from mashang.notices.actions import tell, text_phone

ENROLMENT_DAYS = 3
HOTLINE = "12351"
NO_WORK_PHONE = N_(
    "这位同事还没有登记本人手机号，启用码发不出去；请管理员办理“重置登录”，填上本人手机号"
)
RECOVERY_CODES = 10
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without those that read alike
Purpose = OneTimeCode.Purpose
Reason = FailedSignIn.Reason
_NO_PASSWORD = N_("这个密码不够安全，请换一个")
_OF_PASSWORDS = {  # what Django's checks find, in our words
    "password_too_short": N_("密码太短，至少要 10 位"),
    "password_too_common": N_("这个密码太常见，容易被猜中，请换一个"),
    "password_entirely_numeric": N_("密码不能全是数字，请加几个字母"),
    "password_too_similar": N_("密码和姓名或登录名太像，请换一个"),
}


class WrongCredentials(DomainError):
    code = "wrong_credentials"
    message = N_("账号、密码或动态口令不对，请核对后再试")
    status = 422


class WrongEnrolment(DomainError):
    code = "wrong_enrolment"
    message = N_("账号或启用码不对，或启用码已用过、已过期；请联系本级工会系统管理员办理“重置登录”")
    status = 422


class WrongProof(DomainError):
    code = "wrong_proof"
    message = N_("动态口令不对或已用过，请等下一个口令出现后再试")
    status = 422


class UsernameTaken(Invalid):
    code = "username_taken"
    message = N_("这个登录名已有人使用，请换一个")


class WorkPhoneTaken(Invalid):
    code = "work_phone_taken"
    message = N_("这个手机号已登记给另一位工作人员，请核对；启用码只发到本人的手机")


register("work_phone_is_of_one_colleague", WorkPhoneTaken)


@dataclass(frozen=True)
class Enrolment:
    """What a new colleague comes in with: the code is told once and kept as a keyed hash."""

    user: User
    code: str


def account_mark(username: str) -> str:
    """The account as limits and devices know it, whether or not it exists."""
    return blind_index("username", username.strip().lower())


# Opening an account ------------------------------------------------------------------


@action
def open_account(username: str, name: str, phone: str = "") -> User:
    """开通账号: without password; its owner sets one with an enrolment code. Raises Invalid per field.

    `phone` is the colleague's own, where that code goes; the operator of the server may leave it out.
    """
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise UsernameTaken(fields={"username": UsernameTaken.message})
    user = User(username=username, name=name.strip(), is_staff=True, data_key=new_data_key())
    user.set_unusable_password()
    user.save(force_insert=True)
    if phone:
        _keep_phone(user, phone)
    return user


@action
def reset(user: User, *, phone: str = "") -> None:
    """重置登录: the old password, second factor, recovery codes and sign-ins are worth nothing now.

    A `phone` other than the one on record takes its place, and the old one is told. Raises Invalid.
    """
    user = _locked(user)
    user.set_unusable_password()
    user.totp_secret = None
    user.is_active = (
        True  # of one that was closed; its posts sleep until a second person confirms them
    )
    user.save(update_fields=["password", "totp_secret", "is_active"])
    user.one_time_codes.all().delete()
    end_all(user)
    if user.work_phone is not None:
        text_phone(user.work_phone.reveal(), notices.STAFF_RESET, user.data_key, hotline=HOTLINE)
    if phone:
        _keep_phone(user, phone)


@action
def close(user: User) -> None:
    """停用账号: from this moment nothing opens it, no password, code, device or app; its owner is told."""
    user = _locked(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.one_time_codes.filter(purpose=Purpose.ENROL).delete()
    end_all(user)
    if user.work_phone is not None:
        text_phone(user.work_phone.reveal(), notices.STAFF_CLOSED, user.data_key, hotline=HOTLINE)


@action
def new_enrolment(user: User) -> Enrolment:
    """启用码 for the operator of the server, who reads it to its owner."""
    user = _locked(user)
    return Enrolment(user, _new_code(user, Purpose.ENROL))


@action
def text_enrolment(user: User) -> None:
    """启用码 to the colleague's own phone and to nobody else; not a second one while one is good."""
    user = _locked(user)
    if user.has_usable_password() or user.one_time_codes.filter(_alive(), used_at=None).exists():
        return
    if user.work_phone is None:
        raise WrongState(message=NO_WORK_PHONE)
    code = _new_code(user, Purpose.ENROL)
    text_phone(
        user.work_phone.reveal(),
        notices.ENROL,
        user.data_key,
        drop_at=timezone.now() + timedelta(days=ENROLMENT_DAYS),
        code=code,
        days=ENROLMENT_DAYS,
    )


def _locked(user: User) -> User:
    rows = User.objects.select_for_update(of=("self",)).select_related("data_key")
    return rows.get(pk=user.pk)


def _keep_phone(user: User, phone: str) -> None:
    try:
        phone = parse_phone(phone)
    except Invalid as refusal:
        raise Invalid(fields={"phone": refusal.message}) from None
    index = blind_index("phone", phone)
    if User.objects.filter(work_phone_index=index).exclude(pk=user.pk).exists():
        raise WorkPhoneTaken(fields={"phone": WorkPhoneTaken.message})
    user.work_phone, user.work_phone_index = phone, index
    with refusing():
        user.save(update_fields=["work_phone", "work_phone_index"])


def check_enrolment(username: str, code: str, *, origin: Origin) -> User:
    """The account that this enrolment code opens. Raises WrongEnrolment, TooMany."""
    mark, named = account_mark(username), _named(username)
    with sign_ins.limit_counted(named, origin, mark):
        limits.before_password(mark, origin)
    if one_time_code := _enrolment(username, code):
        return one_time_code.user
    sign_ins.failed(named, Reason.ENROLMENT, origin, mark)
    raise WrongEnrolment


def enrol(
    username: str, code: str, password: str, second: str, *, seed: str = "", origin: Origin
) -> list[str]:
    """启用账号: sets password and second factor, uses the code up; returns the recovery codes.

    The password is hashed before the act, and only for who holds a code that is good. Raises
    WrongEnrolment, Invalid, WrongProof, Crowded.
    """
    try:
        one_time_code = _enrolment(username, code)
        if one_time_code is None:
            raise WrongEnrolment
        _check_new_password(password, one_time_code.user)
        with asked_by(is_known=True):
            hashed = make_password(password)
        return _enrol(username, code, hashed, second, seed)
    except WrongEnrolment:
        sign_ins.failed(_named(username), Reason.ENROLMENT, origin, account_mark(username))
        raise


@action
def _enrol(username: str, code: str, hashed: str, second: str, seed: str) -> list[str]:
    one_time_code = _enrolment(username, code)
    if one_time_code is None or not _use(one_time_code):
        raise WrongEnrolment
    user = one_time_code.user
    secret = totp.secret_from(tidy(code), seed)
    if (step := totp.matching_step(secret, second)) is None:
        raise WrongProof(fields={"second": WrongProof.message})
    user.password = hashed
    user.totp_secret, user.totp_last_step = secret, step
    user.save(update_fields=["password", "totp_secret", "totp_last_step"])
    record("staff.enrolled", user, by=user)
    return renew_recovery_codes(by=user)


def _enrolment(username: str, code: str) -> OneTimeCode | None:
    user = _named(username)
    return _find_code(user, Purpose.ENROL, code) if user and user.is_active else None


def _named(username: str) -> User | None:
    """Whoever has this sign-in name, whether or not they may come in."""
    return User.objects.filter(username=username.strip().lower()).first()


# Signing in --------------------------------------------------------------------------


def sign_in(username: str, password: str, second: str, *, origin: Origin) -> User:
    """登录: one refusal for a wrong name, password or second factor, after the same work."""
    mark, named = account_mark(username), _named(username)
    with sign_ins.limit_counted(named, origin, mark):
        limits.before_password(mark, origin)
    user = named if named and named.is_staff and named.is_active else None
    # An unknown name costs one hash too, so that the clock does not tell.
    stored = user.password if user and user.has_usable_password() else _decoy()
    with asked_by(is_known=origin.is_known_to(mark)):
        right = check_password(password, stored)
    used = ""
    if user is not None and right and not limits.may_try_second(mark, origin):
        _warn(user)
    elif user is not None and right:
        used = _use_second(user, second)
        if not used and limits.is_tried_too_often(mark, origin):
            _warn(user)
    if user is None or not used:
        reason = Reason.SECOND if right else Reason.PASSWORD
        sign_ins.failed(named, reason, origin, mark)
        raise WrongCredentials
    tell_of_new_device(user, mark, origin)
    sign_ins.came_in(by=user, second=used, origin=origin, account=mark)
    return user


@action
def _warn(user: User) -> None:
    """Once a day, on the own phone: somebody has the password and tries second factors."""
    if not limits.WARNED.is_free(user.pk):
        return
    user = _locked(user)
    tell(user, notices.PASSWORD_KNOWN, hotline=HOTLINE)
    if user.work_phone is not None:
        text_phone(user.work_phone.reveal(), notices.PASSWORD_KNOWN, user.data_key, hotline=HOTLINE)


def prove(user: User, second: str, *, origin: Origin) -> None:
    """再次确认: the second factor again, before what cannot be undone. Raises WrongProof."""
    mark = account_mark(user.username or "")
    with sign_ins.limit_counted(user, origin, mark):
        limits.before_proof(str(user.pk), origin)
    if not _use_second(user, second):
        sign_ins.failed(user, Reason.PROOF, origin, mark)
        raise WrongProof
    limits.after_proof(str(user.pk), origin)


def change_password(
    user: User, old: str, new: str, second: str, *, keep: str, origin: Origin
) -> None:
    """更换密码: ends every other sign-in of this account; `keep` is the session that stays."""
    mark = account_mark(user.username or "")
    with sign_ins.limit_counted(user, origin, mark):
        limits.before_password(mark, origin, is_owner=True)
    with asked_by(is_known=True):
        is_right = user.check_password(old)
    if not is_right:
        sign_ins.failed(user, Reason.OLD_PASSWORD, origin, mark)
        raise Invalid(fields={"old_password": N_("原密码不对，请核对")})
    _check_new_password(new, user)
    with asked_by(is_known=True):
        hashed = make_password(new)
    prove(user, second, origin=origin)
    _set_password(user, hashed, keep)


@action
def _set_password(user: User, hashed: str, keep: str) -> None:
    user.password = hashed
    user.save(update_fields=["password"])
    end_all(user, keep=keep)
    record("staff.password_changed", user, by=user)


@action
def renew_recovery_codes(*, by: User) -> list[str]:
    """更换备用码: the old ones are worth nothing now; the door asks for a fresh proof first."""
    by.one_time_codes.filter(purpose=Purpose.RECOVER).delete()
    record("staff.spare_codes_renewed", by, by=by)
    return [_new_code(by, Purpose.RECOVER) for _ in range(RECOVERY_CODES)]


@cache
def _decoy() -> str:
    return make_password(secrets.token_hex())


def _use_second(user: User, second: str) -> str:
    """Which it was, a time-based code that was not used before or a recovery code; each works once."""
    if user.totp_secret is None:
        return ""
    step = totp.matching_step(user.totp_secret.reveal(), second.strip())
    if step is not None:
        return "totp" if _use_step(user, step) else ""
    spare = _find_code(user, Purpose.RECOVER, second)
    return "spare_code" if spare is not None and _use(spare) else ""


def _use_step(user: User, step: int) -> bool:
    """One guarded UPDATE: the same code twice, or an older one, finds no row."""
    unused = User.objects.filter(pk=user.pk, totp_last_step__lt=step)
    return bool(unused.update(totp_last_step=step))


def _check_new_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as found:
        words = [_(_OF_PASSWORDS.get(one.code or "", _NO_PASSWORD)) for one in found.error_list]
        raise Invalid(fields={"password": _("；").join(words)}) from None


# Codes that work once ----------------------------------------------------------------


def _new_code(user: User, purpose: str) -> str:
    """16 letters in groups of four: 79 bits, so that it needs no count of tries."""
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    lasts = timedelta(days=ENROLMENT_DAYS) if purpose == Purpose.ENROL else None
    OneTimeCode.objects.create(
        user=user,
        purpose=purpose,
        code_mac=_code_mac(code),
        expires_at=timezone.now() + lasts if lasts else None,
    )
    return code


def _find_code(user: User, purpose: str, code: str) -> OneTimeCode | None:
    return OneTimeCode.objects.filter(
        _alive(), user=user, purpose=purpose, code_mac=_code_mac(code), used_at=None
    ).first()


def _alive() -> Q:
    return Q(expires_at=None) | Q(expires_at__gt=timezone.now())


def _use(code: OneTimeCode) -> bool:
    unused = OneTimeCode.objects.filter(pk=code.pk, used_at=None)
    return bool(unused.update(used_at=timezone.now()))


def _code_mac(code: str) -> str:
    return mac("spare code", tidy(code).encode()).hex()


def tidy(code: str) -> str:
    return code.replace("-", "").replace(" ", "").upper()
