"""微心愿: what a household wishes for, the public words of it, and the list of things with prices."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.queries import accounts_of
from mashang.cases.models import Holder, OfHolderQuerySet
from mashang.core.db.fields import PathField, VisibleCharField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.wishes import search, wall_changes, wall_index

if TYPE_CHECKING:
    from mashang.accounts.models import User


class Category(models.TextChoices):
    """心愿类别 (hardship facts D2: Nanjing's 6+N)."""

    GOODS = "goods", N_("生活物资")
    CULTURE = "culture", N_("精神文化")
    CAREER = "career", N_("职业提升")
    HEALTH = "health", N_("健康保障")
    STUDY = "study", N_("助学帮扶")
    SKILL = "skill", N_("技能培训")
    OTHER = "other", N_("其他")


class ForWhom(models.TextChoices):
    """给谁: the relation only, never a name."""

    SELF = "self", N_("本人")
    SPOUSE = "spouse", N_("配偶")
    CHILD = "child", N_("孩子")
    PARENT = "parent", N_("父母")
    FAMILY = "family", N_("全家")


class DeliveryMode(models.TextChoices):
    """送达方式 (hardship facts D3); 工会转交 shows no address to anybody."""

    THROUGH_UNION = "through_union", N_("工会转交")
    COURIER = "courier", N_("快递到工会")
    IN_PERSON = "in_person", N_("亲自送到工会")
    FAIR = "event", N_("活动现场")  # the word that rows hold is older
    SERVICE = "service", N_("服务类")
    TO_HOME = "to_home", N_("直接送到家")  # with the family's own consent only


class CatalogueItem(Record):
    """心愿清单物品: a usual thing with its reference price, dated, of a union and all below it."""

    union = models.ForeignKey(Union, models.PROTECT, related_name="catalogue_items")
    category = models.CharField("类别", max_length=10, choices=Category)
    name = VisibleCharField("物品或服务", max_length=30)
    price_fen = models.PositiveIntegerField("参考价（分）")
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True)

    class Meta:
        verbose_name = "心愿清单物品"
        constraints = [
            models.UniqueConstraint(
                fields=["union", "name", "valid_from"], name="catalogue_item_starts_once"
            ),
            models.CheckConstraint(condition=Q(price_fen__gt=0), name="catalogue_item_has_a_price"),
        ]


class WishQuerySet(OfHolderQuerySet["Wish"]):
    union_path = "union_path"

    def live(self) -> Self:
        return self.filter(state__in=Wish.LIVE)

    def on_wall(self) -> Self:
        """What anybody may see: moderated and masked, open or just claimed or come true."""
        return self.scoped_by_caller().filter(state__in=Wish.ON_WALL, is_hidden=False)

    def ever_on_wall(self) -> Self:
        """What anybody may have seen there, though it may have been taken down since."""
        return self.scoped_by_caller().filter(opened_at__isnull=False)

    def waiting_for_claim(self) -> Self:
        """待认领: hangs on the wall and may be claimed."""
        return self.on_wall().filter(state="open")


