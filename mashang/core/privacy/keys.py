"""Keys: data keys that seal, wrapped by a master key; and keyed hashes that look up.

The settings hold two roots, which are never in the database: MASHANG_MASTER_KEY wraps data keys,
MASHANG_LOOKUP_KEY makes keyed hashes. Every use has a key of its own, derived from its root by
HKDF with the purpose as info.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from hmac import compare_digest
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import DomainError, Gone
from mashang.core.models import DataKey, KeyCheck
from mashang.core.privacy.identity import normalise_id, normalise_phone
from mashang.core.provinces import province_here

__all__ = [
    "ForeignKeys",
    "KeyService",
    "LocalKeyService",
    "Unreadable",
    "blind_index",
    "destroy",
    "fits",
    "index_by_these_keys",
    "key_service",
    "laid_check",
    "lay_check",
    "mac",
    "new_data_key",
    "normalise_id",
    "normalise_phone",
    "open_sealed",
    "opens",
    "opens_check",
    "require_own_keys",
    "rewrap",
    "seal",
    "unwrapped",
    "witnessed_by",
    "witnesses_against",
    "wrapped_by_earlier_masters",
]

NONCE_BYTES = 12
TAG_BYTES = 16
CIPHERS: dict[str, tuple[Callable[[bytes], algorithms.AES | algorithms.SM4], int]] = {
    "AES-256-GCM": (algorithms.AES, 32),
    "SM4-GCM": (algorithms.SM4, 16),
}


class Unreadable(DomainError):
    """The one answer to every failed decryption: it does not say which part was wrong."""

    code = "unreadable"
    message = N_("这份资料暂时无法读取，请联系系统管理员")
    status = 500


class ForeignKeys(DomainError):
    """The keys of this process are not those of this database; whatever it wrote would be lost to both."""

    code = "foreign_keys"
    message = N_(
        "系统的密钥与这里的资料不符，为了不弄坏资料，现在什么都不会保存。请联系系统管理员核对密钥"
    )
    status = 503


class KeyService(Protocol):
    """What wraps data keys. The local driver keeps its master key in the environment; a driver for
    a hardware module keeps the same four promises and is named in MASHANG_KEY_SERVICE."""

    @property
    def version(self) -> str:
        """Which master key wraps now (at most 8 characters, stored beside the wrapped key)."""

    def wrap(self, key: bytes, *, algorithm: str, context: bytes) -> bytes: ...

    def unwrap(self, wrapped: bytes, *, algorithm: str, context: bytes, version: str) -> bytes:
        """Raises Unreadable for a wrong key, a wrong context or an unknown version."""


class LocalKeyService:
    """本机密钥: the master key in the environment, earlier ones beside it until all is re-wrapped."""

    def __init__(self, current: bytes, retired: tuple[bytes, ...] = ()) -> None:
        self.version = self._version_of(current)
        self._masters = {self._version_of(key): key for key in (*retired, current)}

    @staticmethod
    def _version_of(master: bytes) -> str:
        return derive(master, "master key version", 4).hex()

    def wrap(self, key: bytes, *, algorithm: str, context: bytes) -> bytes:
        return seal(self._wrapping_key(self.version, algorithm), key, context, algorithm)

    def unwrap(self, wrapped: bytes, *, algorithm: str, context: bytes, version: str) -> bytes:
        if version not in self._masters:
            raise Unreadable
        return open_sealed(self._wrapping_key(version, algorithm), wrapped, context, algorithm)

    def _wrapping_key(self, version: str, algorithm: str) -> bytes:
        _, size = CIPHERS[algorithm]
        return derive(self._masters[version], f"wrap {algorithm}", size)


def key_service() -> KeyService:
    """The driver that the settings name. Looked up each time, so that tests may change keys."""
    return _service(
        settings.MASHANG_KEY_SERVICE,
        settings.MASHANG_MASTER_KEY,
        tuple(settings.MASHANG_MASTER_RETIRED_KEYS),
    )


@lru_cache(maxsize=8)
def _service(path: str, current: bytes, retired: tuple[bytes, ...]) -> KeyService:
    service: KeyService = import_string(path)(current, retired)
    return service


# Data keys ---------------------------------------------------------------------------


def new_data_key() -> DataKey:
    """A fresh data key, stored in its wrapped form, for the cipher that the settings name."""
    key = unsaved_data_key()
    key.save(force_insert=True)
    return key


def unsaved_data_key() -> DataKey:
    """For rows that are written in bulk; the caller stores it before what it seals."""
    require_own_keys()
    return _fresh_data_key()


def _fresh_data_key() -> DataKey:
    algorithm = settings.MASHANG_CIPHER
    _, size = CIPHERS[algorithm]
    key = DataKey(algorithm=algorithm)
    _wrap_into(key, os.urandom(size))
    return key


@transaction.atomic
def destroy(data_key: DataKey) -> None:
    """销毁: what this key sealed can never be read again.

    Backups made before still hold the wrapped key. They are closed by their own retention, or at
    once by a new master key (`mashang rewrap-keys`) whose predecessor is thrown away.
    Destroying twice changes nothing.
    """
    DataKey.objects.filter(pk=data_key.pk, destroyed_at=None).update(
        wrapped=b"", destroyed_at=timezone.now()
    )
    data_key.refresh_from_db(fields=["wrapped", "destroyed_at"])


@transaction.atomic
def rewrap(data_key: DataKey) -> bool:
    """Wrap a data key by the current master key; True if it still stood under an earlier one."""
    data_key = DataKey.objects.select_for_update().get(pk=data_key.pk)
    if data_key.destroyed_at or data_key.master_version == key_service().version:
        return False
    _wrap_into(data_key, unwrapped(data_key))
    data_key.save(update_fields=["wrapped", "master_version"])
    return True


def wrapped_by_earlier_masters() -> models.QuerySet[DataKey]:
    """What `rewrap` has still to do before the earlier master keys may go."""
    alive = DataKey.objects.filter(destroyed_at=None)
    return alive.exclude(master_version=key_service().version)


def unwrapped(data_key: DataKey) -> bytes:
    """The plain data key, for as long as one sealing takes: it is kept nowhere."""
    if data_key.destroyed_at:
        raise Gone
    return key_service().unwrap(
        bytes(data_key.wrapped),
        algorithm=data_key.algorithm,
        context=_context(data_key),
        version=data_key.master_version,
    )


def _wrap_into(data_key: DataKey, plain: bytes) -> None:
    service = key_service()
    data_key.wrapped = service.wrap(plain, algorithm=data_key.algorithm, context=_context(data_key))
    data_key.master_version = service.version


def _context(data_key: DataKey) -> bytes:
    return f"data key|{data_key.pk}|{data_key.version}".encode()


# Whose keys these are -----------------------------------------------------------------


_fitting: set[tuple[object, ...]] = set()  # what was asked once in this process
_witnesses: list[tuple[Callable[[], bool], str]] = []


def witnessed_by(agrees: Callable[[], bool], against: str) -> None:
    """From now on the keys fit only if `agrees()`: what a key of another purpose made here, it makes again.

    Named by the rooms that own such a key. `against` says in words whose key does not fit.
    """
    _witnesses.append((agrees, against))


def witnesses_against() -> list[str]:
    """What does not fit, in words, beside master and look-up key."""
    return [against for agrees, against in _witnesses if not agrees()]


def require_own_keys() -> None:
    """Before anything is found or written by the keys; raises ForeignKeys. Asked once in each process and province:
    the row of the check, and what each witness looks at (a query for each QR key, the end of the roots file)."""
    if (here := _keys_here()) in _fitting:
        return
    if fits() is False:
        raise ForeignKeys
    _fitting.add(here)


def _keys_here() -> tuple[object, ...]:
    return (
        province_here(),
        settings.MASHANG_KEY_SERVICE,
        settings.MASHANG_MASTER_KEY,
        tuple(settings.MASHANG_MASTER_RETIRED_KEYS),
        settings.MASHANG_LOOKUP_KEY,
        tuple(settings.MASHANG_QR_KEYS.items()),
        settings.MASHANG_TRAIL_KEY,
        settings.MASHANG_TRAIL_RETIRED_PUBLIC_KEYS,
    )


def fits() -> bool | None:
    """Whether the keys are those with which this database began; None while it does not say."""
    check = laid_check()
    if check is None:
        return None
    return opens_check(check) and not witnesses_against()


def laid_check() -> KeyCheck | None:
    return KeyCheck.objects.select_related("data_key").order_by("created_at").first()


def opens_check(check: KeyCheck) -> bool:
    """Whether master and look-up key are those by which it was laid."""
    return opens(check.data_key) and compare_digest(check.lookup, _lookup_mark())


def lay_check() -> KeyCheck:
    """The row that says whose keys they are, by the keys at hand: the caller knows that they fit."""
    key = _fresh_data_key()
    key.save(force_insert=True)
    return KeyCheck.objects.create(data_key=key, lookup=_lookup_mark())


def opens(data_key: DataKey) -> bool:
    try:
        unwrapped(data_key)
    except Unreadable:
        return False
    return True


def _lookup_mark() -> str:
    return mac("key check", b"lookup").hex()


# Ciphers ------------------------------------------------------------------------------


def seal(key: bytes, plain: bytes, associated: bytes, algorithm: str) -> bytes:
    """nonce (12) ‖ ciphertext ‖ tag (16)."""
    cipher, _ = CIPHERS[algorithm]
    nonce = os.urandom(NONCE_BYTES)
    encryptor = Cipher(cipher(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated)
    return nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag


def open_sealed(key: bytes, sealed: bytes, associated: bytes, algorithm: str) -> bytes:
    """The plain bytes, or Unreadable: wrong key, place, length and a flipped bit look alike."""
    cipher, _ = CIPHERS[algorithm]
    nonce, body, tag = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:-TAG_BYTES], sealed[-TAG_BYTES:]
    try:
        decryptor = Cipher(cipher(key), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated)
        return decryptor.update(body) + decryptor.finalize()
    except (InvalidTag, ValueError):
        raise Unreadable from None


# Keyed hashes -------------------------------------------------------------------------


def mac(purpose: str, message: bytes) -> bytes:
    """HMAC-SM3 (32 bytes) under a key that serves this purpose only."""
    key = derive(settings.MASHANG_LOOKUP_KEY, f"mac {purpose}", 32)
    tool = hmac.HMAC(key, hashes.SM3())
    tool.update(message)
    return tool.finalize()


def blind_index(purpose: str, value: str) -> str:
    """盲索引: 64 hex characters by which equal values are found without being stored.

    Give it a value in its one spelling (`normalise_id`, `normalise_phone`).
    """
    require_own_keys()  # by another key nobody is found, and would be entered a second time
    return index_by_these_keys(purpose, value)


def index_by_these_keys(purpose: str, value: str) -> str:
    """The blind index before anybody knows whose keys these are: for comparing, never for finding."""
    return mac(f"blind index {purpose}", value.encode()).hex()


@lru_cache(maxsize=64)
def derive(root: bytes, purpose: str, size: int) -> bytes:
    """HKDF-SM3: one root, a key for each purpose."""
    info = f"mashang|{purpose}".encode()
    return HKDF(algorithm=hashes.SM3(), length=size, salt=None, info=info).derive(root)
