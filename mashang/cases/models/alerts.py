"""异常提醒: something that somebody has to look into, until it is said what was found."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as N_

from mashang.cases.models.holders import Holder
from mashang.core.db.fields import PathField
from mashang.core.db.states import Stateful, state_check
from mashang.unions.models import Union
from mashang.unions.scope import ScopedQuerySet


class AlertQuerySet(ScopedQuerySet["Alert"]):
    """Seen by those who watch over the branch in which the person concerned sits."""

    def unsettled(self) -> Self:
        return self.exclude(state=Alert.State.SETTLED)


class Alert(Stateful):
    """异常提醒: of one person and one kind, once a day until it is settled; `times` counts what came later."""

    class Kind(models.TextChoices):
        REVEALS = "reveals", N_("查看隐藏信息过多")
        PAPERS = "papers", N_("查看材料照片过多")
        PROBING = "probing", N_("录入身份证号查对过多")
        STOPPED = "stopped", N_("换号换卡被本人叫停")
        GLASS = "glass", N_("应急查阅")
        SAME_OWN = "same_own", N_("两个账号登记了同一个本人号码")
        DEVICE = "device", N_("两位同志的账号在同一台设备上登录")

    class State(models.TextChoices):
        OPEN = "open", N_("待查")
        TAKEN = "taken", N_("正在查")
        SETTLED = "settled", N_("已查清")

    TRANSITIONS = {
        State.OPEN: {State.TAKEN, State.SETTLED},
        State.TAKEN: {State.SETTLED},
        State.SETTLED: set(),
    }

    kind = models.CharField("事项", max_length=10, choices=Kind)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    union_path = PathField("路径", max_length=40)
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="+", null=True)
    day = models.DateField("日期")
    times = models.PositiveIntegerField("次数", default=1)
    why = models.CharField("当时写的原因", max_length=100, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OPEN)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    settled_at = models.DateTimeField("查清时间", null=True)
    found = models.CharField("查明的情况", max_length=200, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "异常提醒"
        indexes = [models.Index(fields=["union_path", "created_at"], name="alert_by_branch")]
        constraints = [
            state_check("alert_state_is_known", "open", "taken", "settled"),
            models.UniqueConstraint(
                fields=["kind", "about", "day"],
                condition=Q(holder=None) & ~Q(state="settled"),
                name="alert_is_raised_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | (~Q(found="") & Q(settled_by__isnull=False)),
                name="settled_alert_says_what_was_found",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("about")),
                name="alert_is_settled_by_another",
            ),
        ]
