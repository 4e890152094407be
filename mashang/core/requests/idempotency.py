"""Doing a thing once, however often the button is pressed or the network repeats it.

Both doors use it: the key is made when the form is rendered, or sent by the calling program.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.core.db.action import joined
from mashang.core.db.compiled import CompiledInsert, CompiledQuery, CompiledUpdate, Param
from mashang.core.db.errors import committing
from mashang.core.errors import Busy, Invalid
from mashang.core.models import IdempotencyKey
from mashang.core.privacy.keys import mac


class KeyReused(Invalid):
    code = "key_reused"
    message = N_("这张表单已经提交过别的内容，请刷新页面后重新填写提交")


@dataclass(frozen=True)
class Answer:
    """What the door sends back, and what a repetition gets again: addresses and identifiers
    only, nothing personal."""

    status: int
    location: str = ""
    body: str = ""
    replayed: bool = False


def once(actor_id: UUID, key: str, body: bytes, act: Callable[[], Answer]) -> Answer:
    """Run `act` and keep its answer in one transaction; or give the answer of the first time.

    Opens the outermost transaction. If `act` raises, nothing is kept and the same key may try
    again; OutcomeUnknown is resolved by calling again with the same key. Two at once: the second
    waits for the first. The same key with another body is KeyReused (422); `body` is what the
    person filled in, without what changes by itself (a CSRF token). A replay writes a little, so
    that its answer too waits until the disk (and the replica) has everything before it.
    """
    if not 8 <= len(key) <= 64:
        raise Invalid("key_malformed", N_("这次提交缺少防重编号，请刷新页面后再提交"))
    with committing(), joined():
        stored, is_first = _claim(actor_id, key, mac("form body", body).hex())
        return _keep(stored, act()) if is_first else _replay(stored)


def forget(older_than: timedelta = timedelta(days=30)) -> int:
    """Removes keys whose form nobody can still have open; returns how many."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - older_than).delete()
    return deleted


def _claim(actor_id: UUID, key: str, body_hash: str) -> tuple[IdempotencyKey, bool]:
    """The row of this key, locked, and whether this transaction made it."""
    own_row = IdempotencyKey(actor_id=actor_id, key=key, body_hash=body_hash)
    if NEW_KEY.insert_row(own_row):  # waits for a rival's COMMIT
        return own_row, True
    stored = STORED_KEY.first(actor_id=actor_id, key=key)
    if stored is None:  # swept away at this very moment
        raise Busy
    if stored.body_hash != body_hash:
        raise KeyReused
    return stored, False


def _stored_key() -> models.QuerySet[IdempotencyKey]:
    meta: Any = IdempotencyKey._meta
    slots: Any = {name: Param(name, meta.get_field(name)) for name in ("actor_id", "key")}
    return IdempotencyKey.objects.select_for_update().filter(**slots)


STORED_KEY = CompiledQuery(_stored_key)
NEW_KEY = CompiledInsert(IdempotencyKey, unless_there=True)
ANSWERED_KEY = CompiledUpdate(
    lambda: IdempotencyKey.objects.filter(pk=Param("pk", IdempotencyKey._meta.pk)),
    *("status", "location", "body"),
)


def _keep(stored: IdempotencyKey, answer: Answer) -> Answer:
    ANSWERED_KEY.update_rows(
        pk=stored.pk, status=answer.status, location=answer.location, body=answer.body
    )
    return answer


def _replay(stored: IdempotencyKey) -> Answer:
    IdempotencyKey.objects.filter(pk=stored.pk).update(
        replays=F("replays") + 1, replayed_at=timezone.now()
    )
    return Answer(stored.status, stored.location, stored.body, replayed=True)
