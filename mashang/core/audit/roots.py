"""The trail leaves the database: its export, and signed Merkle roots in a file beside it.

Whoever can rewrite the database can rewrite a chain of hashes. He cannot sign: each batch of new
entries gets a Merkle root, signed by a key that is not in the database, in a file (setting
MASHANG_TRAIL_ROOTS) that should be copied off this machine.
"""

import base64
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path
from typing import IO, Any

import structlog
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from mashang.core.audit.verifier import canonical, merkle_root, sm3, trusted
from mashang.core.models import NO_DIGEST, TrailEntry, TrailHead
from mashang.core.privacy.keys import ForeignKeys, require_own_keys
from mashang.core.provinces import current_province

log = structlog.get_logger(__name__)

BATCH = 4096
LOOKED_AT = 50  # roots, the newest
LONGEST_LINE = 1 << 20  # a batch of 4096 entries of 4096 chains is a quarter of it
Range = tuple[str, int, int]
"""chain, first number, last number"""


def public_key() -> bytes:
    """The raw Ed25519 key by which anybody can check the roots."""
    return _signer().public_key().public_bytes_raw()


def public_keys() -> list[bytes]:
    """All by which roots of this house may be signed: the earlier ones in their order, then the one in use."""
    return [*settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS, public_key()]


def retiring() -> str | None:
    """What the settings should say of the key in use once it is replaced: its public half, the number of the last root
    that it signed, and that root's digest. None unless the newest root is by it."""
    lines = signed_lines()
    if not lines or not _is_by(lines[-1], public_key()):
        return None
    key = base64.b64encode(public_key()).decode()
    return f"{key}:{len(lines)}:{sm3(lines[-1]).hex()}"


def signed_here() -> bool:
    """Whether one of the newest roots was signed by a key of ours; also while there is none, or none that can be
    read (`verify-trail` says so). A key that stands among the retired ones never fits."""
    if public_key() in settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS:
        return False
    try:
        with roots_file().open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_LINE))
            lines = file.read().splitlines()[-LOOKED_AT:]
    except OSError:
        return True
    tried = [is_signed for line in lines if (is_signed := _is_signed(line)) is not None]
    return any(tried) or not tried


def _is_signed(line: bytes) -> bool | None:
    """None for what is no root: the half of one that is just being written."""
    for key in public_keys():
        try:
            trusted(line, key)
        except InvalidSignature:
            continue
        except (KeyError, TypeError, ValueError):
            return None
        return True
    return False


def roots_file() -> Path:
    """One file for each province, where there are several."""
    path = Path(settings.MASHANG_TRAIL_ROOTS)
    return (
        path.with_stem(f"{path.stem}-{current_province()}") if settings.MASHANG_PROVINCES else path
    )


def signed_lines() -> list[bytes]:
    path = roots_file()
    return path.read_bytes().splitlines() if path.exists() else []


def seal_roots(progress: Callable[[int], None] = lambda entries: None) -> int:
    """签名: sign all entries that are not signed yet; returns how many. Called every minute.

    The file is written and synced before the database remembers it: after a crash between the two
    the same entries are signed once more, which the verifier allows. Raises ForeignKeys, also where another process
    has gone over to a newer key meanwhile.
    """
    require_own_keys()
    path, signed = roots_file(), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # one signer at a time
        batch, previous = _last_of(file)
        if not _is_our_turn(file):
            log.error("trail.not_our_turn", roots=str(path))
            raise ForeignKeys
        for ranges, digests in _batches():
            batch += 1
            line = _signed_line(batch, ranges, digests, previous)
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
            _remember(ranges)
            previous = sm3(line).hex()
            signed += len(digests)
            progress(signed)
    return signed


def trail_lines() -> Iterator[dict[str, Any]]:
    """The export: each chain's entries and then its head, as `core.audit.verifier` documents them.

    A chain is read up to the head that was seen first, so that work may go on meanwhile; entries
    beyond the head of their chain follow, for they should not be there.
    """
    for head in TrailHead.objects.order_by("pk").iterator():
        entries = TrailEntry.objects.filter(chain=head.chain, number__lte=head.number)
        for entry in entries.order_by("number").iterator():
            yield as_line(entry)
        yield _head_line(head)
    for entry in _beyond_their_head().iterator():
        yield as_line(entry)


