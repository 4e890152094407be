"""One server at one address. granian shares a port with whoever asks for it, so two houses would answer by turns."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError

from mashang.core.commandline import EXIT_NOT_SET_UP


@contextmanager
def only_server(host: str, port: int) -> Iterator[None]:
    """Refused in words while anybody listens there; as long as this is open no second `serve` begins.

    Asked without SO_REUSEPORT, which also finds workers that a killed server left behind. A name in the kernel stands
    for the time until our own workers listen; it goes with the process, however that ends.
    """
    with socket.socket(socket.AF_UNIX) as ours:
        try:
            ours.bind(f"\0mashang-serve-{host}:{port}")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _refusal(host, port, "另一个 mashang serve") from None
        _require_free(host, port)
        yield


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # connections just closed are no server
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _refusal(host, port, "别的程序") from None
            raise CommandError(
                f"不能在 {host}:{port} 上监听：{error.strerror}。请换一个 --host 或 --port",
                returncode=EXIT_NOT_SET_UP,
            ) from None


def _refusal(host: str, port: int, who: str) -> CommandError:
    return CommandError(
        f"{host}:{port} 已被{who} 占用，服务没有启动。请先停掉它（ss -ltnp 'sport = :{port}' 看是谁），"
        "或用 --port 换一个端口",
        returncode=EXIT_NOT_SET_UP,
    )
