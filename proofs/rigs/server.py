"""A granian server that can be killed like a machine without power, and started again."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench.server import HOUSE, STARTS_WITHIN, free_port
from mashang.core.heavy.lane import THREADS


class Server:
    """Serves the house on loopback with two workers, behind a proxy that says who asks."""

    def __init__(self, application: str = HOUSE, **environment: str) -> None:
        self.port = free_port()
        self.environment = (
            os.environ | {"MASHANG_LOG_LEVEL": "CRITICAL", "MASHANG_PROXIES": "1"} | environment
        )
        self.command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(self.port), "--workers", "2", "--blocking-threads", str(THREADS)),
            *("--no-ws", "--no-access-log", "--log-level", "critical", application),
        ]

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (our own server)
            self.command, env=self.environment, stderr=subprocess.DEVNULL
        )
        self._wait_for_an_answer()

    def kill_a_worker(self) -> None:
        """One worker dies; the server, which will not go on without it, is started again."""
        os.kill(self._workers()[0], signal.SIGKILL)
        try:
            self.process.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self.kill()
        self.start()

    def kill_all(self) -> None:
        self.kill()
        self.start()

    def kill(self) -> None:
        """Everything at once, with no last word."""
        for number in (*self._workers(), self.process.pid):
            _kill(number)
        self.process.wait()

    def _wait_for_an_answer(self) -> None:
        give_up = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < give_up:
            with suppress(OSError, HTTPException):
                http = HTTPConnection("127.0.0.1", self.port, timeout=STARTS_WITHIN)
                http.request("HEAD", "/api/v1/openapi.json")
                http.getresponse().read()
                return
            time.sleep(0.05)
        raise TimeoutError(f"no answer on port {self.port}")

    def _workers(self) -> list[int]:
        pid = self.process.pid
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
        return [int(number) for number in listed.split()]


def _kill(number: int) -> None:
    with suppress(ProcessLookupError):  # it went with the others
        os.kill(number, signal.SIGKILL)
