"""Logs that carry identifiers, never names or numbers of people.

Every record, ours or a library's, passes one processor that masks what looks like
a resident ID number, a mobile phone or a bank card, wherever it stands in the text, what
secret addresses carry, and the rows that PostgreSQL quotes in its errors.
"""

import logging.config
import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from mashang.core.requests.secret_addresses import HIDDEN, hide_secrets

# 15 or 18 digits of an ID (the last may be X), 11 of a phone, 16 to 19 of a card. Neighbours
# that are Latin letters, digits or dashes are left alone: a UUID is no person.
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_-])(?:\+?86)?(1\d{10}|\d{17}[\dXx]|\d{15,19})(?![A-Za-z0-9_-])"
)

# What a card carries (codes.token), wherever it stands: whoever reads it may scan it.
_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Pa-p][A-Za-z2-7]{31}(?![A-Za-z0-9])")

# What PostgreSQL adds to the sentence of an error: rows and statements with the values in them.
_ROWS = re.compile(
    r"^(DETAIL|CONTEXT|QUERY|LINE \d+):.*?(?=^(?:The above|During handling|Traceback)|\Z)",
    re.MULTILINE | re.DOTALL,
)


def mask_numbers(text: str) -> str:
    text = _ROWS.sub(lambda match: f"{match[1]}: {HIDDEN}\n", text)
    text = _CODE.sub(HIDDEN, hide_secrets(text))
    return _NUMBER.sub(lambda match: f"{match[0][:3]}***{match[0][-2:]}", text)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_numbers(value)
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    return value


def mask_people(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A structlog processor: masks every text in the event, nested ones too."""
    return {key: _masked(value) for key, value in event.items()}


def _chain(*, as_json: bool) -> list[Processor]:
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        mask_people,
        render,
    ]


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(*, level: str, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: one handler on standard error, one formatter, one level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "house": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": _chain(as_json=as_json),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "house"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level},  # it brings a level of its own
            "fontTools": {"level": "WARNING"},  # tells forty lines of every printed font
            "httpx": {"level": "WARNING"},  # tells each address that it asks
        },
    }


def configure(settings: dict[str, Any]) -> None:
    """Django's LOGGING_CONFIG: the standard library and structlog, with one voice."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
