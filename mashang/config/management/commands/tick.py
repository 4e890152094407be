"""``mashang tick``: runs what is due in every room, once or again and again.

A room that has such work names it in its ``tasks.py``: ``TASKS``, a tuple of functions without
arguments, each of which does what is due now and may be called at any time, twice too.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import structlog
from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import close_old_connections
from django.utils.module_loading import module_has_submodule

from mashang.core.commandline import OperatorCommand
from mashang.core.provinces import use_province

log = structlog.get_logger(__name__)
Task = Callable[[], object]


class Command(OperatorCommand):
    help = "办理各处到期的事项。(Run what is due in every room.)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="每隔若干秒循环办理，直到停止 (repeat after so many seconds, until stopped)",
        )

    def handle(self, *, every: float | None, **options: Any) -> None:
        failed = run_due()
        while every is not None:
            time.sleep(every)
            failed = run_due()
        if failed:
            raise CommandError(f"{len(failed)} 项没有办成，详见日志：{'、'.join(failed)}")


def run_due() -> list[str]:
    """Runs every task in every province; returns the names of those that failed."""
    if not settings.MASHANG_PROVINCES:
        return run_tasks()
    failed = []
    for code in settings.MASHANG_PROVINCES:
        with use_province(code):
            failed += [f"{code}:{name}" for name in run_tasks()]
    return failed


def run_tasks() -> list[str]:
    failed = []
    for task in tasks():
        name = f"{task.__module__}.{task.__name__}"
        try:
            task()
        except Exception:
            log.exception("task failed", task=name)
            failed.append(name)
        finally:
            close_old_connections()
    return failed


def tasks() -> Iterator[Task]:
    for room in apps.get_app_configs():
        if room.module and module_has_submodule(room.module, "tasks"):
            yield from getattr(import_module(f"{room.name}.tasks"), "TASKS", ())
