"""工会组织: the tree of unions, who holds which post in it, and the rules each union sets."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.core.db.fields import PathField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.unions.roles import Role


class Union(Record):
    """One union body. `path` is its address in the tree: the parent's path + one segment.

    The province's segment is its two-digit GB/T 2260 code, every further one has four base-36
    characters, so a branch is the half-open range [path, path + "~").
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", N_("省（区、市）总工会")
        CITY = "city", N_("市总工会")
        COUNTY = "county", N_("县（市、区）总工会")
        TOWN = "town", N_("乡镇（街道）、产业工会")
        GRASSROOTS = "grassroots", N_("基层工会")

    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True)
    path = PathField("路径", max_length=40, unique=True)
    code = models.CharField("编号", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("层级", max_length=10, choices=Kind)
    region_code = models.CharField("所在地区", max_length=12)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    contact_name = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=20, blank=True)
    hotline = models.CharField("服务热线", max_length=20, default="12351")
    closed_on = models.DateField("撤销日期", null=True)

    class Meta:
        verbose_name = "工会"
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="union_credit_code_is_unique",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_above(self, other: "Union") -> bool:
        """Whether `other` is this union or stands below it."""
        return other.path.startswith(self.path)


# A post that ever opened anything, unlike a proposal that nobody has confirmed yet. One that a single person gave
# before the rule of two has its day for being made up (`confirm_by_on`), and keeps it while it sleeps.
HAS_COUNTED = (
    Q(awaits_second_person=False)
    | Q(appointed_by=None)
    | Q(confirmed_by__isnull=False)
    | Q(confirm_by_on__isnull=False)
)
DAYS_TO_COME_BACK = 7  # after a reset, before what waited for a colleague goes elsewhere


class PostQuerySet(models.QuerySet["Post"]):
    def current(self, on: date) -> "PostQuerySet":
        """The posts that count on that day; one that waits for its second person does not."""
        return self.filter(
            Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on, awaits_second_person=False
        )

    def held(self, on: date) -> "PostQuerySet":
        """Those, and the ones that sleep since a reset of the last days: their holder is about to come back."""
        since = timezone.now() - timedelta(days=DAYS_TO_COME_BACK)
        sleeps = Q(awaits_second_person=True, user__resets__reset_at__gte=since) & HAS_COUNTED
        running = self.filter(
            Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on, user__is_active=True
        )
        return running.filter(Q(awaits_second_person=False) | sleeps).distinct()


class Post(Record):
    """任职: a user, at a union, in a role, from a day on until the day of leaving, which counts no more.

    It counts only when a second person has confirmed the appointment, and sleeps again after a reset.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    union = models.ForeignKey(Union, models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=10, choices=Role)
    from_on = models.DateField("任职日期")
    to_on = models.DateField("离任日期", null=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    awaits_second_person = models.BooleanField("待第二人确认", default=False)
    # Given by one person before the rule of two: counts until that day, then sleeps unless somebody confirms it.
    # Until then the day stays, asleep or not: it tells such a post from a proposal (`HAS_COUNTED`).
    confirm_by_on = models.DateField("补确认期限", null=True)
    ask_on = models.DateField(
        "提醒补确认的日子", null=True
    )  # who may confirm it is asked from then on
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)

    objects = PostQuerySet.as_manager()

    @property
    def has_counted(self) -> bool:
        """`HAS_COUNTED` of this row."""
        is_proposal = self.appointed_by_id is not None and self.confirmed_by_id is None
        return not (self.awaits_second_person and is_proposal) or self.confirm_by_on is not None

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "union", "role"],
                condition=Q(to_on=None),
                name="post_is_held_once",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=F("appointed_by")) & ~Q(confirmed_by=F("user"))),
                name="post_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(appointed_by=None) | ~Q(appointed_by=F("user")),
                name="post_is_not_taken_by_oneself",
            ),
        ]


class AccountReset(Record):
    """重置登录: who opened whose account anew. Never forgotten: the two do not count as two people."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="resets")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reset_at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = "重置登录"
        constraints = [
            models.UniqueConstraint(fields=["user", "by"], name="reset_is_noted_once"),
            models.CheckConstraint(
                condition=~Q(user=F("by")), name="account_is_not_reset_by_oneself"
            ),
        ]


class RuleCard(Record):
    """规则卡: one dated rule of a union and of everything below it, with the document it comes from.

    Of two cards with one code the union nearest to the household decides. What `body` holds is
    checked by the room that reckons with it (`cases.rules`).
    """

    union = models.ForeignKey(Union, models.PROTECT, related_name="rule_cards")
    kind = models.CharField("种类", max_length=20)
    code = models.CharField("规则代码", max_length=40)
    body = models.JSONField("内容")
    source = models.CharField("依据", max_length=200)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True)

    class Meta:
        verbose_name = "规则卡"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "code", "valid_from"], name="rule_card_starts_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="rule_card_ends_after_it_begins",
            ),
        ]


class HolidayNotice(Stateful):
    """放假通知: a year's days off and make-up days, entered by one colleague and published by another.

    Only publishing takes two: whoever entered it takes it back, anybody who may enter one sends it back.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", N_("待第二人核对")
        PUBLISHED = "published", N_("已生效")
        DECLINED = "declined", N_("已退回")
        WITHDRAWN = "withdrawn", N_("已撤回")

    TRANSITIONS = {
        State.PROPOSED: {State.PUBLISHED, State.DECLINED, State.WITHDRAWN},
        State.PUBLISHED: set(),
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
    }

    union = models.ForeignKey(Union, models.PROTECT, related_name="holiday_notices")
    year = models.PositiveSmallIntegerField("年份")
    holidays = models.JSONField("放假的日子")  # {"2027-01-01": "元旦"}
    make_up = models.JSONField("上班的周末")  # ["2027-01-03"]
    source = models.CharField("文号", max_length=120)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField("核对时间", null=True)

    class Meta:
        verbose_name = "放假通知"
        ordering = ["-created_at"]
        constraints = [
            state_check(
                "holiday_notice_state_is_known", "proposed", "published", "declined", "withdrawn"
            ),
            models.UniqueConstraint(
                fields=["year"], condition=Q(state="proposed"), name="holiday_notice_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(decided_by=F("proposed_by")),
                name="holiday_notice_takes_two",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False),
                name="holiday_notice_is_decided_by_somebody",
            ),
        ]

    def days_off(self) -> list[tuple[date, str]]:
        return sorted((date.fromisoformat(day), name) for day, name in self.holidays.items())

    def days_worked(self) -> list[date]:
        return sorted(date.fromisoformat(day) for day in self.make_up)
