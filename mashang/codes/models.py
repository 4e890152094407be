"""档案二维码: one code per holder for good, its printed cards, and every scan of it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.models import Holder
from mashang.core.audit.bound import bound
from mashang.core.db.fields import PathField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.unions.scope import ScopedQuerySet

if TYPE_CHECKING:
    from mashang.accounts.models import User


class QrCodeQuerySet(ScopedQuerySet["QrCode"]):
    union_path = "holder__union_path"

    def own(self, user: "User") -> "QrCodeQuerySet":
        rows = self.scoped_by_caller().filter(revoked_at=None)
        return rows.filter(holder__in=Holder.objects.own_halves(user))


class QrCode(Record):
    """版次: one printed generation of the holder's code. Only the look-up hash is stored."""

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="codes")
    generation = models.PositiveSmallIntegerField("版次")
    key_id = models.PositiveSmallIntegerField("密钥编号", default=0, editable=False)
    lookup = models.CharField(max_length=64, unique=True, editable=False)
    revoked_at = models.DateTimeField("作废时间", null=True)

    objects = QrCodeQuerySet.as_manager()

    @property
    def has_key(self) -> bool:
        """Whether its letters can be made again, for the phone and for the printer."""
        return self.key_id in settings.MASHANG_QR_KEYS

    class Meta:
        verbose_name = "档案二维码"
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "generation"], name="code_generation_is_unique"
            ),
            models.UniqueConstraint(
                fields=["holder"], condition=Q(revoked_at=None), name="holder_has_one_live_code"
            ),
        ]


class CardQuerySet(ScopedQuerySet["Card"]):
    def own(self, user: "User") -> "CardQuerySet":
        return self.scoped_by_caller().filter(code__holder__in=Holder.objects.own_halves(user))

    def of_household(self, holder: Holder) -> "CardQuerySet":
        """The cards of a household that the caller has already found within the scope."""
        halves = Holder.objects.halves_of(holder)
        return self.scoped_by_caller().filter(code__holder__in=halves)

    def without_key(self) -> "CardQuerySet":
        """Those whose code can be made no more: they are to be replaced, not printed."""
        return self.exclude(code__key_id__in=settings.MASHANG_QR_KEYS)

    def to_print(self) -> "CardQuerySet":
        """待制卡, those of one union together, as they are handed over."""
        return self.filter(state="to_print").order_by("union_path", "serial")


class Card(Stateful):
    """服务卡: the printed card of one generation; a queue, so that nobody is left without."""

    class State(models.TextChoices):
        TO_PRINT = "to_print", N_("待制卡")
        PRINTED = "printed", N_("待发放")
        HANDED_OVER = "handed_over", N_("已发放")
        LOST = "lost", N_("已挂失")

    TRANSITIONS = {
        State.TO_PRINT: {State.PRINTED, State.LOST},
        State.PRINTED: {State.TO_PRINT, State.HANDED_OVER, State.LOST},
        State.HANDED_OVER: {State.LOST},
        State.LOST: set(),
    }

    code = models.OneToOneField(QrCode, models.PROTECT, related_name="card")
    union = models.ForeignKey(Union, models.PROTECT, related_name="cards")
    union_path = PathField("路径", max_length=40)
    serial = models.CharField("卡号", max_length=12, unique=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.TO_PRINT)
    printed_at = models.DateTimeField("制卡时间", null=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    handed_at = models.DateTimeField("发放时间", null=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    receipt = models.CharField("签收方式", max_length=40, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = "服务卡"
        constraints = [
            state_check("card_state_is_known", "to_print", "printed", "handed_over", "lost"),
            models.CheckConstraint(
                condition=~Q(state="handed_over")
                | (~Q(handed_at=None) & ~Q(handed_by=None) & ~Q(receipt="")),
                name="handed_over_card_has_its_receipt",
            ),
        ]
        indexes = [models.Index(fields=["union_path", "state"], name="card_queue")]


class ScanQuerySet(ScopedQuerySet["Scan"]):
    union_path = "code__holder__union_path"

    def of_household(self, holder: Holder) -> "ScanQuerySet":
        halves = Holder.objects.halves_of(holder)
        return self.scoped_by_caller().filter(code__holder__in=halves)


class Scan(Record):
    """扫码记录: who scanned, what was shown, and why not more. Append-only."""

    APPEND_ONLY = True

    class Shown(models.TextChoices):
        NEUTRAL = "neutral", N_("说明页")
        OWN = "own", N_("本人页")
        SIX_FACTS = "six_facts", N_("六条基础信息")
        CASE = "case", N_("档案")
        REFUSED = "refused", N_("已拒绝")

    code = models.ForeignKey(QrCode, models.PROTECT, related_name="scans", null=True)
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    shown = models.CharField("展示", max_length=10, choices=Shown)
    reason = models.CharField("说明", max_length=40, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "扫码记录"
        indexes = [models.Index(fields=["code", "-created_at"], name="scan_of_code")]


blocks_closing(Card, _("%(n)d 张没有发出的卡"), state__in=[Card.State.TO_PRINT, Card.State.PRINTED])
bound(Scan, 1, ("id", "created_at", "code_id", "viewer_id", "shown", "reason"))
