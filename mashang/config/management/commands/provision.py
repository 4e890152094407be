"""``mashang provision [PROVINCE]``: makes or updates the tables and, in production, the static files.

Safe to repeat.

An installation with several provinces gets the hub's dictionaries first, then one schema for
each province with a migration table of its own (a shared one would make Django believe that
the second province has its tables already).
"""

from argparse import ArgumentParser
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections, router

from mashang.config import actions, installation, own_keys
from mashang.config.provincial.base import DatabaseWrapper
from mashang.config.routers import HUB
from mashang.config.schema_update import (
    alone_at,
    alone_on_this_machine,
    estimate,
    pending,
    without_time_limits,
)
from mashang.config.self_test import of_database, of_settings
from mashang.core.commandline import EXIT_NOT_SET_UP, OperatorCommand, operator_name
from mashang.core.privacy import keys
from mashang.core.privacy.keys import ForeignKeys
from mashang.core.provinces import use_province


class Command(OperatorCommand):
    help = "建立或更新数据库结构，可重复执行。(Make or update the database tables; safe to repeat.)"
    looks_by_itself = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "province",
            nargs="?",
            metavar="PROVINCE",
            help="只建一个省，例如 gx；多省部署时才需要 (one province only, e.g. gx)",
        )

    def handle(self, *, province: str | None, **options: Any) -> None:
        if province and province not in settings.MASHANG_PROVINCES:
            raise CommandError(
                f"没有配置省份 {province}。请先把它写进 MASHANG_PROVINCES，例如 MASHANG_PROVINCES=gx,hn。"
            )
        self.stdout.write(installation.first_line())
        if mistyped := of_settings.unknown_names():
            raise CommandError("；".join(mistyped), returncode=EXIT_NOT_SET_UP)
        with alone_on_this_machine(self.stderr.write):
            self._provision(province)

    def _provision(self, province: str | None) -> None:
        if settings.STATIC_ROOT:
            call_command("collectstatic", interactive=False, verbosity=0)
            self.stdout.write(f"网页文件：已放到 {settings.STATIC_ROOT}")
        if not settings.MASHANG_PROVINCES:
            self._migrate("default", "数据库")
            return
        self._migrate(HUB, "字典")
        for code in [province] if province else settings.MASHANG_PROVINCES:
            with use_province(code):
                cast(DatabaseWrapper, connections["default"]).make_schema()
                self._migrate("default", code)

    def _migrate(self, alias: str, name: str) -> None:
        connection = connections[alias]
        _require_own_database(alias, name)
        if steps := pending(connection):
            self.stdout.write(f"{name}：要做 {len(steps)} 项结构更新，{estimate(connection)}")
        with alone_at(connection), without_time_limits(connection):
            call_command("migrate", database=alias, interactive=False, verbosity=0)
        if missing := missing_tables(alias):
            raise CommandError(f"{name}：迁移之后仍缺少数据表 {'、'.join(missing)}")
        self.stdout.write(f"{name}：数据表齐全")
        if alias != HUB:
            self._register_keys(name)

    def _register_keys(self, name: str) -> None:
        try:
            is_new = own_keys.register()
        except ForeignKeys:
            found = own_keys.foreign(keys.laid_check()) or [own_keys.FOREIGN]
            sentence = f"{name}：{'；'.join(found)}"
            raise CommandError(sentence, returncode=EXIT_NOT_SET_UP) from None
        if is_new:
            self.stdout.write(f"{name}：密钥已登记，以后只认这一套")
        if installation.is_served_here() and actions.register_installation(by=operator_name()):
            self.stdout.write(f"{name}：运行方式、公开网址和省份已登记，以后按它核对")


def _require_own_database(alias: str, name: str) -> None:
    """Before anything is changed: a newer database, or one of another house, is left as it is."""
    is_newer, words = of_database.newer(connections[alias])
    if is_newer:
        raise CommandError(f"{name}：{words}", returncode=EXIT_NOT_SET_UP)
    if alias == HUB:
        return
    known = installation.remembered()
    wrong = installation.differences(known).values() if known else installation.not_yet_registered()
    if wrong:
        raise CommandError(f"{name}：{'；'.join(wrong)}", returncode=EXIT_NOT_SET_UP)


def missing_tables(alias: str) -> list[str]:
    """Tables that the models of this side of the house need and the database does not have."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    needed = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and router.allow_migrate_model(alias, model)
    }
    return sorted(needed - present)
