"""送达: parcels that hang on the claim, the hand-over, the answer of the family, thanks and certificate."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.core.audit.bound import bound
from mashang.core.db.fields import VisibleCharField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import DataKey, Record
from mashang.reference.workdays import workdays_between
from mashang.unions.scope import M, ScopedQuerySet
from mashang.wishes.models.claims import Claim
from mashang.wishes.models.wishes import DeliveryMode, Wish

if TYPE_CHECKING:
    from mashang.accounts.models import User


class OfClaimQuerySet(ScopedQuerySet[M]):
    """Rows that hang on a claim: seen in the branch of its union, or through the claim itself."""

    union_path = "claim__union_path"

    def of_claim(self, claim: Claim) -> Self:
        """Of a claim that the caller has already found as theirs."""
        return self.scoped_by_caller().filter(claim=claim)


class Parcel(Stateful):
    """包裹: goods on their way to the union, checked on arrival; or to the family's home, which answers itself."""

    class State(models.TextChoices):
        SENT = "sent", N_("在路上")
        PASSED = "passed", N_("验收合格")
        REJECTED = "rejected", N_("验收不合格")
        RETURNED = "returned", N_("已退回")

    TRANSITIONS = {
        State.SENT: {State.PASSED, State.REJECTED},
        State.PASSED: set(),
        State.REJECTED: {State.RETURNED},
        State.RETURNED: set(),
    }

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="parcels")
    mode = models.CharField("送达方式", max_length=14, choices=DeliveryMode)
    goods = VisibleCharField("物品", max_length=60)
    carrier = VisibleCharField("快递公司", max_length=20, blank=True)
    tracking = models.CharField("快递单号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.SENT)
    matches = models.BooleanField("与心愿相符", null=True)
    is_new = models.BooleanField("全新", null=True)
    is_fresh = models.BooleanField("未过期", null=True)
    rejected_why = VisibleCharField("不合格原因", max_length=100, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    checked_at = models.DateTimeField("验收时间", null=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "包裹"
        constraints = [
            state_check("parcel_state_is_known", "sent", "passed", "rejected", "returned"),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "returned"]) | ~Q(rejected_why=""),
                name="rejected_parcel_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="passed") | Q(matches=True, is_new=True, is_fresh=True),
                name="passed_parcel_is_what_was_wished",
            ),
        ]


class Handover(Record):
    """转交: into the family's hands, by whom, and the answer that came back.

    One that the family denies is undone (`undone_at`); then the goods are handed over anew.
    """

    class AnsweredBy(models.TextChoices):
        WORKER = "worker", N_("职工本人")
        HELPER = "helper", N_("帮扶责任人")
        CLOCK = "clock", N_("到期自动确认")

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="handovers")
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_on = models.DateField("转交日期")
    words = VisibleCharField("转交说明", max_length=100, blank=True)
    confirmed_at = models.DateTimeField("确认收到时间", null=True)
    answered_by = models.CharField("确认方式", max_length=8, choices=AnsweredBy, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    undone_at = models.DateTimeField("撤销时间", null=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "转交"
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(undone_at=None), name="claim_is_handed_over_once"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(confirmed_at=None),
                name="confirmed_handover_stands",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | ~Q(answered_by=""),
                name="confirmed_handover_says_by_whom",
            ),
        ]

    @property
    def is_by_giver(self) -> bool:
        """Sent straight to the family's home; what the union buys, its own colleague hands over."""
        claim = self.claim
        if claim.kind == Claim.Kind.UNION or self.handed_by_id != claim.giver_id:
            return False
        return Parcel.objects.of_claim(claim).filter(mode=DeliveryMode.TO_HOME).exists()


