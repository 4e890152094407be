"""微心愿专场（解忧超市）: a place, a date, a set of wishes and stock; claimed, bought, handed over the same day."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.core.db.fields import PathField, VisibleCharField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.unions.scope import M, ScopedQuerySet
from mashang.wishes.models.wishes import Wish


class FairQuerySet(ScopedQuerySet["Fair"]):
    union_path = "union_path"

    def alive(self) -> Self:
        return self.filter(state__in=Fair.ALIVE)

    def of_screen(self, key: str) -> Self:
        """Whoever knows the address of the screen; a cancelled fair has none."""
        return self.scoped_by_caller().filter(screen_key=key).exclude(state="cancelled")


class Fair(Stateful):
    """专场活动."""

    class State(models.TextChoices):
        PLANNED = "planned", N_("筹备中")
        RUNNING = "running", N_("进行中")
        DONE = "done", N_("已结束")
        CANCELLED = "cancelled", N_("已取消")

    TRANSITIONS = {
        State.PLANNED: {State.RUNNING, State.CANCELLED},
        State.RUNNING: {State.DONE},
        State.DONE: set(),
        State.CANCELLED: set(),
    }
    ALIVE = (State.PLANNED, State.RUNNING)

    union = models.ForeignKey(Union, models.PROTECT, related_name="fairs", verbose_name="主办工会")
    union_path = PathField("路径", max_length=40)
    name = VisibleCharField("名称", max_length=40)
    place = VisibleCharField("地点", max_length=80)
    held_on = models.DateField("日期")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    screen_key = models.CharField("大屏地址", max_length=40, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = FairQuerySet.as_manager()

    class Meta:
        verbose_name = "微心愿专场"
        constraints = [
            state_check("fair_state_is_known", "planned", "running", "done", "cancelled")
        ]


class OfFairQuerySet(ScopedQuerySet[M]):
    union_path = "fair__union_path"

    def of_fair(self, fair: Fair) -> Self:
        """Of a fair that the caller has already found within the scope."""
        return self.scoped_by_caller().filter(fair=fair)


class FairWishQuerySet(OfFairQuerySet["FairWish"]):
    def of_code(self, code: str) -> Self:
        """Whoever holds the wish's card, as long as the wish may be shown at all."""
        return self.scoped_by_caller().shown().filter(code=code)

    def placed(self) -> Self:
        """Still there, or handed out there."""
        return self.shown().filter(removed_at=None)

    def shown(self) -> Self:
        """Without wishes that were withdrawn, taken down or hidden since."""
        return self.filter(wish__state__in=Wish.ON_WALL, wish__is_hidden=False)


class FairWish(Record):
    """专场心愿: a wish that is offered at a fair; its card carries `code`, to be scanned on the spot."""

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="wishes")
    wish = models.ForeignKey(Wish, models.PROTECT, related_name="fair_wishes")
    code = models.CharField("现场码", max_length=24, unique=True)
    removed_at = models.DateTimeField("移出时间", null=True)
    handed_at = models.DateTimeField("现场发放时间", null=True)
    stock = models.ForeignKey(
        "Stock", models.PROTECT, related_name="given", null=True, verbose_name="领取的库存"
    )

    objects = FairWishQuerySet.as_manager()

    class Meta:
        verbose_name = "专场心愿"
        constraints = [
            models.UniqueConstraint(
                fields=["wish"],
                condition=Q(removed_at=None, handed_at=None),
                name="wish_is_at_one_fair",
            ),
            models.CheckConstraint(
                condition=Q(handed_at=None) | Q(removed_at=None),
                name="fair_wish_is_given_or_removed",
            ),
            models.CheckConstraint(
                condition=Q(stock=None) | Q(handed_at__isnull=False),
                name="stock_goes_to_a_wish_that_was_given",
            ),
        ]

    @property
    def url(self) -> str:
        """The address in the code of the wish's card."""
        return f"{settings.MASHANG_PUBLIC_URL}/events/w/{self.code}/"


class Stock(Record):
    """专场库存: things bought ahead; each one taken is counted down, never below nothing."""

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="stock")
    item = VisibleCharField("物品", max_length=30)
    price_fen = models.PositiveIntegerField("单价（分）")
    bought = models.PositiveIntegerField("数量")
    taken = models.PositiveIntegerField("已领", default=0)

    objects = OfFairQuerySet.as_manager()

    class Meta:
        verbose_name = "专场库存"
        constraints = [
            models.UniqueConstraint(fields=["fair", "item"], name="stock_lists_an_item_once"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("bought")), name="stock_is_never_below_nothing"
            ),
        ]

    @property
    def left(self) -> int:
        return self.bought - self.taken


blocks_closing(Fair, _("%(n)d 场没有结束的专场"), state__in=Fair.ALIVE)