class Wish(Stateful):
    """微心愿. `number` is public and leads nowhere; `item`, `story` and `place` are its public words."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", N_("待初审")
        CHECKED = "checked", N_("待终审")
        RETURNED = "returned", N_("退回修改")
        OPEN = "open", N_("待认领")
        CLAIMED = "claimed", N_("已认领")
        FULFILLED = "fulfilled", N_("已实现")
        WITHDRAWN = "withdrawn", N_("已撤回")
        CLOSED = "closed", N_("已下架")

    TRANSITIONS = {
        State.SUBMITTED: {State.CHECKED, State.RETURNED, State.CLOSED, State.WITHDRAWN},
        State.CHECKED: {
            State.OPEN,
            State.RETURNED,
            State.CLOSED,
            State.WITHDRAWN,
            State.SUBMITTED,
        },
        State.RETURNED: {State.SUBMITTED, State.WITHDRAWN, State.CLOSED},
        State.OPEN: {State.CLAIMED, State.WITHDRAWN, State.CLOSED, State.SUBMITTED},
        State.CLAIMED: {State.OPEN, State.FULFILLED, State.CLOSED},
        State.FULFILLED: set(),
        State.WITHDRAWN: set(),
        State.CLOSED: set(),
    }
    EDITABLE = (State.SUBMITTED, State.CHECKED, State.RETURNED, State.OPEN)  # before a claim
    LIVE = (State.SUBMITTED, State.CHECKED, State.RETURNED, State.OPEN, State.CLAIMED)
    ON_WALL = (State.OPEN, State.CLAIMED, State.FULFILLED)

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="wishes")
    union = models.ForeignKey(Union, models.PROTECT, related_name="wishes", verbose_name="建档工会")
    union_path = PathField("路径", max_length=40)
    number = models.CharField("心愿编号", max_length=24, unique=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.SUBMITTED)
    category = models.CharField("类别", max_length=10, choices=Category)
    item = VisibleCharField("心愿", max_length=30)
    spec = VisibleCharField("规格尺码", max_length=40, blank=True)
    price_fen = models.PositiveIntegerField("参考价（分）")
    for_whom = models.CharField("给谁", max_length=8, choices=ForWhom)  # the public sees shown_for
    reason = VisibleCharField("想说的话", max_length=200)  # P2 until moderated
    needed_by = models.DateField("希望在此之前", null=True)
    delivery_mode = models.CharField(
        "送达方式", max_length=14, choices=DeliveryMode, default=DeliveryMode.THROUGH_UNION
    )
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assist_reason = models.CharField("代发原因", max_length=100, blank=True)
    # What the wall shows; set by moderation from `reason`, generalised where k is small.
    story = VisibleCharField("公开的话", max_length=200, blank=True)
    age_band = models.CharField("年龄段", max_length=10, blank=True)
    place = models.CharField("公开的地区", max_length=40, blank=True)
    region_code = models.CharField("公开的地区代码", max_length=12, blank=True)
    shown_for = models.CharField("公开的给谁", max_length=8, choices=ForWhom, blank=True)
    is_hidden = models.BooleanField("不再公开", default=False)  # no consent, or by the union
    hidden_why = VisibleCharField("工会撤下的原因", max_length=100, blank=True, default="")
    searchable = models.TextField("检索用字", blank=True, editable=False)  # see wishes.search
    alike = models.PositiveIntegerField("同样描述的家庭数", null=True)  # k
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    opened_at = models.DateTimeField("上墙时间", null=True)
    returned_why = VisibleCharField("退回原因", max_length=100, blank=True)
    closed_why = VisibleCharField("下架原因", max_length=100, blank=True)
    fulfilled_at = models.DateTimeField("实现时间", null=True)
    changed_at = models.DateTimeField("最近修改", auto_now=True)

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = "微心愿"
        constraints = [
            state_check(
                "wish_state_is_known",
                "submitted",
                "checked",
                "returned",
                "open",
                "claimed",
                "fulfilled",
                "withdrawn",
                "closed",
            ),
            models.UniqueConstraint(
                fields=["holder"],
                condition=Q(state__in=["submitted", "checked", "returned", "open", "claimed"]),
                name="household_has_one_live_wish",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "claimed", "fulfilled"])
                | Q(opened_at__isnull=False, checked_by__isnull=False, opened_by__isnull=False),
                name="wish_on_the_wall_was_checked_twice",
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None) | ~Q(opened_by=models.F("checked_by")),
                name="wish_is_checked_by_two_people",
            ),
            models.CheckConstraint(condition=Q(price_fen__gt=0), name="wish_has_a_price"),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closed_why=""), name="closed_wish_says_why"
            ),
            models.CheckConstraint(
                condition=Q(hidden_why="") | Q(is_hidden=True),
                name="wish_that_the_union_took_down_is_hidden",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "opened_at", "id"],
                condition=Q(state__in=["open", "claimed", "fulfilled"]),
                name="wish_on_the_wall_by_wait",
            ),
            models.Index(fields=["union_path", "state"], name="wish_of_branch"),
        ]

    def transition_to(self, new: str, **also: Any) -> None:
        """A wish that comes to the wall, or leaves it, does so in the search too."""
        was_on_wall, is_on_wall = self.state in self.ON_WALL, new in self.ON_WALL
        if was_on_wall != is_on_wall:
            also["searchable"] = self._searchable(also) if is_on_wall else ""
        super().transition_to(new, **also)
        if was_on_wall != is_on_wall:
            self.put_in_search()
        if was_on_wall or is_on_wall:
            wall_changes.note()

    def put_in_search(self) -> None:
        """Writes this wish's tokens, none for one that is not on the wall."""
        tokens = set(search.grams(self.searchable))
        if self.state in self.ON_WALL:
            tokens |= search.facets(self.category, self.price_fen, self.region_code)
        wall_index.write(self.pk, self.opened_at, tokens)

    def _searchable(self, also: dict[str, Any]) -> str:
        shown = (also.get(name, getattr(self, name)) for name in ("item", "story", "place"))
        return search.tidy(" ".join(shown))

    def waited_days(self, today: date) -> int:
        """How long it has hung on the wall, in days."""
        return (today - timezone.localdate(self.opened_at)).days if self.opened_at else 0

    def is_of(self, user: "User") -> bool:
        return self.holder.belongs_to(user)

    def is_posted_for_by(self, user: "User") -> bool:
        """代发: whether these words are the user's, told for the worker."""
        return bool(self.assist_reason) and self.posted_by_id in accounts_of(user)


blocks_closing(Wish, _("%(n)d 个没有办完的心愿"), state__in=Wish.LIVE)
