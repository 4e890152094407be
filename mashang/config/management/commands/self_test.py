"""``mashang check [--json]``: says whether this installation may serve, and what is wrong."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError

from mashang.config import installation, self_test
from mashang.core.commandline import OperatorCommand


class Command(OperatorCommand):
    help = (
        "自检：数据库、密钥、访问规则、约束。(Start-up self-test; exit code 1 when a check fails.)"
    )
    looks_by_itself = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="输出 JSON (print JSON)"
        )

    def handle(self, *, as_json: bool, **options: Any) -> None:
        if not as_json:
            self.stdout.write(installation.first_line())
        results = self_test.run()
        if as_json:
            rows = [asdict(result) for result in results]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for result in results:
                self.stdout.write(f"{'✓' if result.passed else '✗'} {result.name}：{result.detail}")
        if failed := sum(not result.passed for result in results):
            raise CommandError(f"{failed} 项没有通过")
