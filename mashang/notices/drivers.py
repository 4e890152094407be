"""短信通道: how a text message leaves the house. The settings name the driver.

The HTTP driver speaks one small protocol (docs/sms.md), so that a union's gateway needs a few
lines in front of it and the house needs none for each vendor.
"""

import sys
from typing import Protocol

import httpx
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

TIMEOUT_SECONDS = 3.0


class Rejected(Exception):
    """The gateway will never take this message."""


class Unreachable(Exception):
    """The gateway did not answer, or asks for patience: try again later."""


class SmsDriver(Protocol):
    def send(self, *, id: str, phone: str, text: str) -> None:
        """Hand the message over. The same `id` may come again: it must be delivered once."""


class ConsoleDriver:
    """演示: writes the message on the console and to a file that the demo page shows."""

    def send(self, *, id: str, phone: str, text: str) -> None:
        line = f"{timezone.localtime():%H:%M:%S}\t{phone}\t{text}\n"
        sys.stderr.write(f"短信 SMS {line}")
        path = settings.MASHANG_SMS_FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(line)


class SilentDriver:
    """不发送: for the demo's past, which is read in the inbox; nobody waits for its messages."""

    def send(self, *, id: str, phone: str, text: str) -> None:
        pass


class HttpDriver:
    """短信网关: one POST of JSON per message."""

    def send(self, *, id: str, phone: str, text: str) -> None:
        try:
            answer = httpx.post(
                settings.MASHANG_SMS_URL,
                json={"id": id, "phone": phone, "text": text},
                headers={"Authorization": f"Bearer {settings.MASHANG_SMS_TOKEN}"},
                timeout=TIMEOUT_SECONDS,
            )
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from None  # its text may quote the address
        _check(answer)


def _check(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    if answer.status_code in (408, 429) or answer.is_server_error:
        raise Unreachable(f"HTTP {answer.status_code}")
    raise Rejected(f"HTTP {answer.status_code}")


def driver() -> SmsDriver:
    """The driver that the settings name. Looked up each time, so that tests may change it."""
    made: SmsDriver = import_string(settings.MASHANG_SMS_DRIVER)()
    return made
