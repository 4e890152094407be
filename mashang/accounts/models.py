"""账号: who is at the keyboard, from which device, and what they agreed to."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from mashang.core.db.fields import SealedTextField
from mashang.core.models import DataKey, Record


class UserManager(BaseUserManager["User"]):
    """Finds people by their sign-in name; people are made by `accounts.actions` only."""


class User(AbstractBaseUser, Record):
    """One person; the same User may be worker, helper, giver and staff at once."""

    SEALED_BY = "data_key"
    USERNAME_FIELD = "username"

    username = models.CharField("登录名", max_length=40, unique=True, null=True)
    name = models.CharField("姓名", max_length=40, blank=True)
    phone = SealedTextField("手机号", null=True)
    phone_index = models.CharField(max_length=64, unique=True, null=True, editable=False)
    work_phone = SealedTextField(
        "工作手机号", null=True
    )  # a colleague's own; codes to come in go there
    work_phone_index = models.CharField(max_length=64, null=True, editable=False)
    is_staff = models.BooleanField("工会工作人员", default=False)
    is_active = models.BooleanField("启用", default=True)
    totp_secret = SealedTextField("动态口令密钥", null=True)
    totp_last_step = models.BigIntegerField(default=0, editable=False)
    is_elder = models.BooleanField("长辈版", default=False)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)

    # Set on the user of a request who is staff but came in by phone code (see `web.request.CurrentUserMiddleware`).
    needs_second_factor = False

    objects = UserManager()

    class Meta:
        verbose_name = "账号"
        constraints = [
            models.UniqueConstraint(
                fields=["work_phone_index"], name="work_phone_is_of_one_colleague"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_colleague(self) -> bool:
        """Works for a union, whichever way they came in today."""
        return self.is_staff or self.needs_second_factor


class OneTimeCode(Record):
    """备用码、启用码: kept as a keyed hash, good for one use.

    A recovery code stands in for the authenticator when that phone is gone; an enrolment code goes
    to a new colleague's own phone, who sets a password and the second factor with it.
    """

    class Purpose(models.TextChoices):
        ENROL = "enrol", N_("启用码")
        RECOVER = "recover", N_("备用码")

    user = models.ForeignKey(User, models.CASCADE, related_name="one_time_codes")
    purpose = models.CharField("用途", max_length=10, choices=Purpose)
    code_mac = models.CharField(max_length=64)
    expires_at = models.DateTimeField("失效时间", null=True)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "一次性代码"
        constraints = [
            models.UniqueConstraint(fields=["user", "code_mac"], name="recovery_code_is_unique")
        ]


class PhoneCode(Record):
    """短信验证码: kept as a keyed hash, valid for minutes and a few tries.

    It works only on the device that asked for it, so that a stranger who asks for a code of your
    phone and uses up its tries takes nothing away from the code that you asked for.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", N_("登录")
        CONFIRM = "confirm", N_("确认本人")
        OLD_PHONE = "old_phone", N_("更换手机号（原号码）")
        NEW_PHONE = "new_phone", N_("更换手机号（新号码）")

    phone_index = models.CharField(max_length=64)
    purpose = models.CharField("用途", max_length=10, choices=Purpose)
    device = models.CharField("索取设备", max_length=32)
    code_mac = models.CharField(max_length=64)
    expires_at = models.DateTimeField("失效时间")
    tries_left = models.PositiveSmallIntegerField("剩余次数", default=5)
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "短信验证码"
        indexes = [
            models.Index(fields=["phone_index", "device", "purpose"], name="phone_code_lookup")
        ]


