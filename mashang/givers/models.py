"""爱心人士、爱心企业、社会组织: how a giver wishes to be named, and organisations that a union approves."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.core.db.fields import PathField, SealedTextField, VisibleCharField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import DataKey, Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.unions.scope import ScopedQuerySet

if TYPE_CHECKING:
    from mashang.accounts.models import User


class Giver(Record):
    """爱心人士: one person's wish how to be named in public. The account itself is a `User`."""

    class ShownAs(models.TextChoices):
        NICKNAME = "nickname", N_("昵称")
        REAL_NAME = "real_name", N_("真实姓名")
        NOBODY = "nobody", N_("不公开")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="giver", verbose_name="账号"
    )
    nickname = VisibleCharField("昵称", max_length=20)
    shown_as = models.CharField(
        "公开显示", max_length=10, choices=ShownAs, default=ShownAs.NICKNAME
    )
    is_on_honour_list = models.BooleanField("愿意上爱心榜", default=False)

    class Meta:
        verbose_name = "爱心人士"


class OrganisationQuerySet(ScopedQuerySet["Organisation"]):
    union_path = "union_path"

    def approved(self) -> Self:
        return self.filter(state="approved")

    def of_member(self, user: "User") -> Self:
        """Those for which this person may act."""
        return self.scoped_by_caller().filter(
            representatives__user=user, representatives__left_at=None
        )


class Organisation(Stateful):
    """爱心单位: an enterprise or social organisation that a union has approved."""

    SEALED_BY = "data_key"

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", N_("爱心企业")
        SOCIAL = "social", N_("社会组织")
        PUBLIC_BODY = "public_body", N_("机关事业单位")

    class State(models.TextChoices):
        APPLIED = "applied", N_("待核实")
        APPROVED = "approved", N_("已核实")
        REFUSED = "refused", N_("未通过")
        SUSPENDED = "suspended", N_("已暂停")

    TRANSITIONS = {
        State.APPLIED: {State.APPROVED, State.REFUSED},
        State.APPROVED: {State.SUSPENDED},
        State.REFUSED: {State.APPLIED},
        State.SUSPENDED: {State.APPROVED},
    }

    union = models.ForeignKey(
        Union, models.PROTECT, related_name="organisations", verbose_name="核实工会"
    )
    union_path = PathField("路径", max_length=40)
    kind = models.CharField("类型", max_length=12, choices=Kind)
    name = VisibleCharField("名称", max_length=80)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    licence = models.CharField(
        "执照照片", max_length=80, blank=True, editable=False
    )  # key of the store
    contact_name = models.CharField("联系人", max_length=40)
    contact_phone = SealedTextField("联系电话")
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+", editable=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.APPLIED)
    refused_why = VisibleCharField("未通过原因", max_length=100, blank=True)
    suspended_why = VisibleCharField("暂停原因", max_length=100, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField("核实时间", null=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "爱心单位"
        constraints = [
            state_check(
                "organisation_state_is_known", "applied", "approved", "refused", "suspended"
            ),
            models.UniqueConstraint(fields=["credit_code"], name="credit_code_is_registered_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "suspended"]) | Q(decided_by__isnull=False),
                name="approved_organisation_has_who_approved",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_why=""),
                name="refused_organisation_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="suspended") | ~Q(suspended_why=""),
                name="suspended_organisation_says_why",
            ),
        ]


class Representative(Record):
    """经办人: a person who may act for an organisation, from–to."""

    class Role(models.TextChoices):
        OWNER = "owner", N_("管理员")
        MEMBER = "member", N_("经办人")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="representatives")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="representatives"
    )
    role = models.CharField("角色", max_length=8, choices=Role)
    left_at = models.DateTimeField("离开时间", null=True)

    class Meta:
        verbose_name = "单位经办人"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(left_at=None),
                name="person_acts_for_an_organisation_once",
            )
        ]


class Invitation(Stateful):
    """邀请经办人: to a phone, whether it has an account or not; its owner answers after signing in."""

    class State(models.TextChoices):
        SENT = "sent", N_("待答复")
        ACCEPTED = "accepted", N_("已接受")
        DECLINED = "declined", N_("已谢绝")
        WITHDRAWN = "withdrawn", N_("已收回")

    TRANSITIONS = {
        State.SENT: {State.ACCEPTED, State.DECLINED, State.WITHDRAWN},
        State.ACCEPTED: set(),
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
    }

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    phone_index = models.CharField(max_length=64, editable=False, db_index=True)
    phone_tail = models.CharField("手机尾号", max_length=4)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State, default=State.SENT)

    class Meta:
        verbose_name = "邀请经办人"
        constraints = [
            state_check("invitation_state_is_known", "sent", "accepted", "declined", "withdrawn"),
            models.UniqueConstraint(
                fields=["organisation", "phone_index"],
                condition=Q(state="sent"),
                name="phone_is_invited_once",
            ),
        ]


blocks_closing(Organisation, _("%(n)d 家待核实的爱心单位"), state=Organisation.State.APPLIED)
