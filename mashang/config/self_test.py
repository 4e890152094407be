"""自检: what must hold before this installation may serve anyone.

Each check returns a Result with a sentence that says what was found, or what to do.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import DatabaseError, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from mashang.config import own_keys, server_log
from mashang.config.databases import wal_is_safe
from mashang.config.routers import HUB
from mashang.core.db import triggers
from mashang.core.provinces import use_province

OLDEST_POSTGRESQL = 150_000
SQLITE_FULL = 2


@dataclass(frozen=True)
class Result:
    """`stops`: with this one not passed nobody is served; else it is told, and the house opens."""

    name: str
    passed: bool
    detail: str
    stops: bool = True


def run() -> list[Result]:
    """Every check, the cheap ones first; a database that does not answer ends the list."""
    results = [keys(), policies()]
    for place, context, connection in databases():
        with context:
            results += _database(place, connection)
    return results


def databases() -> Iterator[tuple[str, AbstractContextManager[None], BaseDatabaseWrapper]]:
    """(name for people, context in which to look, connection)."""
    if not settings.MASHANG_PROVINCES:
        yield "数据库", nullcontext(), connections["default"]
        return
    yield "字典库", nullcontext(), connections["hub"]
    for code in settings.MASHANG_PROVINCES:
        yield f"数据库 {code}", use_province(code), connections["default"]


def keys() -> Result:
    """Each key has one purpose: a shared key would let one leak open the other's door."""
    secret_keys = [
        settings.MASHANG_MASTER_KEY,
        settings.MASHANG_LOOKUP_KEY,
        settings.MASHANG_TRAIL_KEY,
    ]
    secret_keys += settings.MASHANG_QR_KEYS.values()
    if len(set(secret_keys)) < len(secret_keys):
        return Result(
            "密钥", False, "主密钥、检索密钥、留痕签名密钥、二维码密钥必须各不相同，请重新生成"
        )
    return Result("密钥", True, f"{len(secret_keys)} 个密钥齐全且互不相同")


def policies() -> Result:
    """Django's system checks, ours among them: every view declares its policy."""
    errors = [str(message.msg) for message in run_checks() if message.level >= ERROR]
    return Result("访问规则与设置", not errors, "；".join(errors) or "全部声明")


def _database(place: str, connection: BaseDatabaseWrapper) -> list[Result]:
    try:
        mode = _sqlite_mode if connection.vendor == "sqlite" else _postgresql_mode
        return [
            Result(f"{place}：模式", *mode(connection)),
            Result(f"{place}：结构", *_migrations(connection)),
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
        Result(f"{place}：密钥", *own_keys.check()),
        Result(f"{place}：留痕签名", *own_keys.trail(), stops=False),
        Result(f"{place}：服务卡的密钥", *own_keys.cards(), stops=False),
    ]


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
    executor = MigrationExecutor(connection)
    pending = [
        f"{migration.app_label}.{migration.name}"
        for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]
    if pending:
        return False, f"{len(pending)} 项迁移未执行，请运行 mashang provision"
    return True, "已是最新"


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