class SignIn(AbstractBaseSession):
    """登录记录: one signed-in device; the owner can list and end them.

    `session_key` holds a keyed hash of the cookie, so that a copy of the table opens no session.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", null=True)
    device = models.CharField("设备", max_length=60, blank=True)
    started_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近使用", null=True)

    class Meta:
        verbose_name = "登录记录"

    @classmethod
    def get_session_store_class(cls) -> type:
        from mashang.accounts.sessions import SessionStore

        return SessionStore


class FailedSignIn(Record):
    """登录失败: how often in ten minutes, until the trail holds it; one row for all names that nobody has."""

    class Reason(models.TextChoices):
        PASSWORD = "password", N_("账号或密码不对")
        SECOND = "second", N_("动态口令不对")
        LIMIT = "limit", N_("超过次数，没有再核对")
        PROOF = "proof", N_("再次确认时动态口令不对")
        OLD_PASSWORD = "old_password", N_("更换密码时原密码不对")
        ENROLMENT = "enrolment", N_("启用码不对")

    account = models.CharField(
        "账号", max_length=36, blank=True
    )  # its id, none for an unknown name
    reason = models.CharField("原因", max_length=12, choices=Reason)
    is_known_device = models.BooleanField("登录过的设备", default=False)
    began_at = models.DateTimeField("这十分钟的开始")
    tries = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "登录失败"
        constraints = [
            models.UniqueConstraint(
                fields=["began_at", "account", "reason", "is_known_device"],
                name="failed_sign_ins_are_counted_once",
            )
        ]


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self, now: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now, user__is_active=True)


class ApiToken(Record):
    """应用令牌: lets an app act for one person, as a worker, never as a colleague.

    Kept as a keyed hash: the token itself is shown once, on the day that it is issued.
    """

    class Scope(models.TextChoices):
        READ = "read", N_("只查看")
        CLAIM = "claim", N_("查看并认领")

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    label = models.CharField("应用名称", max_length=40)
    token_mac = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField("范围", max_length=8, choices=Scope)
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("最近使用", null=True)
    revoked_at = models.DateTimeField("停用时间", null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = "应用令牌"

    @property
    def may_claim(self) -> bool:
        return self.scope == self.Scope.CLAIM

    def is_quiet(self, now: datetime) -> bool:
        """Whether its last use was written down more than a minute ago."""
        return self.used_at is None or now - self.used_at > timedelta(minutes=1)


class Relative(Record):
    """亲属声明: a staff member's kin, and they themselves, known by blind index only, so that nobody decides on them."""

    SELF = "本人"  # the relation under which somebody declares their own number, one of them
    # replaced, and still compared: nobody becomes somebody else by it
    FORMER = N_("本人（原来登记的）")
    OWN = (SELF, FORMER)

    user = models.ForeignKey(User, models.CASCADE, related_name="relatives")
    id_index = models.CharField(max_length=64)
    relation = models.CharField("关系", max_length=20)

    class Meta:
        verbose_name = "亲属声明"
        constraints = [
            models.UniqueConstraint(fields=["user", "id_index"], name="relative_is_declared_once")
        ]
        indexes = [models.Index(fields=["id_index"], name="relative_by_number")]  # whose else it is


class KinDeclaration(Record):
    """回避声明: that a colleague was asked for their own number and their kin, and said that this is all.

    One row each time, at the first sign-in and then as often as the rule says; whom they named stands in `Relative`.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="kin_declarations")
    has_none = models.BooleanField("没有近亲属")

    class Meta:
        verbose_name = "回避声明"


class Consent(Record):
    """同意（授权）: one separate tick, with its version, time and withdrawal (个保法 art. 29)."""

    class Purpose(models.TextChoices):
        FILE = "file", N_("建立并管理帮扶档案")
        CHECK = "check", N_("核对家庭收入和财产")
        HEALTH = "health", N_("使用健康信息")
        CHILDREN = "children", N_("使用未成年家庭成员信息（监护人同意）")
        BANK = "bank", N_("使用银行卡信息")
        HELPER = "helper", N_("向结对帮扶责任人展示六条基础信息")
        WISH = "wish", N_("在心愿墙展示（隐去个人信息）的心愿")
        ADDRESS = "address", N_("向认领人提供收货地址")
        PHOTOS = "photos", N_("拍摄和使用慰问照片")

    class Way(models.TextChoices):
        SELF = "self", N_("本人在线勾选")
        PAPER = "paper", N_("纸质签字，工会代录")

    subject_id = models.UUIDField("建档人", db_index=True)
    purpose = models.CharField("事项", max_length=10, choices=Purpose)
    version = models.CharField("文本版本", max_length=20)
    way = models.CharField("方式", max_length=10, choices=Way, default=Way.SELF)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents_recorded"
    )
    given_at = models.DateTimeField("同意时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "同意（授权）"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_is_live_once_per_purpose",
            )
        ]