def as_line(entry: TrailEntry) -> dict[str, Any]:
    """The entry as the verifier reads it."""
    return {
        "id": str(entry.id),
        "chain": str(entry.chain),
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": entry.action,
        "subject": entry.subject,
        "subject_id": entry.subject_id,
        "actor_id": entry.actor_id,
        "facts": entry.facts,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def _beyond_their_head() -> Any:
    head = TrailHead.objects.filter(pk=OuterRef("chain")).values("number")
    lost = TrailEntry.objects.annotate(head=Coalesce(Subquery(head), 0))
    return lost.filter(number__gt=F("head")).order_by("chain", "number")


def _head_line(head: TrailHead) -> dict[str, Any]:
    return {
        "chain": str(head.chain),
        "head": head.number,
        "digest": head.digest,
        "sealed": head.sealed_number,
    }


# Batches ------------------------------------------------------------------------------


def _batches() -> Iterator[tuple[list[Range], list[bytes]]]:
    """What is not signed yet, some thousand entries at a time, chain after chain."""
    ranges: list[Range] = []
    digests: list[bytes] = []
    heads = TrailHead.objects.filter(number__gt=F("sealed_number")).order_by("pk")
    for head in list(heads):
        for first in range(head.sealed_number + 1, head.number + 1, BATCH):
            last = min(first + BATCH - 1, head.number)
            ranges.append((str(head.chain), first, last))
            digests += _digests(head, first, last)
            if len(digests) >= BATCH:
                yield ranges, digests
                ranges, digests = [], []
    if digests:
        yield ranges, digests


def _digests(head: TrailHead, first: int, last: int) -> list[bytes]:
    rows = TrailEntry.objects.filter(chain=head.chain, number__range=(first, last))
    return [bytes.fromhex(row) for row in rows.order_by("number").values_list("digest", flat=True)]


def _remember(ranges: list[Range]) -> None:
    for chain, _, last in ranges:
        TrailHead.objects.filter(pk=chain, sealed_number__lt=last).update(sealed_number=last)


# Whose turn it is ---------------------------------------------------------------------


def may_sign_next() -> bool:
    """Whether the key in use may sign the next root; for the self-test."""
    try:
        with roots_file().open("rb") as file:
            return _is_our_turn(file)
    except OSError:
        return True


def _is_our_turn(file: IO[bytes]) -> bool:
    """The newest root is by the key in use; or by the last retired one, and the key in use has signed none: an old
    key that was put back, or that a running process still holds, would sign what nobody can verify any more."""
    ours, retired = public_key(), settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS
    newest = _newest(file)
    if not newest or _is_by(newest, ours):
        return ours not in retired
    is_first = bool(retired) and _is_by(newest, retired[-1])
    file.seek(0)
    return is_first and not any(_is_by(line, ours) for line in file)


def _newest(file: IO[bytes]) -> bytes:
    """The last whole line; empty where there is none."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_LINE))
    return file.read().rpartition(b"\n")[0].rpartition(b"\n")[2]


def _is_by(line: bytes, key: bytes) -> bool:
    try:
        trusted(line, key)
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True


# The file -----------------------------------------------------------------------------


def _last_of(file: IO[bytes]) -> tuple[int, str]:
    """Number and digest of the last batch; a line that a crash left half-written is dropped."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LONGEST_LINE))
    lines, _, torn = file.read().rpartition(b"\n")
    file.truncate(size - len(torn))
    last = lines.rpartition(b"\n")[2]
    return (json.loads(last)["batch"], sm3(last).hex()) if last else (0, NO_DIGEST)


def _signed_line(batch: int, ranges: list[Range], digests: list[bytes], previous: str) -> bytes:
    members: dict[str, Any] = {
        "batch": batch,
        "at": timezone.now().isoformat(),
        "ranges": ranges,
        "root": merkle_root(digests),
        "previous": previous,
    }
    signature = _signer().sign(canonical(members))
    return canonical(members | {"signature": base64.b64encode(signature).decode()})


def _signer() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(settings.MASHANG_TRAIL_KEY)
