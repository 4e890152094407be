"""The program as an operator runs it: in a process of its own, with an environment of its own."""

import base64
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

KEY_NAMES = [f"MASHANG_{what}_KEY" for what in ("SECRET", "MASTER", "QR", "LOOKUP", "TRAIL")]
NEEDED = [*KEY_NAMES, "MASHANG_ALLOWED_HOSTS", "MASHANG_SMS_URL", "MASHANG_SMS_TOKEN"]
COMMAND = [sys.executable, "-m", "mashang"]
START_SECONDS = 60


def production_environment(folder: Path) -> dict[str, str]:
    """All that a production installation needs, on the embedded database."""
    keys = {
        name: base64.b64encode(hashlib.sha256(name.encode()).digest()).decode()
        for name in KEY_NAMES
    }
    return keys | {
        "MASHANG_ENV": "production",
        "MASHANG_VAR": str(folder),
        "MASHANG_ALLOWED_HOSTS": "bf.example.cn,127.0.0.1",
        "MASHANG_SMS_URL": "https://sms.example.cn/",
        "MASHANG_SMS_TOKEN": "token",
    }


def mashang(
    *arguments: str,
    program: Sequence[str] = COMMAND,
    folder: Path | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """One command, to its end; by another program and in another folder if they are given."""
    return subprocess.run(  # noqa: S603 (our own command)
        [*program, *arguments],
        cwd=folder,
        env=_inherited() | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def serving(
    *arguments: str,
    program: Sequence[str] = COMMAND,
    folder: Path | None = None,
    **environment: str,
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server that answers: (its address, its process). It is stopped as an operator stops it.

    What it says goes to ``serve.log`` in its MASHANG_VAR.
    """
    port = free_port()
    with (
        Path(environment["MASHANG_VAR"], "serve.log").open("w") as log,
        subprocess.Popen(  # noqa: S603 (our own command)
            [*program, "serve", "--port", str(port), "--workers", "1", *arguments],
            cwd=folder,
            env=_inherited() | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            _wait_for_an_answer(address := f"http://127.0.0.1:{port}")
            yield address, server
        finally:
            server.send_signal(signal.SIGTERM)


def children_of(process: subprocess.Popen[bytes]) -> list[int]:
    """Whichever of its threads started them."""
    listed = (
        path.read_text("ascii") for path in Path(f"/proc/{process.pid}/task").glob("*/children")
    )
    return [int(number) for numbers in listed for number in numbers.split()]


def _inherited() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MASHANG_", "DATABASE_URL"))
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for_an_answer(address: str) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at:
        try:
            httpx.get(address)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {address}")
