"""审核: what a review leaves behind at each step, from the home check to the answered objection."""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as N_

from mashang.cases.models.applications import Application, Attachment
from mashang.core.db.fields import SealedJSONField, SealedTextField, VisibleCharField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import DataKey, Record
from mashang.unions.scope import ScopedQuerySet


class HomeCheck(Record):
    """入户核查: at least two persons saw the home; their findings, photos and signatures."""

    SEALED_BY = "application.holder.data_key"

    application = models.ForeignKey(Application, models.PROTECT, related_name="home_checks")
    step_id = models.UUIDField("环节", unique=True)
    visited_on = models.DateField("入户日期")
    findings = SealedJSONField("核查情况")
    agrees = models.BooleanField("与申报一致")
    photos = models.ManyToManyField(Attachment, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "入户核查"


class Checker(Record):
    """核查人: one signature under a home check; by a colleague at their own keyboard."""

    home_check = models.ForeignKey(HomeCheck, models.PROTECT, related_name="checkers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField("签字时间")

    class Meta:
        verbose_name = "核查人"
        constraints = [
            models.UniqueConstraint(fields=["home_check", "user"], name="checker_signs_once")
        ]


class Evaluation(Record):
    """民主评议: who was there, how they voted, what was said."""

    SEALED_BY = "application.holder.data_key"

    application = models.ForeignKey(Application, models.PROTECT, related_name="evaluations")
    step_id = models.UUIDField("环节", unique=True)
    met_on = models.DateField("评议日期")
    entitled = models.PositiveSmallIntegerField("应到人数")
    present = models.PositiveSmallIntegerField("实到人数")
    agreed = models.PositiveSmallIntegerField("同意人数")
    against = models.PositiveSmallIntegerField("反对人数")
    minutes = SealedTextField("评议纪要")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "民主评议"
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("entitled"))
                & Q(agreed__lte=F("present") - F("against")),
                name="evaluation_votes_add_up",
            )
        ]

    @property
    def is_quorate(self) -> bool:
        return self.present * 3 >= self.entitled * 2

    @property
    def passes(self) -> bool:
        """Two thirds came, and two thirds of them agree."""
        return self.is_quorate and self.agreed * 3 >= self.present * 2


class PublicityQuerySet(ScopedQuerySet["Publicity"]):
    union_path = "application__union_path"

    def on_show(self) -> Self:
        """What anyone may read now. The database's clock takes a notice down, nobody has to."""
        return self.scoped_by_caller().filter(
            state=Publicity.State.SHOWN,
            ends_at__gt=Now(),
            application__state=Application.State.PUBLICITY,
        )

    def of_step(self, step_id: UUID) -> Self:
        """The notice of a step that the caller has already found within the scope."""
        return self.scoped_by_caller().filter(step_id=step_id)


class Publicity(Stateful):
    """公示: a masked notice for at least five working days; it takes itself down."""

    class State(models.TextChoices):
        SHOWN = "shown", N_("公示中")
        DONE = "done", N_("公示期满")
        STOPPED = "stopped", N_("已撤下")

    TRANSITIONS = {
        State.SHOWN: {State.DONE, State.STOPPED},
        State.DONE: set(),
        State.STOPPED: set(),
    }

    application = models.ForeignKey(Application, models.PROTECT, related_name="publicities")
    step_id = models.UUIDField("环节", unique=True)
    slug = models.CharField("公示链接", max_length=32, unique=True)
    text = models.JSONField("公示内容（已脱敏）")
    place = VisibleCharField("张贴地点", max_length=80)
    state = models.CharField("状态", max_length=10, choices=State, default=State.SHOWN)
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")

    objects = PublicityQuerySet.as_manager()

    class Meta:
        verbose_name = "公示"
        constraints = [
            state_check("publicity_state_is_known", "shown", "done", "stopped"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="publicity_ends_after_it_starts"
            ),
        ]


class ObjectionQuerySet(ScopedQuerySet["Objection"]):
    union_path = "publicity__application__union_path"

    def of_application(self, application: Application) -> Self:
        return self.scoped_by_caller().filter(publicity__application=application)


class Objection(Stateful):
    """公示异议: holds the decision until the union has answered it."""

    SEALED_BY = "data_key"

    class State(models.TextChoices):
        OPEN = "open", N_("待核实")
        UPHELD = "upheld", N_("异议成立")
        DISMISSED = "dismissed", N_("异议不成立")

    TRANSITIONS = {
        State.OPEN: {State.UPHELD, State.DISMISSED},
        State.UPHELD: set(),
        State.DISMISSED: set(),
    }

    publicity = models.ForeignKey(Publicity, models.PROTECT, related_name="objections")
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    body = SealedTextField("异议内容")
    answer = SealedTextField("核实结果", blank=True)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = "公示异议"
        constraints = [state_check("objection_state_is_known", "open", "upheld", "dismissed")]


class IncomeCheck(Record):
    """家庭经济状况核对: what the civil-affairs check centre was asked, and answered."""

    SEALED_BY = "application.holder.data_key"

    class Result(models.TextChoices):
        WAITING = "waiting", N_("核对中")
        MATCHES = "matches", N_("与申报相符")
        DIFFERS = "differs", N_("与申报不符")

    application = models.ForeignKey(Application, models.PROTECT, related_name="income_checks")
    step_id = models.UUIDField("环节", unique=True)
    asked_on = models.DateField("发函日期")
    result = models.CharField("结果", max_length=10, choices=Result, default=Result.WAITING)
    answered_on = models.DateField("回函日期", null=True)
    details = SealedTextField("核对情况", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "家庭经济状况核对"
        constraints = [
            models.CheckConstraint(
                condition=Q(result="waiting") | ~Q(answered_on=None),
                name="income_check_result_has_its_day",
            )
        ]
