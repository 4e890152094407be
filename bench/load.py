"""A bounded HTTP load on a server of this machine, over connections that stay open."""

import hashlib
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import urlencode

from bench.harness import Timing

BOUNDARY = "---------------------------mashang"


@dataclass
class Answers:
    """What came back: how fast, with which status, and how many different bodies."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    digests: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def timing(self) -> Timing:
        return Timing.of(self.latencies)


class _Connection:
    """One open connection: it asks, waits for the whole answer, and asks again."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.asked_at = 0.0

    def close(self) -> None:
        self.socket.close()

    def ask(self, request: bytes) -> None:
        self.received = b""
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def whole_answer(self) -> bytes | None:
        """The answer once its last byte is here; None before that."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError("The server closed the connection.")
        self.received += piece
        return self.received if is_whole(self.received) else None


def is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    if not end:
        return False
    length = header(head, b"content-length")
    if length is not None:
        return len(body) >= int(length)
    if header(head, b"transfer-encoding") == b"chunked":
        return body.endswith(b"0\r\n\r\n")
    return status_of(answer) in (204, 304)


def header(head: bytes, name: bytes) -> bytes | None:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip().lower()
    return None


def status_of(answer: bytes) -> int:
    return int(answer[9:12])


def get(path: str, cookie: str = "", network: str = "") -> bytes:
    """`network`: from where it comes, as a proxy of the house would say."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if network:
        lines.append(f"X-Forwarded-For: {network}")
    return "\r\n".join([*lines, "", ""]).encode()


def post(path: str, fields: dict[str, str], cookie: str, network: str = "") -> bytes:
    """A form as a browser sends it."""
    body = urlencode(fields).encode()
    return _post(path, "application/x-www-form-urlencoded", body, cookie, network)


def post_file(path: str, fields: dict[str, str], name: str, data: bytes, cookie: str) -> bytes:
    """A form with one photo in it."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = "".join(parts).encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    return _post(path, f"multipart/form-data; boundary={BOUNDARY}", body, cookie, "")


def _post(path: str, kind: str, body: bytes, cookie: str, network: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Origin: http://127.0.0.1",
        "Accept: text/html",
        f"Cookie: {cookie}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
    ]
    if network:
        lines.append(f"X-Forwarded-For: {network}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def digest(answer: bytes, *, but: tuple[bytes, ...] = (b"date:",)) -> str:
    """Of status, headers and body, without the clock's one line (or other lines)."""
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(but)]
    return hashlib.sha256(b"\r\n".join([*lines, b"", body])).hexdigest()


def lasting(seconds: float, requests: Iterator[bytes]) -> Iterator[bytes]:
    """The requests, until this many seconds have passed since the first."""
    until = time.perf_counter() + seconds
    return takewhile(lambda _: time.perf_counter() < until, requests)


def load(
    port: int,
    requests: Iterator[bytes],
    *,
    connections: int = 16,
    summary: Callable[[bytes], str] | None = None,
    at_most: float = 120,
) -> Answers:
    """Sends the requests, each connection one at a time, and stops with the last of them.

    After `at_most` seconds it stops with TimeoutError.
    """
    answers, stop_at = Answers(), time.perf_counter() + at_most
    start = time.perf_counter()
    with selectors.DefaultSelector() as waiting, ExitStack() as opened:
        for _, request in zip(range(connections), requests, strict=False):
            connection = opened.enter_context(closing(_Connection(port)))
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(request)
        while waiting.get_map():
            if time.perf_counter() > stop_at:
                raise TimeoutError(f"The load did not end within {at_most:.0f} seconds.")
            for ready, _ in waiting.select(timeout=1):
                _read(ready.data, answers, summary, requests, waiting)
    answers.seconds = time.perf_counter() - start
    return answers


def _read(
    connection: _Connection,
    answers: Answers,
    summary: Callable[[bytes], str] | None,
    requests: Iterator[bytes],
    waiting: selectors.BaseSelector,
) -> None:
    answer = connection.whole_answer()
    if answer is None:
        return
    answers.latencies.append(time.perf_counter() - connection.asked_at)
    answers.statuses[status_of(answer)] += 1
    if summary:
        answers.digests[summary(answer)] += 1
    if (request := next(requests, None)) is not None:
        connection.ask(request)
    else:
        waiting.unregister(connection.socket)
