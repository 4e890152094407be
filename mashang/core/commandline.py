"""What every command of ``mashang`` shares: its exit codes and a help without noise."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

EXIT_DONE = 0
EXIT_NO = 1  # the command ran, and its answer is no: a failed check, a broken chain
EXIT_USAGE = 2  # argparse's own
EXIT_NOT_SET_UP = 3  # a missing secret, an unreachable or empty database


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
