"""The process that does due work beside the pages; started again when it ends, stopped with its server."""

import os
import subprocess
import sys
import threading
from types import TracebackType
from typing import Self

import structlog

log = structlog.get_logger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 1, 60  # seconds before it is started again
LONG_ENOUGH = 60  # seconds; whoever ran so long may come again at once
PATIENCE = 10


class Ticking:
    """``with Ticking(30):`` — every 30 seconds; 0: something else does it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._over = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep_going, name="ticking", daemon=True)

    def __enter__(self) -> Self:
        if self.seconds:
            self._start()
            self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._child is None:
            return
        self._watch.join(PATIENCE)
        self._child.terminate()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._child.kill()

    def _start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "mashang",
            "tick",
            "--every",
            str(self.seconds),
            "--beside",
            str(os.getpid()),
        ]
        self._child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own command)

    def _keep_going(self) -> None:
        pause, ran = FIRST_PAUSE, 0
        while not self._over.wait(1):
            ran += 1
            if self._child is None or (code := self._child.poll()) is None:
                continue
            log.error("the tick ended and is started again", code=code, after_seconds=pause)
            if self._over.wait(pause):
                return
            pause = FIRST_PAUSE if ran > LONG_ENOUGH else min(LONGEST_PAUSE, pause * 2)
            ran = 0
            self._start()
