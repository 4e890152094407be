"""What every command of ``mashang`` shares: its exit codes and a help without noise."""

import os
import pwd
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

EXIT_DONE = 0
EXIT_NO = 1  # the command ran, and its answer is no: a failed check, a broken chain
EXIT_USAGE = 2  # argparse's own
EXIT_NOT_SET_UP = 3  # a missing secret, an unreachable or empty database

LONGEST_REASON = 200  # what OperatorAct keeps

LONGEST_REASON = 200


def operator_name() -> str:
    """Whose process this is, for what is kept for good: by the kernel's word, not by LOGNAME, which anybody sets. A
    container's user may have no name."""
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name[:64]
    except KeyError:
        return f"uid {uid}"


def reason_of(text: str) -> str:
    """The reason that an act is kept with; raises CommandError where there is none, or too long a one."""
    reason = text.strip()
    if not reason:
        raise CommandError("请写明原因：--reason 原因")
    if len(reason) > LONGEST_REASON:
        raise CommandError("原因最多 200 个字，请写短一些")
    return reason


_first: list[Callable[[], None]] = []


def ask_first(is_right: Callable[[], None]) -> None:
    """From now on every command asks this before it touches anything; it raises CommandError."""
    _first.append(is_right)


class OperatorCommand(BaseCommand):
    """A management command that operators start as ``mashang NAME``.

    It raises CommandError with a sentence for a plain no; the exit code is then 1
    unless the error carries another ``returncode``.
    """

    _called_from_command_line = True  # a wrong option prints the usage and exits with 2
    requires_system_checks: list[str] = []
    looks_by_itself = (
        False  # says itself what is wrong with the database; the others are refused before
    )
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }

    def execute(self, *args: Any, **options: Any) -> str | None:
        for ask in [] if self.looks_by_itself else _first:
            ask()
        return super().execute(*args, **options)
