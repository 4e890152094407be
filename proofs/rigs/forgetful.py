"""A file system that keeps what was not synced in memory only: to kill it is to cut the power.

    python -m proofs.rigs.forgetful FOLDER MOUNT

Files lie in FOLDER and are used through MOUNT. What is written there is seen by everybody at once, and
reaches FOLDER when the file is synced. Names (create, rename, remove) reach it at once: a power cut
that forgets those as well is not shown here.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from mfusepy import FUSE, FuseOSError, Operations

ATTRIBUTES = ("st_mode", "st_nlink", "st_uid", "st_gid", "st_size")


@dataclass
class File:
    """What everybody reads now, and the steps that the disk has not heard of."""

    content: bytearray
    unsynced: list[Callable[[int], object]] = field(default_factory=list)

    def write(self, data: bytes, offset: int) -> None:
        if len(self.content) < offset:
            self.content.extend(bytes(offset - len(self.content)))
        self.content[offset : offset + len(data)] = data
        self.unsynced.append(lambda to: os.pwrite(to, data, offset))

    def truncate(self, length: int) -> None:
        del self.content[length:]
        self.content.extend(bytes(length - len(self.content)))
        self.unsynced.append(lambda to: os.ftruncate(to, length))

    def sync(self, path: str) -> None:
        to = os.open(path, os.O_RDWR)
        for step in self.unsynced:
            step(to)
        os.fsync(to)
        os.close(to)
        self.unsynced.clear()


class Forgetful(Operations):
    use_ns = True

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: dict[str, File] = {}

    def _real(self, path: str) -> str:
        return self.folder + path

    def _file(self, path: str) -> File:
        if path not in self.files:
            with open(self._real(path), "rb") as real:
                self.files[path] = File(bytearray(real.read()))
        return self.files[path]

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        try:
            real = os.lstat(self._real(path))
        except OSError as error:
            raise FuseOSError(error.errno) from None
        told = {name: getattr(real, name) for name in ATTRIBUTES}
        if path in self.files:
            told["st_size"] = len(self.files[path].content)
        return told | {f"st_{what}time": real.st_mtime_ns for what in "amc"}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *os.listdir(self._real(path))]

    def create(self, path: str, mode: int, fi: object = None) -> int:
        os.close(os.open(self._real(path), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode))
        self.files[path] = File(bytearray())
        return 0

    def open(self, path: str, flags: int) -> int:
        self._file(path)
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._file(path).content[offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._file(path).write(data, offset)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        self._file(path).truncate(length)

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._file(path).sync(self._real(path))
        return 0

    def rename(self, old: str, new: str) -> None:
        os.rename(self._real(old), self._real(new))
        self.files[new] = self.files.pop(old, None) or self._file(new)

    def unlink(self, path: str) -> None:
        self.files.pop(path, None)
        os.unlink(self._real(path))

    def chmod(self, path: str, mode: int) -> int:
        os.chmod(self._real(path), mode)
        return 0

    def chown(self, path: str, uid: int, gid: int) -> int:
        os.chown(self._real(path), uid, gid)
        return 0


if __name__ == "__main__":
    FUSE(Forgetful(os.path.realpath(sys.argv[1])), sys.argv[2], foreground=True, nothreads=True)
