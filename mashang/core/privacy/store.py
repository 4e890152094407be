"""材料库: sealed bytes under random names in the private folder. The database knows which is whose."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Missing
from mashang.core.models import DataKey
from mashang.core.privacy.keys import open_sealed, seal, unwrapped


def put(data: bytes, key: DataKey) -> str:
    """Seal and keep; on the disk for good when this returns. Gives the random name."""
    name = secrets.token_hex(32)
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sealed = seal(unwrapped(key), data, _place(name, key), key.algorithm)
    _write_through(path, sealed)
    return name


def read(name: str, key: DataKey) -> bytes:
    """The plain bytes. Raises Missing if the file is gone, Gone if its key was destroyed."""
    try:
        sealed = _path(name).read_bytes()
    except FileNotFoundError:
        raise Missing(message=N_("这张照片的文件找不到了，请联系工会补拍")) from None
    return open_sealed(unwrapped(key), sealed, _place(name, key), key.algorithm)


def remove(name: str) -> None:
    _path(name).unlink(missing_ok=True)


def _path(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def _place(name: str, key: DataKey) -> bytes:
    return f"blob|{name}|{key.pk}|{key.version}".encode()


def _write_through(path: Path, data: bytes) -> None:
    """Whole or not at all: written beside, flushed to the disk, then given its name."""
    beside = path.with_suffix(".part")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
