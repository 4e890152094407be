"""帮扶档案: the file, its versions and six facts, who helps, and how it changes and moves."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.live_tasks import waits_for
from mashang.cases.models.applications import Application
from mashang.cases.models.holders import Holder, OfHolderQuerySet
from mashang.core.audit.bound import bound
from mashang.core.db.fields import PathField, SealedJSONField, SealedTextField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.unions.roles import Permission
from mashang.unions.scope import M, ScopedQuerySet, in_branches, posts_of

if TYPE_CHECKING:
    from mashang.accounts.models import User


class Hardship(models.TextChoices):
    """困难类别 in force since 2020 (鲁会办〔2020〕58号 and its siblings)."""

    DEEP = "deep", N_("深度困难")
    RELATIVE = "relative", N_("相对困难")
    ACCIDENT = "accident", N_("意外致困")


class CaseQuerySet(OfHolderQuerySet["Case"]):
    union_path = "union_path"

    def own(self, user: "User") -> Self:
        """The file that goes on; one that was merged into it is read in its versions."""
        return self.scoped_by_caller().filter(holder__in=Holder.objects.own(user))

    def paired_to(self, user: "User") -> Self:
        return self.scoped_by_caller().filter(
            pk__in=Pairing.objects.own(user).live().values("case_id")
        )


class Case(Stateful):
    """帮扶档案（一户一档）: never deleted; closed, reopened, moved."""

    class State(models.TextChoices):
        ACTIVE = "active", N_("在档")
        CLOSED = "closed", N_("已销档")

    class Level(models.TextChoices):
        NATION = "nation", N_("全国级")
        PROVINCE = "province", N_("省级")
        CITY = "city", N_("市级")
        COUNTY = "county", N_("县级")

    TRANSITIONS = {State.ACTIVE: {State.CLOSED}, State.CLOSED: {State.ACTIVE}}

    holder = models.OneToOneField(Holder, models.PROTECT, related_name="case")
    case_no = models.CharField("档案号", max_length=24, unique=True)
    union = models.ForeignKey(Union, models.PROTECT, related_name="cases", verbose_name="建档工会")
    union_path = PathField("路径", max_length=40)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ACTIVE)
    category = models.CharField("困难类别", max_length=10, choices=Hardship)
    level = models.CharField("建档级别", max_length=10, choices=Level, default=Level.COUNTY)
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    filed_on = models.DateField("建档日期")
    closed_on = models.DateField("销档日期", null=True)
    close_reason = models.CharField("销档原因", max_length=40, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶档案"
        constraints = [
            state_check("case_state_is_known", "active", "closed"),
            models.CheckConstraint(
                condition=Q(state="active") | ~Q(closed_on=None), name="closed_case_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["union_path", "state"], name="case_of_branch")]


class OfCaseQuerySet(ScopedQuerySet[M]):
    union_path = "case__union_path"

    def of_case(self, case: Case) -> Self:
        return self.scoped_by_caller().filter(case=case)

    def of_household(self, holder: Holder) -> Self:
        """Of the file that goes on and of those that were merged into it."""
        halves = Holder.objects.halves_of(holder).values("pk")
        return self.scoped_by_caller().filter(case__holder__in=halves)


class CaseVersion(Record):
    """档案版本: the whole file after a change, with who and why. Append-only."""

    APPEND_ONLY = True
    SEALED_BY = "case.holder.data_key"

    case = models.ForeignKey(Case, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本")
    body = SealedJSONField("档案内容")
    changed = models.JSONField("变更项目", default=list)
    why = models.CharField("变更原因", max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "档案版本"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="case_version_is_unique")
        ]


class Fact(Record):
    """六条基础信息: one of the six facts, with the day on which it was last checked."""

    SEALED_BY = "case.holder.data_key"

    class Key(models.TextChoices):
        HOUSEHOLD = "household", N_("家庭基本情况")
        HELPER = "helper", N_("结对帮扶责任人")
        CAUSE = "cause", N_("致困原因")
        INCOME = "income", N_("收入情况")
        HOUSING = "housing", N_("住房情况")
        PLAN = "plan", N_("解困脱困计划")

    case = models.ForeignKey(Case, models.PROTECT, related_name="facts")
    key = models.CharField("信息", max_length=10, choices=Key)
    body = SealedJSONField("内容")
    checked_on = models.DateField("最近核实日期")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "六条基础信息"
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="fact_is_kept_once")]


class PairingQuerySet(OfCaseQuerySet["Pairing"]):
    def live(self) -> Self:
        """Confirmed by the second person and not ended."""
        return self.filter(to_on=None, confirmed_by__isnull=False)

    def own(self, user: "User") -> Self:
        return self.scoped_by_caller().filter(helper=user)


class Pairing(Record):
    """结对帮扶: joins a helper and a case for a time; proposed by one, confirmed by another."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pairings")
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="pairings", verbose_name="帮扶责任人"
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    from_on = models.DateField("开始日期")
    to_on = models.DateField("结束日期", null=True)
    ended_why = models.CharField("结束原因", max_length=60, blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = "结对帮扶"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "helper"], condition=Q(to_on=None), name="helper_is_paired_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="pairing_has_two_people",
            ),
        ]


