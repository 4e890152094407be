"""审核: who must agree, in what order, by when. Steps are rows, so unions may run different ones."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.core.audit.bound import bound
from mashang.core.db.fields import PathField, SealedTextField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import DataKey, Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.unions.roles import Permission
from mashang.unions.scope import ScopedQuerySet


class Flow(Record):
    """审核流程: the dated list of steps that a union and everything below it runs for one kind."""

    class Kind(models.TextChoices):
        FILE = "file", N_("建档")
        ONE_OFF = "one_off", N_("临时救助")

    union = models.ForeignKey(Union, models.PROTECT, related_name="flows")
    kind = models.CharField("适用", max_length=10, choices=Kind)
    source = models.CharField("依据", max_length=200)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True)

    class Meta:
        verbose_name = "审核流程"
        constraints = [
            models.UniqueConstraint(fields=["union", "kind", "valid_from"], name="flow_starts_once")
        ]


class FlowStep(Record):
    """环节: one step of a flow, as data."""

    class Work(models.TextChoices):
        ACCEPT = "accept", N_("受理初审")
        HOME_CHECK = "home_check", N_("入户核查")
        EVALUATION = "evaluation", N_("民主评议")
        PUBLICITY = "publicity", N_("公示")
        RECHECK = "recheck", N_("上级复核")
        INCOME_CHECK = "income_check", N_("家庭经济状况核对")
        DECISION = "decision", N_("审批")
        FILING = "filing", N_("建档录入")

    class Shows(models.TextChoices):
        SUBMITTED = "submitted", N_("已提交")
        CHECKING = "checking", N_("核查中")
        PUBLICITY = "publicity", N_("公示中")

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField("顺序")
    work = models.CharField("工作", max_length=20, choices=Work)
    name = models.CharField("名称", max_length=20)
    level = models.CharField(
        "由哪一级办理", max_length=10, choices=[("own", "受理工会"), *Union.Kind.choices]
    )
    permission = models.CharField("所需权限", max_length=30, choices=Permission)
    workdays = models.PositiveSmallIntegerField("办理时限（工作日）")
    people = models.PositiveSmallIntegerField("最少人数", default=1)
    papers = models.JSONField("须有材料", default=list)
    shows = models.CharField("职工看到的状态", max_length=10, choices=Shows)
    decides = models.BooleanField("是否决定环节", default=False)
    may_send_back = models.BooleanField("可退回补正", default=True)
    may_refuse = models.BooleanField("可不予通过", default=False)

    class Meta:
        verbose_name = "环节"
        ordering = ["flow", "order"]
        constraints = [
            models.UniqueConstraint(fields=["flow", "order"], name="flow_step_order_is_unique"),
            models.CheckConstraint(condition=Q(people__gte=1), name="flow_step_needs_someone"),
        ]


class ReviewQuerySet(ScopedQuerySet["Review"]):
    def of_subject(self, subject_id: UUID) -> Self:
        """The review of something that the caller has already found within the scope."""
        return self.scoped_by_caller().filter(subject_id=subject_id)


class Review(Stateful):
    """审核: one subject on its way through the steps of a flow."""

    class State(models.TextChoices):
        OPEN = "open", N_("办理中")
        RETURNED = "returned", N_("退回补正")
        APPROVED = "approved", N_("通过")
        REFUSED = "refused", N_("不予通过")
        STOPPED = "stopped", N_("已终止")

    TRANSITIONS = {
        State.OPEN: {State.RETURNED, State.APPROVED, State.REFUSED, State.STOPPED},
        State.RETURNED: {State.OPEN, State.STOPPED},
        State.APPROVED: set(),
        State.REFUSED: set(),
        State.STOPPED: set(),
    }

    flow = models.ForeignKey(Flow, models.PROTECT, related_name="reviews")
    union = models.ForeignKey(Union, models.PROTECT, related_name="reviews")
    union_path = PathField("路径", max_length=40)
    subject_id = models.UUIDField("事项", unique=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    round = models.PositiveSmallIntegerField("轮次", default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "审核"
        constraints = [
            state_check(
                "review_state_is_known", "open", "returned", "approved", "refused", "stopped"
            )
        ]


class StepQuerySet(ScopedQuerySet["Step"]):
    """待办: `union_path` is the path of the union whose turn it is."""

    def waiting(self) -> Self:
        return self.filter(state=Step.State.OPEN)

    def of_subject(self, subject_id: UUID) -> Self:
        """The steps of something that the caller has already found within the scope."""
        return self.scoped_by_caller().filter(subject_id=subject_id)


class Step(Stateful):
    """审核环节: one step of one review, at the union whose turn it is. Keeps what the flow said then."""

    class State(models.TextChoices):
        OPEN = "open", N_("待办")
        DONE = "done", N_("已办")
        DROPPED = "dropped", N_("已取消")

    TRANSITIONS = {
        State.OPEN: {State.DONE, State.DROPPED},
        State.DONE: set(),
        State.DROPPED: set(),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="steps")
    flow_step = models.ForeignKey(FlowStep, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField("轮次")
    union = models.ForeignKey(Union, models.PROTECT, related_name="steps")
    union_path = PathField("办理工会路径", max_length=40)
    subject_id = models.UUIDField("事项", db_index=True)
    work = models.CharField("工作", max_length=20, choices=FlowStep.Work)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    due_on = models.DateField("应办结日期")
    closed_at = models.DateTimeField("办结时间", null=True)
    instead_of = models.ForeignKey(
        Union, models.PROTECT, related_name="+", null=True, verbose_name="代替没有人可办的工会"
    )
    moved_at = models.DateTimeField("转到上级的时间", null=True)
    has_nobody = models.BooleanField("没有人可以办", default=False)
    looked_at = models.DateTimeField("最近查看有没有人可办", null=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "审核环节"
        constraints = [
            state_check("step_state_is_known", "open", "done", "dropped"),
            models.UniqueConstraint(
                fields=["review"], condition=Q(state="open"), name="review_has_one_open_step"
            ),
        ]
        indexes = [
            models.Index(
                fields=["union_path", "due_on"], condition=Q(state="open"), name="step_work_list"
            )
        ]


class Seat(Record):
    """席位: how somebody has a hand in a review, by deciding, by the work of a step, or by filling in for the worker.

    One person has one seat in all rounds, at the step where they sat down first: from there they decide no
    other one. No step: they filled in and did nothing else.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="seats")
    flow_step = models.ForeignKey(FlowStep, models.PROTECT, related_name="+", null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    has_filled_in = models.BooleanField("代填过", default=False)

    class Meta:
        verbose_name = "席位"
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="nobody_decides_two_steps"),
            models.CheckConstraint(
                condition=Q(flow_step__isnull=False) | Q(has_filled_in=True),
                name="seat_says_how_one_took_part",
            ),
        ]


