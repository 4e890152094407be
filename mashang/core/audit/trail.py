"""操作留痕: the one way to write the trail. Only actions import this."""

import re
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from mashang.core.audit.roots import as_line
from mashang.core.audit.verifier import entry_digest
from mashang.core.db.compiled import CompiledInsert, CompiledQuery, CompiledUpdate, Param
from mashang.core.models import TrailEntry, TrailHead
from mashang.core.money import MOST_FEN
from mashang.core.privacy.keys import blind_index

HOUSE_CHAIN = UUID(int=0)  # what belongs to no union: sign-ins, keys, settings
_CODE = re.compile(r"[\x21-\x7e]{0,120}")
_NUMBER_OF_A_PERSON = re.compile(r"\+?\d{11,19}[Xx]?")


def record(
    action: str,
    subject: models.Model,
    *,
    by: models.Model | None,
    union: models.Model | None = None,
    **facts: object,
) -> TrailEntry:
    """Append one entry to the union's chain, in the transaction of the act.

    Call it last in an action: it locks the union's chain until COMMIT. `facts` are identifiers,
    codes, counts, days and times; text with spaces or Chinese, and numbers that look like a
    person's, are refused (ValueError): enter those as `hashed(...)`.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs into the act's transaction")
    head = _lock_head(union.pk if union else HOUSE_CHAIN)
    entry = TrailEntry(
        chain=head.chain,
        number=head.number + 1,
        at=timezone.now(),
        action=action,
        subject=subject._meta.label_lower,
        subject_id=str(subject.pk),
        actor_id=str(by.pk) if by else "",
        facts={name: _fact(value) for name, value in facts.items()},
        previous=head.digest,
    )
    entry.digest = entry_digest(as_line(entry))
    NEW_ENTRY.insert_row(entry)
    LONGER_CHAIN.update_rows(chain=head.pk, number=entry.number, digest=entry.digest)
    return entry


def hashed(purpose: str, value: str) -> str:
    """A personal value as the trail may hold it: comparable, not readable."""
    return blind_index(f"trail {purpose}", value)


def _lock_head(chain: UUID) -> TrailHead:
    if head := LOCKED_HEAD.first(chain=chain):
        return head
    TrailHead.objects.bulk_create([TrailHead(chain=chain)], ignore_conflicts=True)
    return TrailHead.objects.select_for_update().get(pk=chain)


def _locked_head() -> models.QuerySet[TrailHead]:
    chain: Any = Param("chain", TrailHead._meta.pk)
    return TrailHead.objects.select_for_update().filter(pk=chain)


LOCKED_HEAD = CompiledQuery(_locked_head)
NEW_ENTRY = CompiledInsert(TrailEntry)
LONGER_CHAIN = CompiledUpdate(
    lambda: TrailHead.objects.filter(pk=Param("chain", TrailHead._meta.pk)), "number", "digest"
)


def _fact(value: object) -> Any:
    if isinstance(value, list | tuple | set | frozenset):
        return [_fact(each) for each in (sorted(value) if isinstance(value, set) else value)]
    if isinstance(value, Enum):
        value = value.value
    if value is None or (isinstance(value, int) and abs(value) <= MOST_FEN):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, models.Model):
        return str(value.pk)
    return _code(value)


def _code(value: object) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise ValueError("the trail takes codes, counts and identifiers, no words of people")
    if _NUMBER_OF_A_PERSON.fullmatch(value):
        raise ValueError("this looks like a number of a person: enter it as hashed(...)")
    return str(value)
