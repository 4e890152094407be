"""`mashang load-reference`: bring the dictionaries up to the bundled lists."""

from typing import Any

from django.core.management.base import CommandParser

from mashang.core.commandline import OperatorCommand
from mashang.reference import actions


class Command(OperatorCommand):
    help = (
        "导入行政区划字典；可重复执行，本单位改过的行不动。 "
        "(Loads the bundled regions; may be repeated, rows edited on site stay.)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo-standards",
            action="store_true",
            help="同时导入演示用低保标准 (also made-up living standards for the demo)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = actions.load_regions()
        self.stdout.write(
            f"行政区划：新增 {loaded.added}，更新 {loaded.changed}，未动 {loaded.kept}"
        )
        if options["demo_standards"]:
            self.stdout.write(f"低保标准（演示值）：{actions.load_demo_standards()} 条")