class Decision(Record):
    """审核意见: what one person decided at one step. Never edited, never removed."""

    APPEND_ONLY = True
    SEALED_BY = "data_key"

    class Outcome(models.TextChoices):
        APPROVE = "approve", N_("通过")
        SEND_BACK = "send_back", N_("退回补正")
        REFUSE = "refuse", N_("不予通过")

    step = models.OneToOneField(Step, models.PROTECT, related_name="decision")
    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField("轮次")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions", verbose_name="审核人"
    )
    outcome = models.CharField("结论", max_length=10, choices=Outcome)
    opinion = SealedTextField("意见", blank=True)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)
    reason_code = models.CharField("不予通过原因", max_length=20, blank=True)
    missing = models.JSONField("缺少材料", default=list)
    decided_at = models.DateTimeField("审核时间")

    class Meta:
        verbose_name = "审核意见"
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="refuse") | ~Q(reason_code=""),
                name="refusal_gives_its_reason",
            ),
        ]


blocks_closing(Step, _("%(n)d 项审核待办"), state=Step.State.OPEN)
bound(
    Decision,
    1,
    (
        "id", "created_at", "step_id", "review_id", "round", "by_id", "outcome", "opinion",
        "data_key_id", "reason_code", "missing", "decided_at",
    ),
)  # fmt: skip
