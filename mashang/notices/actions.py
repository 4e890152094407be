"""What can happen to a notice: it is told, queued, sent, read."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from mashang.core.db.action import action
from mashang.core.db.compiled import CompiledInsert
from mashang.core.db.fields import Sealed
from mashang.core.models import DataKey
from mashang.notices.drivers import Rejected, Unreachable, driver
from mashang.notices.kinds import Kind
from mashang.notices.models import Message, Notice

LEASE = timedelta(minutes=1)
FIRST_WAIT = timedelta(seconds=30)  # then four times as long after each try
MOST_TRIES = 6


NEW_NOTICE = CompiledInsert(Notice)


class Reachable(Protocol):
    """Whom a notice can reach: a user, or whoever else has a phone and a key."""

    pk: UUID
    phone: Sealed | None
    data_key: DataKey


@action
def tell(user: Reachable, kind: Kind, *, url: str = "", **facts: object) -> Notice:
    """告知: into the inbox, and by text message where the kind says so. Part of the caller's act."""
    if kind.by_sms and user.phone is not None:
        _queue(user.phone.reveal(), kind, user.data_key, facts)
    notice = Notice(
        user_id=user.pk, kind=kind.code, title=kind.title, body=kind.text(**facts), url=url
    )
    NEW_NOTICE.insert_row(notice)
    return notice


@action
def text_phone(
    phone: str,
    kind: Kind,
    data_key: DataKey,
    *,
    drop_at: datetime | None = None,
    at_once: bool = True,
    **facts: object,
) -> Message:
    """发短信: to a phone that need not belong to an account; at once (a code is waited for), or by the clock."""
    message = _queue(phone, kind, data_key, facts, drop_at)
    if at_once:
        transaction.on_commit(lambda: _send(message.pk), robust=True)
    return message


def send_due(limit: int = 200) -> int:
    """发送到期短信: what is due now; returns how many the gateway took. `mashang tick` calls it."""
    return _send_all(Q(), limit)


def send_lasting(limit: int = 200) -> int:
    """While the clock is in doubt: only what never spoils, for nobody knows what is out of date."""
    return _send_all(Q(drop_at=None), limit)


def _send_all(which: Q, limit: int) -> int:
    ready = Message.objects.filter(_ready(timezone.now()), which)
    due = ready.order_by("due_at").values_list("pk", flat=True)
    return sum(_send(pk) for pk in list(due[:limit]))


@action
def forget_waiting() -> int:
    """不再发送: what is queued now goes to nobody; returns how many. The demo's past is in the inbox."""
    waiting = Message.objects.filter(state=Message.State.WAITING)
    return waiting.update(state=Message.State.FAILED, phone=None, body=None, error="演示，不发送")


@action
def read(user: Reachable, notice_id: UUID) -> None:
    """已读: the owner's own notice only; anybody else's is not there."""
    Notice.objects.filter(pk=notice_id, user_id=user.pk, read_at=None).update(
        read_at=timezone.now()
    )


@action
def read_all(user: Reachable) -> int:
    """全部已读."""
    return Notice.objects.filter(user_id=user.pk, read_at=None).update(read_at=timezone.now())


def _queue(
    phone: str,
    kind: Kind,
    data_key: DataKey,
    facts: dict[str, object],
    drop_at: datetime | None = None,
) -> Message:
    return Message.objects.create(
        phone=phone,
        body=f"【工会服务】{kind.text(**facts)}",
        data_key=data_key,
        kind=kind.code,
        due_at=timezone.now(),
        drop_at=drop_at,
    )


def _ready(now: datetime) -> Q:
    waiting = Q(state=Message.State.WAITING, due_at__lte=now)
    return waiting | Q(state=Message.State.SENDING, leased_until__lt=now)


def _send(pk: UUID) -> bool:
    """One message to the gateway, outside any transaction. Whoever holds the lease sends it."""
    now = timezone.now()
    leased = Message.objects.filter(_ready(now), pk=pk).update(
        state=Message.State.SENDING, leased_until=now + LEASE, tries=F("tries") + 1
    )
    if not leased:
        return False
    message = Message.objects.select_related("data_key").get(pk=pk)
    return _hand_over(message, now)


def _hand_over(message: Message, now: datetime) -> bool:
    if message.drop_at and message.drop_at <= now:
        _forget(message, Message.State.FAILED, error="已过时，不再发送")
        return False
    try:
        driver().send(id=str(message.pk), phone=_plain(message.phone), text=_plain(message.body))
    except Rejected as refusal:
        _forget(message, Message.State.FAILED, error=str(refusal))
        return False
    except Unreachable as trouble:
        _wait(message, str(trouble))
        return False
    _forget(message, Message.State.SENT, sent_at=timezone.now())
    return True


def _plain(sealed: Sealed | None) -> str:
    return str(sealed.reveal()) if sealed is not None else ""


def _wait(message: Message, error: str) -> None:
    """Try again later, and later still; after the last try it counts as failed."""
    if message.tries >= MOST_TRIES:
        _forget(message, Message.State.FAILED, error=error)
        return
    wait = FIRST_WAIT * 4 ** (message.tries - 1)
    _settle(message, Message.State.WAITING, due_at=timezone.now() + wait, error=error[:120])


def _forget(message: Message, state: str, **also: object) -> None:
    """The end of a message: who it went to and what it said are not kept."""
    _settle(message, state, phone=None, body=None, **also)


def _settle(message: Message, state: str, **also: object) -> None:
    """The number of the try is the lease's own mark: whoever overslept it changes nothing."""
    Message.objects.filter(pk=message.pk, state=Message.State.SENDING, tries=message.tries).update(
        state=state, leased_until=None, **also
    )
