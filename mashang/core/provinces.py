"""省: which province's tables a piece of work touches, where one installation keeps several.

Most installations keep one and never notice this file. Where several are configured, each
lies in a schema of its own on PostgreSQL, and no statement runs before its province is known:
from ``use_province``, or from MASHANG_PROVINCE for a process that serves only one.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

CODE = re.compile(r"[a-z]{2,8}")
_current: ContextVar[str | None] = ContextVar("province", default=None)


class ProvinceUnknown(RuntimeError):
    """A query was about to run without saying whose tables it means."""


@contextmanager
def use_province(code: str) -> Iterator[None]:
    """Everything inside works on this province's tables."""
    if code not in settings.MASHANG_PROVINCES:
        raise ProvinceUnknown(f"没有配置省份 {code}，已配置：{settings.MASHANG_PROVINCES}")
    token = _current.set(code)
    try:
        yield
    finally:
        _current.reset(token)


def current_province() -> str:
    code = _current.get() or settings.MASHANG_PROVINCE
    if not code:
        raise ProvinceUnknown("这一步没有说明在哪个省办理 (use_province or MASHANG_PROVINCE)")
    return code


def province_here() -> str:
    """The province's code where several are kept; nothing where there is only one."""
    return current_province() if settings.MASHANG_PROVINCES else ""


def schema_of(code: str) -> str:
    return f"province_{code}"
