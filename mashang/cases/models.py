"""建档人、申请、档案: the household in hardship, from the first draft to the file and back out."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from mashang.core.fields import PathField, SealedJSONField, SealedTextField
from mashang.core.models import DataKey, Record
from mashang.core.moves import Stateful, state_check
from mashang.unions.models import Union
from mashang.unions.scope import M, ScopedQuerySet, in_branches, posts_of

if TYPE_CHECKING:
    from mashang.accounts.models import User


class HolderQuerySet(ScopedQuerySet["Holder"]):
    def own(self, user: "User") -> Self:
        return self.opened().filter(user=user)


class Holder(Record):
    """建档人: the worker whose household applies or is on file. The code is theirs for good.

    `data_key` seals everything of this household; destroying it is the deletion.
    """

    SEALED_BY = "data_key"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="holder", null=True
    )
    union = models.ForeignKey(Union, models.PROTECT, related_name="holders")
    union_path = PathField("路径", max_length=40)
    name = models.CharField("姓名", max_length=40, blank=True)
    id_number = SealedTextField("身份证号", blank=True)
    id_index = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    id_tail = models.CharField("身份证后四位", max_length=4, blank=True)
    phone = SealedTextField("手机号", blank=True)
    phone_index = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+", editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)

    objects = HolderQuerySet.as_manager()

    class Meta:
        verbose_name = "建档人"
        indexes = [models.Index(fields=["union_path", "name"], name="holder_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="holder_is_not_merged_into_itself",
            )
        ]


class OfHolderQuerySet(ScopedQuerySet[M]):
    """Rows that hang on a holder: seen with the holder's scope or by the holder."""

    union_path = "holder__union_path"

    def own(self, user: "User") -> Self:
        return self.opened().filter(holder__user=user)

    def of_holder(self, holder: Holder) -> Self:
        return self.opened().filter(holder=holder)


class ApplicationQuerySet(OfHolderQuerySet["Application"]):
    union_path = "union_path"

    def live(self) -> Self:
        return self.filter(state__in=Application.LIVE)


class Application(Stateful):
    """申请: what a worker files. The standing file (建档) or one-off aid (临时救助)."""

    SEALED_BY = "holder.data_key"

    class Kind(models.TextChoices):
        FILE = "file", "建立帮扶档案"
        ONE_OFF = "one_off", "临时救助"

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "已提交"
        CHECKING = "checking", "核查中"
        PUBLICITY = "publicity", "公示中"
        FILED = "filed", "已建档"
        ENDED = "ended", "已结束"

    class Ending(models.TextChoices):
        AIDED = "aided", "已给予临时救助"
        REFUSED = "refused", "不予通过"
        WITHDRAWN = "withdrawn", "本人撤回"
        EXPIRED = "expired", "草稿过期"

    LIVE = (State.DRAFT, State.SUBMITTED, State.CHECKING, State.PUBLICITY)
    MOVES = {
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


class Member(Record):
    """家庭成员: a person of the household, the holder among them (relation 本人).

    Names, numbers and everything about children are sealed; duplicates are found by `id_index`.
    """

    SEALED_BY = "holder.data_key"
    SELF = "self"  # 本人, among the codes of `catalogue.lists.RELATION`

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="members")
    relation = models.CharField("与申请人关系", max_length=20)
    name = SealedTextField("姓名")
    id_number = SealedTextField("身份证号", blank=True)
    id_index = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    details = SealedJSONField("其他信息")
    is_on_live_file = models.BooleanField("在有效档案中", default=False)
    left_on = models.DateField("不再共同生活日期", null=True)

    objects = OfHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "家庭成员"
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"],
                condition=Q(is_on_live_file=True) & ~Q(id_index=""),
                name="person_is_on_one_live_file",
            )
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


class PublicityQuerySet(models.QuerySet["Publicity"]):
    def on_show(self) -> Self:
        """What anyone may read now. The database's clock takes a notice down, nobody has to."""
        return self.filter(
            state=Publicity.State.SHOWN,
            ends_at__gt=Now(),
            application__state=Application.State.PUBLICITY,
        )


