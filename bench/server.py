"""A granian server on loopback for the time of one measurement."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mashang.core.heavy.lane import THREADS

HOUSE = "mashang.config.wsgi:application"
STARTS_WITHIN = 30.0
LISTEN = "0A"  # a socket's state in /proc/net/tcp


@contextmanager
def serving(
    application: str = HOUSE, *, workers: int = 1, threads: int = THREADS, **environment: str
) -> Iterator[int]:
    """Serves as `mashang serve` does and gives the port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads)),
        *("--no-ws", "--no-access-log", "--log-level", "error", application),
    ]
    settings = {"MASHANG_LOG_LEVEL": "ERROR", "MASHANG_PROXIES": "1"} | environment
    with subprocess.Popen(command, env=os.environ | settings) as server:  # noqa: S603 (our own server)
        try:
            _wait_for(port, workers)
            yield port
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, workers: int) -> None:
    """Until every worker listens: the first one would otherwise get all connections."""
    give_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up:
        if _listening(port) >= workers:
            return
        time.sleep(0.05)
    raise TimeoutError(f"No server on port {port} within {STARTS_WITHIN:.0f} seconds.")


def _listening(port: int) -> int:
    """How many sockets of this machine listen on the port; each worker has its own."""
    sockets = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines())
    return sum(
        address.endswith(f":{port:04X}") and state == LISTEN for _, address, _, state, *_ in sockets
    )
