"""Whether each database can be trusted with what people tell: mode, structure, rules, keys, and whose it is."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from mashang.config import clock, installation, own_keys, server_log
from mashang.config.databases import wal_is_safe
from mashang.config.routers import HUB
from mashang.config.schema_update import pending
from mashang.config.self_test.result import Result
from mashang.core.db import triggers
from mashang.core.models import Tick

OLDEST_POSTGRESQL = 150_000
SQLITE_FULL = 2
FEW = 3
LATE = timedelta(days=1)  # a house that was closed for the night has not ticked


def results(place: str, connection: BaseDatabaseWrapper) -> list[Result]:
    """Of a structure that is not this program's nothing else is asked."""
    try:
        structure = Result(f"{place}：结构", *_migrations(connection))
        if not structure.passed:
            return [structure]
        mode = _sqlite_mode if connection.vendor == "sqlite" else _postgresql_mode
        return [
            Result(f"{place}：模式", *mode(connection)),
            structure,
            Result(f"{place}：约束", *_constraints(connection)),
            Result(f"{place}：只增不改的表", *_triggers(connection)),
            *_keys_of(place, connection),
            Result(f"{place}：数据库日志", *server_log.kept_out(connection), stops=False),
        ]
    except DatabaseError as error:
        return [
            Result(
                place, False, f"无法使用：{error}。请检查 DATABASE_URL，或运行 mashang provision"
            )
        ]


def _keys_of(place: str, connection: BaseDatabaseWrapper) -> list[Result]:
    """The hub's dictionaries hold nothing sealed."""
    if connection.alias == HUB:
        return []
    return [
        *_of_this_house(place),
        Result(f"{place}：密钥", *own_keys.check()),
        Result(f"{place}：留痕签名", *own_keys.trail(), stops=False),
        Result(f"{place}：服务卡的密钥", *own_keys.cards(), stops=False),
    ]


def _of_this_house(place: str) -> list[Result]:
    """Of another province its own process asks for the clock and for due work."""
    registered = Result(f"{place}：登记", *_registered())
    if not installation.is_served_here():
        return [registered]
    return [
        registered,
        Result(f"{place}：时钟", *_clock(), stops=settings.PRODUCTION),
        Result(f"{place}：定时办理", *_ticked(), stops=False),
    ]


def _ticked() -> tuple[bool, str]:
    """When due work was done last, and what failed then."""
    last = Tick.objects.first()
    if last is None:
        return True, "还没有办理过"
    age = timezone.now() - last.began_at
    told = f"上一次 {timezone.localtime(last.began_at):%Y-%m-%d %H:%M}"
    if last.failed:
        return False, f"{told}，没有办成：{'、'.join(last.failed.splitlines())}，详见日志"
    if last.doubted_at:
        return False, f"{told}，之后时钟存疑，没有再办理"
    return age < LATE, told if age < LATE else f"{told}，停了，请看 mashang tick 的日志"


def _registered() -> tuple[bool, str]:
    known = installation.remembered()
    if known is None:
        return True, "还没有登记，下次运行 mashang provision 时登记"
    wrong = installation.differences(known)
    return not wrong, "；".join(wrong.values()) or "运行方式、公开网址、省份与登记的相符"


def _clock() -> tuple[bool, str]:
    doubt = clock.doubt(clock.read())
    return doubt is None, str(doubt or "与留痕和上一次定时办理相符")


def _sqlite_mode(connection: BaseDatabaseWrapper) -> tuple[bool, str]:
    version = connection.Database.sqlite_version_info  # type: ignore[attr-defined]
    journal, synchronous, foreign_keys = (
        _one(connection, f"PRAGMA {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys")
    )
    detail = f"SQLite {'.'.join(map(str, version))}，{journal}，synchronous={synchronous}"
    safe = (
        synchronous == SQLITE_FULL
        and foreign_keys == 1
        and (journal == "delete" or (journal == "wal" and wal_is_safe(version)))
    )
    return safe, detail


def _postgresql_mode(connection: BaseDatabaseWrapper) -> tuple[bool, str]:
    version = int(_one(connection, "SHOW server_version_num"))
    commit, fsync = (_one(connection, f"SHOW {name}") for name in ("synchronous_commit", "fsync"))
    detail = f"PostgreSQL {version // 10_000}，synchronous_commit={commit}，fsync={fsync}"
    durable = commit != "off" and (fsync == "on" or settings.MASHANG_DEMO)
    return version >= OLDEST_POSTGRESQL and durable, detail


def _migrations(connection: BaseDatabaseWrapper) -> tuple[bool, str]:
    is_newer, words = newer(connection)
    if is_newer:
        return False, words
    if steps := pending(connection):
        return False, f"{len(steps)} 项迁移未执行，请运行 mashang provision"
    return True, "已是最新"


def newer(connection: BaseDatabaseWrapper) -> tuple[bool, str]:
    """Whether the database has gone through migrations of ours that this program does not know; in words."""
    unknown = _unknown_migrations(connection)
    few = "、".join(unknown[:FEW])
    return bool(unknown), (
        f"数据库比程序新（{few} 等 {len(unknown)} 项迁移这个程序不认识），可能装回了旧版本。"
        "请装上新版本，或恢复升级前的备份；没有改动任何资料"
    )


def _unknown_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("mashang.")}
    unknown = set(loader.applied_migrations or ()) - set(loader.disk_migrations or ())
    return sorted(f"{app}.{name}" for app, name in unknown if app in ours)


def _constraints(connection: BaseDatabaseWrapper) -> tuple[bool, str]:
    """Every constraint that a model declares stands in the database under its name."""
    missing, count = [], 0
    with connection.cursor() as cursor:
        for table, declared in _declared_constraints(connection.alias).items():
            present = connection.introspection.get_constraints(cursor, table)
            missing += [f"{table}.{name}" for name in declared - set(present)]
            count += len(declared)
    return not missing, f"缺少 {'、'.join(missing)}" if missing else f"{count} 条全部在库"


def _triggers(connection: BaseDatabaseWrapper) -> tuple[bool, str]:
    bare = [model._meta.db_table for model in triggers.unguarded(connection)]
    return not bare, f"缺少触发器：{'、'.join(bare)}" if bare else "触发器全部在库"


def _declared_constraints(alias: str) -> dict[str, set[str]]:
    return {
        model._meta.db_table: {constraint.name for constraint in model._meta.constraints}
        for model in apps.get_models()
        if model._meta.managed and router.allow_migrate_model(alias, model)
    }


def _one(connection: BaseDatabaseWrapper, sql: str) -> str | int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        value: str | int = cursor.fetchone()[0]
    return value
