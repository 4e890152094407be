"""短信网关：对着本机的一个小服务走一遍真的 HTTP."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest

from mashang.notices.drivers import HttpDriver, Rejected, Unreachable


class SmallGateway(BaseHTTPRequestHandler):
    answer: ClassVar[int] = 202
    seen: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append({"auth": self.headers["Authorization"], **body})
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings) -> Iterator[type[SmallGateway]]:
    server = HTTPServer(("127.0.0.1", 0), SmallGateway)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.MASHANG_SMS_URL = f"http://127.0.0.1:{server.server_port}/sms"
    settings.MASHANG_SMS_TOKEN = "secret"
    SmallGateway.seen, SmallGateway.answer = [], 202
    yield SmallGateway
    server.shutdown()
    server.server_close()


def send() -> None:
    HttpDriver().send(id="0192", phone="12000000001", text="您好")


def test_one_post_of_json_per_message(gateway) -> None:
    send()

    expected = {"auth": "Bearer secret", "id": "0192", "phone": "12000000001", "text": "您好"}
    assert gateway.seen == [expected]


@pytest.mark.parametrize(
    ("status", "error"),
    [(503, Unreachable), (429, Unreachable), (408, Unreachable), (400, Rejected), (401, Rejected)],
)
def test_the_answer_says_whether_to_try_again(gateway, status, error) -> None:
    gateway.answer = status

    with pytest.raises(error, match=f"HTTP {status}"):
        send()


def test_no_answer_is_tried_again_and_its_error_names_no_address(settings) -> None:
    settings.MASHANG_SMS_URL, settings.MASHANG_SMS_TOKEN = "http://127.0.0.1:9/sms", "t"

    with pytest.raises(Unreachable) as trouble:
        send()
    assert str(trouble.value) == "ConnectError"
