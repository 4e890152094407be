"""通知: what a person is told, in the inbox and by SMS, through one outbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as N_

from mashang.core.db.fields import SealedTextField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import DataKey, Record


class Notice(Record):
    """站内消息: one message to one person, in plain words, without personal data."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField("类别", max_length=40)
    title = models.CharField("标题", max_length=40)
    body = models.CharField("内容", max_length=300)
    url = models.CharField("去处", max_length=120, blank=True)
    read_at = models.DateTimeField("已读时间", null=True)

    class Meta:
        verbose_name = "站内消息"
        indexes = [models.Index(fields=["user", "-created_at"], name="notice_inbox")]


class Message(Stateful):
    """外发短信: a row of the outbox, written in the transaction of the act that it reports.

    Phone and text are sealed, and forgotten as soon as the gateway has them.
    """

    SEALED_BY = "data_key"

    class State(models.TextChoices):
        WAITING = "waiting", N_("待发送")
        SENDING = "sending", N_("发送中")
        SENT = "sent", N_("已发送")
        FAILED = "failed", N_("发送失败")

    TRANSITIONS = {
        State.WAITING: {State.SENDING, State.FAILED},
        State.SENDING: {State.WAITING, State.SENT, State.FAILED},
        State.SENT: set(),
        State.FAILED: set(),
    }

    phone = SealedTextField("手机号", null=True)
    body = SealedTextField("内容", null=True)
    data_key = models.ForeignKey(DataKey, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField("类别", max_length=40)
    state = models.CharField("状态", max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    due_at = models.DateTimeField("发送时间")
    drop_at = models.DateTimeField("过时不发", null=True)
    leased_until = models.DateTimeField("占用至", null=True)
    sent_at = models.DateTimeField("送达网关时间", null=True)
    error = models.CharField("失败原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "外发短信"
        constraints = [
            state_check("message_state_is_known", "waiting", "sending", "sent", "failed")
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["waiting", "sending"]),
                name="message_to_send",
            )
        ]
