"""``mashang installation [change NAME --reason …]``: what the database remembers of this house."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from mashang.config import actions, installation
from mashang.core.commandline import OperatorCommand, operator_name, reason_of
from mashang.core.errors import DomainError


class Command(OperatorCommand):
    help = (
        "本套系统的登记：运行方式、公开网址、省份；写明原因后可以更改公开网址。"
        " (What the database remembers of this house; the public address can be changed, with a reason.)"
    )
    looks_by_itself = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", nargs="?", choices=["change"], help="更改 (change)")
        parser.add_argument(
            "name",
            nargs="?",
            choices=actions.CHANGEABLE,
            help="改哪一项；改成现在设置的 (which; it becomes what the settings say)",
        )
        parser.add_argument("--reason", default="", help="原因，会留下记录 (why; it is kept)")

    def handle(self, *, act: str | None, name: str | None, reason: str, **options: Any) -> None:
        self.stdout.write(installation.first_line())
        for code in installation.provinces_here():
            with installation.in_province(code):
                if act is None:
                    self._show(code)
                else:
                    self._change(name, reason)

    def _change(self, name: str | None, reason: str) -> None:
        if name is None:
            raise CommandError(
                "请写明改哪一项：mashang installation change public-url --reason 原因"
            )
        why = reason_of(reason)
        try:
            before, after = actions.change_installation(name, reason=why, by=operator_name())
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"{installation.NAMES[name]}：{before} → {after}，已记录")
        self.stdout.write(
            f"已经印出的卡上还是 {before}：请让旧网址继续打得开（转到新网址），直到旧卡都换了"
        )

    def _show(self, code: str) -> None:
        known = installation.remembered()
        if known is None:
            raise CommandError(f"{code}还没有登记过，请先运行 mashang provision")
        wrong = installation.differences(known)
        for name, value in known.items():
            mark = "✗" if name in wrong else "✓"
            said = wrong.get(name) or (value or "只有一个省")
            self.stdout.write(f"{mark} {code}{installation.NAMES[name]}：{said}")
