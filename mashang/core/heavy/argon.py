"""The helper's side of the lane for passwords."""

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

HASHER = Argon2PasswordHasher()


def _encode(facts: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    return {"answer": HASHER.encode(facts["password"], facts["salt"])}, b""


def _verify(facts: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    return {"answer": HASHER.verify(facts["password"], facts["encoded"])}, b""


JOBS = {"encode": _encode, "verify": _verify}
