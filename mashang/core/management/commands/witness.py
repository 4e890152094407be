"""`mashang witness`: the daily root, for paper or mail, or for a file on another machine."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from mashang.core.audit import roots, witness
from mashang.core.commandline import OperatorCommand


class Command(OperatorCommand):
    help = (
        "每日见证：写出今天的根，供抄在纸上、寄出或另存到别的机器。 "
        "(The daily root of the trail, to be kept outside this machine.)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            type=Path,
            metavar="FILE",
            help="同时在这个文件末尾加一行 (also append a line to this file)",
        )

    def handle(self, *, to: Path | None, **options: Any) -> None:
        roots.seal_roots()
        told = witness.of_today()
        if told is None:
            raise CommandError("还没有签名的记录，今天没有可见证的")
        if to is not None:
            _append(told, to)
        self.stdout.write(f"操作留痕每日见证 · 第 {told.batch} 个签名根\n")
        self.stdout.write(f"    {told.day} {told.digits}\n")
        self.stdout.write(
            "请抄下日期和 25 位数字，交给不管这台机器的人保存（纸、邮件都行）。以后核对："
        )
        self.stdout.write(f'    mashang verify-trail --root "{told.day} {told.digits}"')


def _append(told: witness.Witness, path: Path) -> None:
    try:
        witness.append(told, path)
    except OSError as error:
        raise CommandError(f"{path} 写不进去（{error.strerror}），请检查那个位置") from None
