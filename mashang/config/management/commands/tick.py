"""``mashang tick``: runs what is due in every room, once or again and again.

A room that has such work names it in its ``tasks.py``: ``TASKS``, a tuple of functions without
arguments, each of which does what is due now and may be called at any time, twice too. What goes on while the
clock is in doubt stands in ``WHATEVER_THE_CLOCK`` as well.
"""

import os
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import structlog
from django.apps import apps
from django.core.management.base import CommandError
from django.db import close_old_connections
from django.utils.module_loading import module_has_submodule

from mashang.config import actions, clock, installation
from mashang.core.commandline import OperatorCommand
from mashang.core.db.leases import Held, lease, renewing

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

        parser.add_argument(
            "--beside",
            type=int,
            metavar="PID",
            help="这个进程没有了就结束 (end when this process is no longer our parent)",
        )

    def handle(self, *, every: float | None, beside: int | None, **options: Any) -> None:
        self.stdout.write(installation.first_line())
        failed = run_due()
        while every is not None and _has_waited(every, beside):
            failed = run_due()
        if failed:
            raise CommandError(f"{len(failed)} 项没有办成，详见日志：{'、'.join(failed)}")


def _has_waited(seconds: float, beside: int | None) -> bool:
    """False as soon as the server is gone: whoever starts it again starts a tick as well."""
    over = time.monotonic() + seconds
    while (left := over - time.monotonic()) > 0:
        if beside is not None and os.getppid() != beside:
            return False
        time.sleep(min(left, 1))
    return True


def run_due() -> list[str]:
    """Runs every task in each province of this process; returns the names of those that failed."""
    failed: list[str] = []
    for code in installation.provinces_here():
        with installation.in_province(code):
            failed += [f"{code}:{name}" if code else name for name in _run_alone()]
    return failed


def _run_alone() -> list[str]:
    """One process at a time; where another one is at it, nothing is left to do."""
    try:
        with lease("tick") as mine:
            if mine is None:
                return []
            with renewing(mine):
                return _run_by_the_clock(mine)
    except Exception:
        log.exception("tick failed")
        return ["tick"]
    finally:
        close_old_connections()


def _run_by_the_clock(mine: Held) -> list[str]:
    """While the clock is in doubt only what it does not decide is done: messages go out."""
    reading = clock.read()
    if doubt := clock.doubt(reading):
        actions.doubt_clock(by="tick")
        log.error("clock in doubt, nothing is decided by it", why=str(doubt))
        return ["clock", *run_tasks("WHATEVER_THE_CLOCK", mine)]
    actions.begin_tick(reading, by="tick")
    failed = run_tasks("TASKS", mine)
    if mine.renew():
        actions.end_tick(failed, by="tick")
    return failed


def run_tasks(which: str = "TASKS", mine: Held | None = None) -> list[str]:
    failed: list[str] = []
    for task in tasks(which):
        name = f"{task.__module__}.{task.__name__}"
        try:
            if mine and not mine.renew():
                return [*failed, "lease"]  # nobody could renew it: another process goes on
            task()
        except Exception:
            log.exception("task failed", task=name)
            failed.append(name)
        finally:
            close_old_connections()
    return failed


def tasks(which: str = "TASKS") -> Iterator[Task]:
    for room in apps.get_app_configs():
        if room.module and module_has_submodule(room.module, "tasks"):
            yield from getattr(import_module(f"{room.name}.tasks"), which, ())
