"""申请: what a worker files, the papers with it, and what the rules make of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.models.holders import Holder, OfHolderQuerySet
from mashang.core.db.fields import PathField, SealedJSONField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union


class ApplicationQuerySet(OfHolderQuerySet["Application"]):
    union_path = "union_path"

    def live(self) -> Self:
        return self.filter(state__in=Application.LIVE)


class Application(Stateful):
    """申请: what a worker files. The standing file (建档) or one-off aid (临时救助)."""

    SEALED_BY = "holder.data_key"

    class Kind(models.TextChoices):
        FILE = "file", N_("建立帮扶档案")
        ONE_OFF = "one_off", N_("临时救助")

    class State(models.TextChoices):
        DRAFT = "draft", N_("草稿")
        SUBMITTED = "submitted", N_("已提交")
        CHECKING = "checking", N_("核查中")
        PUBLICITY = "publicity", N_("公示中")
        FILED = "filed", N_("已建档")
        ENDED = "ended", N_("已结束")

    class Ending(models.TextChoices):
        AIDED = "aided", N_("同意临时救助")
        REFUSED = "refused", N_("不予通过")
        WITHDRAWN = "withdrawn", N_("本人撤回")
        EXPIRED = "expired", N_("草稿过期")

    UNDER_WAY = (State.SUBMITTED, State.CHECKING, State.PUBLICITY)
    LIVE = (State.DRAFT, *UNDER_WAY)
    TRANSITIONS = {
        State.DRAFT: {State.SUBMITTED, State.ENDED},
        State.SUBMITTED: {State.CHECKING, State.PUBLICITY, State.FILED, State.ENDED},
        State.CHECKING: {State.SUBMITTED, State.PUBLICITY, State.FILED, State.ENDED},
        State.PUBLICITY: {State.SUBMITTED, State.CHECKING, State.FILED, State.ENDED},
        State.FILED: set(),
        State.ENDED: set(),
    }

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="applications")
    union = models.ForeignKey(
        Union, models.PROTECT, related_name="applications", verbose_name="受理工会"
    )
    union_path = PathField("路径", max_length=40)
    kind = models.CharField("类型", max_length=10, choices=Kind)
    number = models.CharField("申请编号", max_length=24, unique=True, null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    ending = models.CharField("结束原因", max_length=10, choices=Ending, blank=True)
    answers = SealedJSONField("填写内容")
    step_reached = models.CharField("填到", max_length=20, blank=True)
    missing = models.JSONField("待补材料", default=list)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人"
    )
    assist_reason = models.CharField("代办原因", max_length=100, blank=True)
    main_cause = models.CharField("主要致困原因", max_length=20, blank=True)
    granted_category = models.CharField("审定类别", max_length=10, blank=True)
    granted_level = models.CharField("审定级别", max_length=10, blank=True)
    granted_fen = models.PositiveBigIntegerField("审定救助金额（分）", null=True)
    changed_at = models.DateTimeField("最近修改", auto_now=True)
    submitted_at = models.DateTimeField("提交时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "申请"
        constraints = [
            state_check(
                "application_state_is_known",
                "draft",
                "submitted",
                "checking",
                "publicity",
                "filed",
                "ended",
            ),
            models.UniqueConstraint(
                fields=["holder"],
                condition=Q(state__in=["draft", "submitted", "checking", "publicity"]),
                name="household_has_one_live_application",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(ending=""), name="ended_application_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "ended"]) | ~Q(submitted_at=None),
                name="submitted_application_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["union_path", "state"], name="application_of_branch")]


class Filler(Record):
    """代填人: a colleague who filled in for the worker (代办), whoever goes on with it later. They do not decide on it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="fillers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "代填人"
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="filler_is_noted_once")
        ]


class Attachment(Record):
    """附件材料: a paper or photo. The bytes lie sealed in the private store under a random name."""

    SEALED_BY = "holder.data_key"

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="attachments")
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="attachments", null=True
    )
    kind = models.CharField("材料种类", max_length=30)
    blob = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveIntegerField("字节数")
    width = models.PositiveSmallIntegerField("宽", default=0)
    height = models.PositiveSmallIntegerField("高", default=0)
    digest = models.CharField(max_length=64, db_index=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField("移除时间", null=True)

    objects = OfHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "附件材料"


class Assessment(Record):
    """困难测算: a snapshot with the standard and the rules of its day. Never computed again."""

    SEALED_BY = "application.holder.data_key"

    application = models.ForeignKey(Application, models.PROTECT, related_name="assessments")
    standard_fen = models.PositiveBigIntegerField("低保标准（分/人·月）")
    income_fen = models.BigIntegerField("十二个月家庭收入（分）")
    rigid_fen = models.BigIntegerField("刚性支出（分）")
    persons = models.PositiveSmallIntegerField("家庭人口")
    net_fen = models.BigIntegerField("人均月净收入（分）")
    proposal = models.CharField("建议类别", max_length=10, blank=True)
    lines = SealedJSONField("逐项说明")
    is_final = models.BooleanField("受理时留存", default=False)

    class Meta:
        verbose_name = "困难测算"
        constraints = [
            models.CheckConstraint(condition=Q(persons__gte=1), name="assessment_has_persons")
        ]


blocks_closing(Application, _("%(n)d 件在办申请"), state__in=Application.UNDER_WAY)
