"""``mashang demo [--households N]``: fills an empty database with a made-up Guangxi."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mashang.core.commandline import OperatorCommand
from mashang.demo.base_data import is_set, let_them_declare
from mashang.demo.runner import Play
from mashang.unions.models import Union

SMALLEST = 5


class Command(OperatorCommand):
    help = (
        "装入演示数据；再次运行只补足户数。(Fill in the demo; run again, it only adds households.)"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--households",
            type=int,
            default=60,
            metavar="N",
            help="共有多少户，默认 60 (how many households in all)",
        )

    def handle(self, *, households: int, **options: Any) -> None:
        _check(households)
        play = Play(households)
        if not play.new:
            let_them_declare()  # a demo of before did not ask
            self.stdout.write(f"演示数据已经有 {households} 户，没有改动")
            return
        with _progress() as bar:
            task = bar.add_task("演示数据 demo", total=len(play.acts))
            for _ in play.perform():
                bar.advance(task)
        self.stdout.write(f"演示数据：新增 {len(play.new)} 户，办理 {len(play.acts)} 步")


def _check(households: int) -> None:
    if households < SMALLEST:
        raise CommandError(f"演示至少要 {SMALLEST} 户，才看得到完整的流程")
    if Union.objects.exists() and not is_set():
        raise CommandError("这个数据库里已有别的工会数据。演示数据只装进空的数据库，请换一个再试")


def _progress() -> Progress:
    """No estimate of time: the clock of this process is on a journey."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
