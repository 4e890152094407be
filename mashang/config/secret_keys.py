"""Keys that must never be guessed: from the environment, or made once for a demo.

A production start without a key stops with a sentence that says what to set. A
demo makes its own keys on its first start and keeps them beside its database,
readable by its owner only, so that its codes and sealed fields outlive a restart.
"""

import base64
import binascii
import fcntl
import json
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from mashang.config.environment import ASKED
from mashang.core.audit.verifier import Ends, keys_and_ends

KEY_BYTES = 32
HOW_TO_MAKE_ONE = 'python3 -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())"'


class SecretKeys:
    """Looks a key up by its environment name; makes and keeps it where allowed."""

    def __init__(self, *, production: bool, keep_in: Path) -> None:
        self.production = production
        self.keep_in = keep_in

    def text(self, name: str) -> str:
        """The key as text, as Django's SECRET_KEY wants it."""
        ASKED.add(name)
        if value := os.environ.get(name, ""):
            return value
        if self.production:
            raise ImproperlyConfigured(missing_sentence([name]))
        return self._kept(name)

    def key(self, name: str) -> bytes:
        """The key as 32 bytes, from its base64 text."""
        return decode_key(name, self.text(name))

    def ring(self, name: str, current: int, retired: dict[str, str]) -> dict[int, bytes]:
        """The key and those that it replaced, by number (0 to 15)."""
        numbers = [current, *map(int, retired)]
        if len(set(numbers)) < len(numbers) or not all(0 <= number < 16 for number in numbers):
            raise ImproperlyConfigured(
                f"密钥 {name} 及其旧密钥的编号应各不相同，且在 0 到 15 之间，现在是 {numbers}。"
                f" (The numbers of {name} and its retired keys must differ and lie in 0..15.)"
            )
        ring = {int(number): decode_key(name, text) for number, text in retired.items()}
        return ring | {current: self.key(name)}

    def _kept(self, name: str) -> str:
        """Several processes may start at once: one makes the key, the others read it."""
        self.keep_in.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.keep_in, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            keys: dict[str, str] = json.loads(file.read() or "{}")
            if name not in keys:
                keys[name] = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
                file.seek(0)
                json.dump(keys, file, indent=1)
        return keys[name]


def missing_sentence(names: list[str]) -> str:
    listing = "、".join(names)
    return (
        f"生产环境缺少设置：{listing}。请在环境变量中设置；"
        f"密钥可用此命令生成，每个各用一个：{HOW_TO_MAKE_ONE}"
        f" (Not set: {listing}; a production start needs them.)"
    )


def decode_key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            f"密钥 {name} 应为 32 字节的 base64 文本，可用此命令生成：{HOW_TO_MAKE_ONE}。"
            f" ({name} must be 32 bytes in base64.)"
        )
    return key


def decode_retired(name: str, texts: list[str]) -> tuple[tuple[bytes, ...], Ends]:
    """Public keys that were replaced, and the last roots that they signed."""
    try:
        return keys_and_ends(texts)
    except ValueError:  # binascii.Error is one
        raise ImproperlyConfigured(
            f"{name} 应为若干个公钥，用逗号隔开，每个照抄 mashang verify-trail 打印的“公钥:序号:摘要”或只写公钥。"
            f" ({name} must be KEY or KEY:NUMBER:DIGEST as verify-trail printed it, with commas between.)"
        ) from None
