"""外部文字检查：对着本机的一个小服务走一遍真的 HTTP."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from mashang.wishes import text_check
from mashang.wishes.text_check import Advice, Opinion

SILENT = Opinion(Advice.SILENT)


class SmallService(BaseHTTPRequestHandler):
    status: ClassVar[int] = 200
    answer: ClassVar[bytes] = b"{}"
    seen: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append({"auth": self.headers["Authorization"], **body})
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings) -> Iterator[type[SmallService]]:
    server = HTTPServer(("127.0.0.1", 0), SmallService)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.MASHANG_TEXT_CHECK_DRIVER = "mashang.wishes.text_check.HttpCheck"
    settings.MASHANG_TEXT_CHECK_URL = f"http://127.0.0.1:{server.server_port}/check"
    settings.MASHANG_TEXT_CHECK_TOKEN = "secret"
    SmallService.seen, SmallService.status = [], 200
    yield SmallService
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("advice", ["pass", "review", "risky"])
def test_the_service_is_told_the_text_and_nothing_else(service, advice):
    service.answer = json.dumps({"advice": advice, "why": "广告"}).encode()

    assert text_check.opinion("想要一个书包") == Opinion(Advice(advice), "广告")
    assert service.seen == [{"auth": "Bearer secret", "text": "想要一个书包"}]


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (503, b'{"advice": "pass"}'),
        (401, b'{"advice": "pass"}'),
        (200, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b'{"advice": "perhaps"}'),
    ],
)
def test_a_service_that_makes_no_sense_holds_up_no_wish(service, status, answer):
    service.status, service.answer = status, answer

    assert text_check.opinion("想要一个书包") == SILENT


def test_a_service_that_is_down_holds_up_no_wish(service, settings):
    settings.MASHANG_TEXT_CHECK_URL = "http://127.0.0.1:9/check"

    assert text_check.opinion("想要一个书包") == SILENT


def test_without_a_service_nothing_leaves_the_house(settings, monkeypatch):
    monkeypatch.setattr(text_check.httpx, "post", lambda *args, **kwargs: pytest.fail("asked"))

    assert text_check.opinion("想要一个书包") == SILENT


def test_a_long_text_is_cut_and_so_is_a_long_reason(service):
    service.answer = json.dumps({"advice": "risky", "why": "长" * 900}).encode()

    said = text_check.opinion("想" * 9_000)

    assert len(said.why) == 100
    assert len(service.seen[0]["text"]) == text_check.MOST_CHARACTERS
