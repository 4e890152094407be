"""``mashang clock [--confirm --reason …]``: whether the clock may decide, and an operator's word that it may."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from mashang.config import actions, clock, installation
from mashang.core.commandline import OperatorCommand, operator_name, reason_of
from mashang.core.errors import DomainError


class Command(OperatorCommand):
    help = "时钟是否可信；核对无误后确认。(Whether the clock is trusted; confirm it once it was checked.)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--confirm", action="store_true", help="确认 (confirm)")
        parser.add_argument("--reason", default="", help="原因，会留下记录 (why; it is kept)")

    def handle(self, *, confirm: bool, reason: str, **options: Any) -> None:
        self.stdout.write(installation.first_line())
        for code in installation.provinces_here():
            with installation.in_province(code):
                self._look(code, confirm, reason)

    def _look(self, code: str, confirm: bool, reason: str) -> None:
        doubt = clock.doubt(clock.read())
        if doubt is None:
            self.stdout.write(f"{code}时钟与留痕和上一次定时办理相符，没有什么要确认")
            return
        if not confirm:
            raise CommandError(f"{code}{doubt}")
        why = reason_of(reason)
        try:
            actions.confirm_clock(reason=why, by=operator_name())
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"{code}已确认，定时办理从现在的时间继续")