class Publicity(Stateful):
    """公示: a masked notice for at least five working days; it takes itself down."""

    class State(models.TextChoices):
        SHOWN = "shown", "公示中"
        DONE = "done", "公示期满"
        STOPPED = "stopped", "已撤下"

    MOVES = {
        State.SHOWN: {State.DONE, State.STOPPED},
        State.DONE: set(),
        State.STOPPED: set(),
    }

    application = models.ForeignKey(Application, models.PROTECT, related_name="publicities")
    step_id = models.UUIDField("环节", unique=True)
    slug = models.CharField("公示链接", max_length=32, unique=True)
    text = models.JSONField("公示内容（已脱敏）")
    place = models.CharField("张贴地点", max_length=80)
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


class Objection(Stateful):
    """公示异议: holds the decision until the union has answered it."""

    SEALED_BY = "data_key"

    class State(models.TextChoices):
        OPEN = "open", "待核实"
        UPHELD = "upheld", "异议成立"
        DISMISSED = "dismissed", "异议不成立"

    MOVES = {
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

    class Meta:
        verbose_name = "公示异议"
        constraints = [state_check("objection_state_is_known", "open", "upheld", "dismissed")]


class IncomeCheck(Record):
    """家庭经济状况核对: what the civil-affairs check centre was asked, and answered."""

    SEALED_BY = "application.holder.data_key"

    class Result(models.TextChoices):
        WAITING = "waiting", "核对中"
        MATCHES = "matches", "与申报相符"
        DIFFERS = "differs", "与申报不符"

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


class Hardship(models.TextChoices):
    """困难类别 in force since 2020 (鲁会办〔2020〕58号 and its siblings)."""

    DEEP = "deep", "深度困难"
    RELATIVE = "relative", "相对困难"
    ACCIDENT = "accident", "意外致困"


class CaseQuerySet(OfHolderQuerySet["Case"]):
    union_path = "union_path"

    def paired_to(self, user: "User") -> Self:
        return self.opened().filter(pk__in=Pairing.objects.own(user).live().values("case_id"))


class Case(Stateful):
    """帮扶档案（一户一档）: never deleted; closed, reopened, moved."""

    class State(models.TextChoices):
        ACTIVE = "active", "在档"
        CLOSED = "closed", "已销档"

    class Level(models.TextChoices):
        NATION = "nation", "全国级"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"

    MOVES = {State.ACTIVE: {State.CLOSED}, State.CLOSED: {State.ACTIVE}}

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
        return self.opened().filter(case=case)


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
        HOUSEHOLD = "household", "家庭基本情况"
        HELPER = "helper", "结对帮扶责任人"
        CAUSE = "cause", "致困原因"
        INCOME = "income", "收入情况"
        HOUSING = "housing", "住房情况"
        PLAN = "plan", "解困脱困计划"

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
        return self.opened().filter(helper=user)


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
        return self.opened().filter(in_branches(paths, "to_union__path"))


class Transfer(Stateful):
    """档案转移: asked by the union that gives, agreed by the one that takes."""

    class State(models.TextChoices):
        ASKED = "asked", "待接收"
        DONE = "done", "已转移"
        DECLINED = "declined", "未接收"

    MOVES = {
        State.ASKED: {State.DONE, State.DECLINED},
        State.DONE: set(),
        State.DECLINED: set(),
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
            state_check("transfer_state_is_known", "asked", "done", "declined"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asked"), name="case_has_one_open_transfer"
            ),
        ]


class ChangeRequest(Stateful):
    """变动申报: what the worker says has changed; the union checks it and changes the file."""

    SEALED_BY = "case.holder.data_key"

    class State(models.TextChoices):
        ASKED = "asked", "待核实"
        DONE = "done", "已变更"
        DECLINED = "declined", "未采纳"

    MOVES = {
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


class Access(Record):
    """查阅记录: who looked at which household, and why. Written before the page leaves."""

    APPEND_ONLY = True

    class Basis(models.TextChoices):
        SELF = "self", "本人"
        REVIEW = "review", "办理申请"
        KEEPING = "keeping", "管理档案"
        PAIRING = "pairing", "结对帮扶"
        CARD = "card", "制卡发卡"
        BREAK_GLASS = "break_glass", "应急查阅"

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
