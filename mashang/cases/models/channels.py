"""换号换卡: a new number or account by which a household is reached, known or paid; one asks, another confirms."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as N_

from mashang.cases.live_tasks import waits_for
from mashang.cases.models.applications import Application
from mashang.cases.models.holders import Holder, OfHolderQuerySet
from mashang.core.db.fields import SealedJSONField, SealedTextField
from mashang.core.db.states import Stateful, state_check
from mashang.unions.queries import no_second_for
from mashang.unions.roles import Permission

if TYPE_CHECKING:
    from mashang.accounts.models import User


class ChannelChangeQuerySet(OfHolderQuerySet["ChannelChange"]):
    """Seen where the household is now: whoever keeps it decides."""

    def waiting(self) -> Self:
        return self.filter(state__in=ChannelChange.WAITING)

    def to_confirm_by(self, user: "User") -> Self:
        """Those that wait for a second colleague: not for the person who asked, by whichever account, nor for
        whoever does not make two with them."""
        return self.filter(state=ChannelChange.State.ASKED).exclude(
            asked_by__in=no_second_for(user)
        )

    def how_many_to_confirm_by(self, user: "User") -> int:
        """The number beside the menu, on every page of the desk: one query while nothing waits, a few more else."""
        waiting = self.filter(state=ChannelChange.State.ASKED).exclude(asked_by=user)
        return waiting.to_confirm_by(user).count() if waiting.exists() else 0

    def due(self, today: date) -> Self:
        """What takes effect by itself now."""
        return self.waiting().filter(effective_on__lte=today)


class ChannelChange(Stateful):
    """换号换卡: what stands at the household stays as it is until this is done.

    `by_household`: the household itself asked; then it takes effect by itself on `effective_on`. What a
    colleague asked has no such day before somebody else has confirmed it: a second colleague, or the
    household with a code that came to the old phone. With `application`: the account into which the sum
    granted on it is to go, `bank` being what the form asks of an account.
    """

    SEALED_BY = "holder.data_key"

    class Kind(models.TextChoices):
        SIGN_IN = "sign_in", N_("登录手机号")
        CONTACT = "contact", N_("联系手机号")
        ACCOUNT = "account", N_("收款账号")

    class State(models.TextChoices):
        ASKED = "asked", N_("待确认")
        CONFIRMED = "confirmed", N_("已确认，待生效")
        DONE = "done", N_("已更换")
        DECLINED = "declined", N_("未更换")
        STOPPED = "stopped", N_("本人叫停")
        LAPSED = "lapsed", N_("已失效")

    TRANSITIONS = {
        State.ASKED: {State.CONFIRMED, State.DONE, State.DECLINED, State.STOPPED, State.LAPSED},
        State.CONFIRMED: {State.DONE, State.DECLINED, State.STOPPED, State.LAPSED},
        State.DONE: set(),
        State.DECLINED: set(),
        State.STOPPED: set(),
        State.LAPSED: set(),
    }
    WAITING = (State.ASKED, State.CONFIRMED)

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="channel_changes")
    kind = models.CharField("换什么", max_length=10, choices=Kind)
    new_value = SealedTextField("新的")
    new_index = models.CharField(max_length=64, db_index=True, editable=False)
    old_value = SealedTextField("原来的", blank=True)
    old_index = models.CharField(max_length=64, blank=True, editable=False)
    why = models.CharField("原因", max_length=100)
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="channel_changes", null=True
    )
    bank = SealedJSONField("账户", null=True)
    by_household = models.BooleanField("本人提出", default=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    effective_on = models.DateField("生效日期", null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    confirmed_at = models.DateTimeField("确认时间", null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField("结束时间", null=True)

    objects = ChannelChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "换号换卡"
        constraints = [
            state_check(
                "channel_change_state_is_known",
                "asked",
                "confirmed",
                "done",
                "declined",
                "stopped",
                "lapsed",
            ),
            models.UniqueConstraint(
                fields=["holder", "kind"],
                condition=Q(state__in=("asked", "confirmed")),
                name="household_has_one_waiting_channel_change",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("confirmed", "done"))
                | Q(by_household=True)
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
                name="channel_change_has_two_people",
            ),
        ]

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING


waits_for(
    Permission.CASE_CHANGE,
    ChannelChange,
    at="holder__union_path",
    begun_by="asked_by",
    state=ChannelChange.State.ASKED,
)