class HelperNote(Record):
    """帮扶手记: what the helper writes down after a talk or a visit."""

    SEALED_BY = "case.holder.data_key"

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    talked_on = models.DateField("日期")
    body = SealedTextField("情况")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶手记"


class TransferQuerySet(ScopedQuerySet["Transfer"]):
    """Seen by both sides: the union that gives and the one that takes."""

    union_path = "from_union__path"

    def coming_to(self, user: "User") -> Self:
        paths = [post.union.path for post in posts_of(user)]
        return self.scoped_by_caller().filter(in_branches(paths, "to_union__path"))

    def of_case(self, case: Case) -> Self:
        """The moves of a file that the caller has already found within the scope."""
        return self.scoped_by_caller().filter(case=case)


class Transfer(Stateful):
    """档案转移: asked by the union that gives, agreed by the one that takes."""

    class State(models.TextChoices):
        ASKED = "asked", N_("待接收")
        DONE = "done", N_("已转移")
        DECLINED = "declined", N_("未接收")
        WITHDRAWN = "withdrawn", N_("已撤回")
        LAPSED = "lapsed", N_("档案已办结，不再转移")

    TRANSITIONS = {
        State.ASKED: {State.DONE, State.DECLINED, State.WITHDRAWN, State.LAPSED},
        State.DONE: set(),
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
        State.LAPSED: set(),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    from_union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    to_union = models.ForeignKey(Union, models.PROTECT, related_name="transfers_in")
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    why = models.CharField("原因", max_length=100)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = "档案转移"
        constraints = [
            state_check(
                "transfer_state_is_known", "asked", "done", "declined", "withdrawn", "lapsed"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked"), name="case_has_one_open_transfer"
            ),
        ]


class ChangeRequest(Stateful):
    """变动申报: what the worker says has changed; the union checks it and changes the file."""

    SEALED_BY = "case.holder.data_key"

    class State(models.TextChoices):
        ASKED = "asked", N_("待核实")
        DONE = "done", N_("已变更")
        DECLINED = "declined", N_("未采纳")

    TRANSITIONS = {
        State.ASKED: {State.DONE, State.DECLINED},
        State.DONE: set(),
        State.DECLINED: set(),
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="change_requests")
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    changes = SealedJSONField("变动内容")
    why = models.CharField("说明", max_length=100, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField("答复时间", null=True)
    answer = models.CharField("答复", max_length=100, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "变动申报"
        constraints = [
            state_check("change_request_state_is_known", "asked", "done", "declined"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked"), name="case_has_one_open_change_request"
            ),
        ]


blocks_closing(Case, _("%(n)d 份在档档案"), state=Case.State.ACTIVE)
waits_for(
    Permission.CASE_CHANGE,
    ChangeRequest,
    of="case__holder",
    at="case__union_path",
    begun_by="asked_by",
    state=ChangeRequest.State.ASKED,
)
waits_for(
    Permission.CASE_PAIR,
    Pairing,
    of="case__holder",
    at="case__union_path",
    begun_by="proposed_by",
    confirmed_by=None,
    to_on=None,
)
blocks_closing(Transfer, _("%(n)d 份待接收的档案"), at="to_union", state=Transfer.State.ASKED)
bound(CaseVersion, 1, ("id", "created_at", "case_id", "number", "body", "changed", "why", "by_id"))
