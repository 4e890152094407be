"""The process that does a lane's work, and the few bytes that pass between it and the house.

It is a fresh interpreter without settings, keys or database, and its environment is empty: whatever a
hostile picture might do to a decoder, there is nothing in its own memory to find (it is
the same user of the machine, though). What it answers is read as JSON and
bytes, never unpickled. It ends by itself when the house closes its side.
"""

import contextlib
import json
import os
import resource
import socket
import struct
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]
GIVES_WAY = 10  # nice: a page beside it gets nine tenths of a core that both want
DIES_FIRST = "500"  # oom_score_adj: before any process that answers pages or keeps data
MOST_ANSWER = 64 * 1024 * 1024
_SIZES = struct.Struct("!II")  # of the JSON, of the bytes behind it


class HelperLost(Exception):
    """It ended, took too long, or said what nobody can read."""


class Helper:
    """The house's side. One caller at a time. Raises OSError if no process can be started."""

    def __init__(self, work: str, *, memory: int = 0) -> None:
        self.owner = os.getpid()
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                [sys.executable, "-B", "-P", "-m", "mashang.core.heavy", work, str(memory)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env={"PYTHONPATH": str(PACKAGE.parent), "LANG": "C.UTF-8"},
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_ours(self) -> bool:
        """False in a copy of the process that started it."""
        return self.owner == os.getpid()

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(
        self, job: str, facts: dict[str, Any], data: bytes, *, at_most: float
    ) -> tuple[dict[str, Any], bytes]:
        """Raises HelperLost; after that it must be ended."""
        until = time.monotonic() + at_most
        try:
            send(self._socket, {"job": job, **facts}, data, until)
            answer, brought = receive(self._socket, until)
        except (OSError, EOFError, ValueError) as trouble:
            raise HelperLost(type(trouble).__name__) from None
        if "failed" in answer:
            raise HelperLost(str(answer["failed"]))
        return answer, brought

    def end(self) -> None:
        self._socket.close()
        self._process.kill()
        self._process.wait()


# What passes between them ----------------------------------------------------------------


def send(to: socket.socket, facts: dict[str, Any], data: bytes, until: float | None = None) -> None:
    said = json.dumps(facts).encode()
    for piece in (_SIZES.pack(len(said), len(data)) + said, data):
        if piece:  # whoever has read all of a short answer may be gone before an empty piece
            to.settimeout(_left(until))
            to.sendall(piece)


def receive(from_: socket.socket, until: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Raises EOFError, TimeoutError, and ValueError for what is no answer."""
    said, data = _SIZES.unpack(_exactly(from_, _SIZES.size, until))
    if said + data > MOST_ANSWER:
        raise ValueError("more than any answer")
    facts = json.loads(_exactly(from_, said, until))
    if not isinstance(facts, dict):
        raise ValueError("no answer")
    return facts, _exactly(from_, data, until)


def _exactly(from_: socket.socket, size: int, until: float | None) -> bytes:
    got = bytearray()
    while len(got) < size:
        from_.settimeout(_left(until))
        piece = from_.recv(min(size - len(got), 1 << 20))
        if not piece:
            raise EOFError
        got += piece
    return bytes(got)


def _left(until: float | None) -> float | None:
    return None if until is None else max(0.001, until - time.monotonic())


# The helper's side -------------------------------------------------------------------------


def serve(work: str, memory: int) -> None:
    """Does what it is asked, one after the other, until the house closes its side."""
    _be_modest(memory)
    jobs = import_module(work).JOBS
    with socket.socket(fileno=os.dup(0)) as house:
        while True:
            try:
                facts, data = receive(house)
            except EOFError:
                return
            try:
                answer, brought = jobs[facts.pop("job")](facts, data)
            except Exception as trouble:
                answer, brought = {"failed": type(trouble).__name__}, b""
            send(house, answer, brought)


def _be_modest(memory: int) -> None:
    os.nice(GIVES_WAY)
    with contextlib.suppress(OSError):  # not where /proc is closed
        Path("/proc/self/oom_score_adj").write_text(DIES_FIRST, "ascii")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
