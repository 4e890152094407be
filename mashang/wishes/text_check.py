"""外部文字检查: what a service outside thinks of a text (abuse, fraud, politics: what our own check cannot know).

The settings name the driver; without a service nothing leaves the house. Only the text goes out, never
who wrote it. The service advises: when it is silent, the two people who moderate decide without it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import httpx
from django.conf import settings
from django.utils.module_loading import import_string

TIMEOUT_SECONDS = 2.0
MOST_CHARACTERS = 2_500


class Advice(StrEnum):
    FINE = "pass"
    REVIEW = "review"
    RISKY = "risky"
    SILENT = "silent"  # nobody was asked, or no answer came in time


@dataclass(frozen=True)
class Opinion:
    """`why` is the service's own word for it, to be shown to those who moderate."""

    advice: Advice
    why: str = ""


class TextCheck(Protocol):
    def opinion(self, text: str) -> Opinion:
        """Never raises; an outage is `SILENT`."""


class NobodyAsked:
    """没有外部服务."""

    def opinion(self, text: str) -> Opinion:
        return Opinion(Advice.SILENT)


class HttpCheck:
    """One POST of JSON (docs/text_check.md)."""

    def opinion(self, text: str) -> Opinion:
        try:
            answer = httpx.post(
                settings.MASHANG_TEXT_CHECK_URL,
                json={"text": text[:MOST_CHARACTERS]},
                headers={"Authorization": f"Bearer {settings.MASHANG_TEXT_CHECK_TOKEN}"},
                timeout=TIMEOUT_SECONDS,
            )
            return _understood(answer.raise_for_status().json())
        except (httpx.HTTPError, ValueError):
            return Opinion(Advice.SILENT)


def _understood(answer: object) -> Opinion:
    """Raises ValueError for an answer of another shape."""
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return Opinion(Advice(str(answer.get("advice"))), str(answer.get("why", ""))[:100])


def opinion(text: str) -> Opinion:
    """What the driver that the settings name says. Looked up each time, so that tests may change it."""
    driver: TextCheck = import_string(settings.MASHANG_TEXT_CHECK_DRIVER)()
    return driver.opinion(text)