class GoodsPhoto(Record):
    """物品照片: goods only, no faces of minors; re-encoded, and found when it is used twice."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="photos")
    blob = models.CharField("存放位置", max_length=80, editable=False)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)
    digest = models.CharField("内容摘要", max_length=64, editable=False)
    likeness = models.CharField("图像指纹", max_length=16, editable=False, db_index=True)
    resembles = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "物品照片"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="goods_photo_is_used_once"),
        ]


class Thanks(Stateful):
    """感谢的话: at most 100 characters, never asked for, moderated before the giver reads it."""

    class State(models.TextChoices):
        WRITTEN = "written", N_("待审核")
        SHOWN = "shown", N_("已送达")
        HELD_BACK = "held_back", N_("未采用")

    TRANSITIONS = {
        State.WRITTEN: {State.SHOWN, State.HELD_BACK},
        State.SHOWN: set(),
        State.HELD_BACK: set(),
    }

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="thanks")
    words = VisibleCharField("感谢的话", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WRITTEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "感谢的话"
        constraints = [state_check("thanks_state_is_known", "written", "shown", "held_back")]


class Certificate(Record):
    """爱心证书: a number that anyone can verify, without learning about the family."""

    APPEND_ONLY = True

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="certificate")
    number = models.CharField("证书编号", max_length=24, unique=True)
    shown_name = models.CharField("署名", max_length=80)
    item = models.CharField("实现的心愿", max_length=30)
    issued_on = models.DateField("颁发日期")
    union_name = models.CharField("颁发工会", max_length=80)

    class Meta:
        verbose_name = "爱心证书"


class ComplaintQuerySet(ScopedQuerySet["Complaint"]):
    union_path = "wish__union_path"

    def raised_by(self, user: "User") -> Self:
        return self.scoped_by_caller().filter(raised_by=user)

    def of_wish(self, wish: Wish) -> Self:
        """Of a wish that the caller has already found within the scope."""
        return self.scoped_by_caller().filter(wish=wish)


class Complaint(Stateful):
    """反映问题: “not received”, “something is wrong”; a case for the union, answered in working days.

    One without `raised_by` comes from readers of the wall, who leave no name: what they say of one wish on one day is
    one entry, told `times` over; `also_said` holds what the later ones said, as [kind, words]. What is new beyond
    `MOST_SAID` begins another entry of that day.
    """

    MOST_SAID = 30

    class Kind(models.TextChoices):
        NOT_RECEIVED = "not_received", N_("没有收到")
        WRONG_GOODS = "wrong_goods", N_("东西不对或有问题")
        CONDUCT = "conduct", N_("对方言行不当")
        LEAK = "leak", N_("透露了个人信息")
        UNTRUE = "untrue", N_("情况不真实")
        UNFIT = "unfit", N_("内容不合适")
        OTHER = "other", N_("其他")

    OF_DELIVERY = (Kind.NOT_RECEIVED, Kind.WRONG_GOODS, Kind.CONDUCT, Kind.OTHER)
    OF_WALL = (Kind.LEAK, Kind.UNTRUE, Kind.UNFIT, Kind.OTHER)

    class State(models.TextChoices):
        OPEN = "open", N_("待处理")
        ANSWERED = "answered", N_("已答复")

    TRANSITIONS = {State.OPEN: {State.ANSWERED}, State.ANSWERED: set()}

    wish = models.ForeignKey(Wish, models.PROTECT, related_name="complaints")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="complaints", null=True)
    kind = models.CharField("类别", max_length=14, choices=Kind)
    words = VisibleCharField("说明", max_length=200, blank=True)
    times = models.PositiveIntegerField("几次", default=1)
    also_said = models.JSONField("同一天别的访客说的", default=list, blank=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    due_on = models.DateField("最晚答复")
    answer = VisibleCharField("答复", max_length=200, blank=True)
    is_accepted = models.BooleanField("情况属实", null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "反映问题"
        constraints = [
            state_check("complaint_state_is_known", "open", "answered"),
            models.UniqueConstraint(
                fields=["wish", "raised_by"],
                condition=Q(state="open"),
                name="complaint_is_open_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(answer=""), name="answered_complaint_has_its_answer"
            ),
            models.CheckConstraint(
                condition=Q(claim=None) | Q(raised_by__isnull=False),
                name="complaint_of_a_claim_names_who_raised_it",
            ),
        ]

    @property
    def also(self) -> list[tuple[str, str]]:
        """What later readers of that day said: the kind in words, and the words."""
        return [(self.Kind(kind).label, words) for kind, words in self.also_said]

    @property
    def days_left(self) -> int:
        """Working days to the answer; negative when it is overdue."""
        return workdays_between(timezone.localdate(), self.due_on)


bound(
    Certificate,
    1,
    (
        "id", "created_at", "claim_id", "number", "shown_name", "item", "issued_on", "union_name",
    ),
)  # fmt: skip
