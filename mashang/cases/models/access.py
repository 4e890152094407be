"""查阅记录: the looks at a household."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from mashang.cases.models.holders import Holder, OfHolderQuerySet
from mashang.core.audit.bound import bound
from mashang.core.models import Record
from mashang.unions.models import Union


class Access(Record):
    """查阅记录: who looked at which household, and why. Written before the page leaves."""

    APPEND_ONLY = True

    class Basis(models.TextChoices):
        SELF = "self", N_("本人")
        REVIEW = "review", N_("办理申请")
        KEEPING = "keeping", N_("管理档案")
        PAIRING = "pairing", N_("结对帮扶")
        CARD = "card", N_("制卡发卡")  # of old rows: cards are made without a look at the household
        TASK = "task", N_("办理您家的事项")
        WISH = "wish", N_("办理微心愿")
        CLAIM = "claim", N_("认领您的心愿，直接送到家")
        BREAK_GLASS = "break_glass", N_("应急查阅")

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="accesses")
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", null=True)
    basis = models.CharField("依据", max_length=12, choices=Basis)
    what = models.CharField("查看内容", max_length=40)
    reason = models.CharField("原因", max_length=100, blank=True)

    objects = OfHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "查阅记录"
        indexes = [models.Index(fields=["holder", "-created_at"], name="access_of_holder")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis="break_glass") | ~Q(reason=""),
                name="break_glass_gives_its_reason",
            )
        ]


bound(
    Access,
    1,
    ("id", "created_at", "holder_id", "viewer_id", "union_id", "basis", "what", "reason"),
    is_dated=True,
)
