"""本套系统: what a database remembers of the house that it belongs to, and what a process says of itself.

Mode, public address and province are written at the first `mashang provision`. Whoever starts with others is
refused in words: a demo on the data of real families, an address that is not the printed one. What was meant is
said by `mashang installation change`, with a reason (`config.actions`).
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Model

from mashang.accounts.models import User
from mashang.core.commandline import EXIT_NOT_SET_UP
from mashang.core.models import Installation
from mashang.core.provinces import province_here, use_province
from mashang.demo.personas import STAFF

MODES = {"demo": "演示环境", "production": "正式环境"}
NAMES = {"mode": "运行方式", "public-url": "公开网址", "province": "省份"}
SETTINGS = {
    "mode": "MASHANG_ENV",
    "public-url": "MASHANG_PUBLIC_URL",
    "province": "MASHANG_PROVINCE",
}


def first_line() -> str:
    """What every command that touches data says before anything else."""
    provinces = "、".join(settings.MASHANG_PROVINCES) or "一个"
    mine = f"，本进程 {settings.MASHANG_PROVINCE}" if settings.MASHANG_PROVINCE else ""
    return f"码上 · {MODES[settings.MASHANG_ENV]} · {_database()} · 省份：{provinces}{mine}"


def _database() -> str:
    """Where the rows lie, without a password."""
    given = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        return f"SQLite {given['NAME']}"
    where = given.get("HOST") or given.get("OPTIONS", {}).get("host") or "本机"
    port = f":{given['PORT']}" if given.get("PORT") else ""
    user = given.get("USER") or given.get("OPTIONS", {}).get("user") or ""
    return f"PostgreSQL {user}@{where}{port}/{given['NAME']}"


def here() -> dict[str, str]:
    """What this process is, by its settings."""
    return {
        "mode": settings.MASHANG_ENV,
        "public-url": settings.MASHANG_PUBLIC_URL,
        "province": province_here(),
    }


def provinces_here() -> list[str]:
    """The one that this process serves, or all where none is named; one empty name where there is only one."""
    mine = [settings.MASHANG_PROVINCE] if settings.MASHANG_PROVINCE else settings.MASHANG_PROVINCES
    return list(mine) if settings.MASHANG_PROVINCES else [""]


def in_province(code: str) -> AbstractContextManager[None]:
    return use_province(code) if code else nullcontext()


def require_own_house() -> None:
    """Before a command touches anything; raises CommandError where the database is another house's."""
    for code in provinces_here():
        with in_province(code):
            if wrong := differences(remembered()):
                raise CommandError("；".join(wrong.values()), returncode=EXIT_NOT_SET_UP)


def remembered() -> dict[str, str] | None:
    """What the database was told; None before the first `mashang provision`, or where it has no such table yet.

    Raises DatabaseError where it cannot be read for any other reason: then nobody knows whose it is.
    """
    row = Installation.objects.first() if _has_table(Installation) else None
    if row is None:
        return None
    return {"mode": row.mode, "public-url": row.public_url, "province": row.province}


def _has_table(model: type[Model]) -> bool:
    with connection.cursor() as cursor:
        return model._meta.db_table in connection.introspection.table_names(cursor)


def not_yet_registered() -> list[str]:
    """What speaks against registering this database as ours, where it holds people and was never told: an earlier
    version did not ask, and what is registered now is registered for good."""
    if not _has_table(User) or not User.objects.exists():
        return []
    first = STAFF[0]
    if User.objects.filter(username=first.username, name=first.name).exists():
        return [_other_mode("demo", "production")] if settings.PRODUCTION else []
    if settings.PRODUCTION or "MASHANG_ENV" in os.environ:
        return []
    return [
        "这个数据库里已有人员，不是演示数据，却没有写 MASHANG_ENV；没有改动任何资料。"
        "正式使用请设 MASHANG_ENV=production；确实是演示，请写明 MASHANG_ENV=demo。登记以后不能更改"
    ]


def is_served_here() -> bool:
    """Whether this process serves the province at hand: only then its address is the one of the settings."""
    return not settings.MASHANG_PROVINCES or province_here() == settings.MASHANG_PROVINCE


def differences(known: dict[str, str] | None) -> dict[str, str]:
    """Name of each that differs, with the sentence that says what to do."""
    if known is None:
        return {}
    return dict(_differences(known, here()))


def _differences(known: dict[str, str], mine: dict[str, str]) -> Iterator[tuple[str, str]]:
    if known["mode"] != mine["mode"]:
        yield "mode", _other_mode(known["mode"], mine["mode"])
    if known["public-url"] != mine["public-url"] and _has_its_address():
        yield (
            "public-url",
            f"这个数据库登记的公开网址是 {known['public-url']}，印在发出去的服务卡上；现在设置的是 {mine['public-url']}。"
            "设错的，改 MASHANG_PUBLIC_URL；确实要换的，运行 mashang installation change public-url --reason 原因",
        )
    if known["province"] != mine["province"]:
        yield (
            "province",
            f"这个数据库登记的省份是“{known['province'] or '只有一个省'}”，现在设置的是“{mine['province'] or '只有一个省'}”。"
            "请核对 MASHANG_PROVINCES、MASHANG_PROVINCE 和 DATABASE_URL",
        )


def _has_its_address() -> bool:
    """A demo's cards are nobody's; another province's address is its own process's matter."""
    return settings.PRODUCTION and is_served_here()


def _other_mode(known: str, mine: str) -> str:
    if known == "production":
        return (
            "这是正式环境的数据库，现在却按演示环境启动：谁都进得了演示入口。"
            "多半是没有读到设置文件，或 MASHANG_ENV 写错了名字；没有改动任何资料。请设置 MASHANG_ENV=production"
        )
    return f"这是{MODES.get(known, known)}的数据库，里面的人是虚构的，现在却按{MODES[mine]}启动。正式使用请换一个空的数据库"
