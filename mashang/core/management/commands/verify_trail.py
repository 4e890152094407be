"""`mashang verify-trail`: is every entry of the trail as it was written?"""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from mashang.core.audit import export, roots, seals, witness
from mashang.core.audit.verifier import Damage, Report, describe, verify
from mashang.core.commandline import OperatorCommand

STEP = 5000
NO_WITNESS = (
    "没有机器以外的见证可比：数据库与根文件若被一同截短到某一天，这里看不出来。见 mashang witness "
    "(no witness outside this machine: a cut of both ends is not found)"
)


class Command(OperatorCommand):
    help = (
        "核对操作留痕：逐条重算摘要，并与库外签名的根比对。完好退出码 0，有损坏退出码 1。 "
        "(Checks every entry of the trail against its chain and the signed roots.)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果 (report as JSON)")
        parser.add_argument("--seal", action="store_true", help="先签名尚未签名的记录 (sign first)")
        parser.add_argument(
            "--export",
            type=Path,
            help="同时导出 JSON Lines，供独立核验程序使用 (also export for verifier.py)",
        )

        parser.add_argument(
            "--witness",
            type=Path,
            metavar="FILE",
            help="与这个见证文件比对；不写则用设置里的 (compare with this witness file)",
        )
        parser.add_argument(
            "--root",
            metavar="DIGITS",
            help="与抄下的日期和 25 位数字比对 (compare with a daily root that was copied down)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["seal"]:
            seals.seal_rows()
            roots.seal_roots()
        lines = self._with_progress(export.lines())
        if options["export"]:
            lines = written(lines, options["export"])
        signed = roots.signed_lines()
        ends = settings.MASHANG_TRAIL_RETIRED_ENDS
        report = verify(lines, signed, *roots.public_keys(), ends=ends)
        told = options["witness"] or witness.witness_file()
        report.damages += self._against_witnesses(signed, told, options["root"])
        self._print(report, as_json=options["json"])
        if not report.sound:
            raise CommandError(
                "留痕有损坏。请保全数据库与根文件，不要修补，并报告监督部门。 (The trail is damaged.)"
            )

    def _against_witnesses(
        self, signed: list[bytes], path: Path | None, copied: str | None
    ) -> list[Damage]:
        """What stands outside this machine, if anybody kept it."""
        found: list[Damage] = []
        try:
            if path is not None:
                found += witness.compare(witness.read(path), signed)
            if copied:
                found += witness.compare_copied(copied, signed)
        except (OSError, witness.Miscopied) as error:
            said = (
                f"{path} 读不到（{error.strerror}）" if isinstance(error, OSError) else str(error)
            )
            raise CommandError(said) from None
        if path is None and not copied:
            self.stderr.write(NO_WITNESS)
        return found

    def _print(self, report: Report, *, as_json: bool) -> None:
        key = base64.b64encode(roots.public_key()).decode()
        if as_json:
            facts = {**report.as_dict(), "roots": str(roots.roots_file()), "public_key": key}
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
            return
        self.stdout.write(describe(report))
        self.stdout.write(f"签名公钥 (public key): {key}")
        if report.sound and (retiring := roots.retiring()):
            self.stdout.write(
                f"换签名密钥时写入 MASHANG_TRAIL_RETIRED_PUBLIC_KEYS (when it is replaced): {retiring}"
            )

    def _with_progress(self, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for count, line in enumerate(lines, start=1):
            yield line
            if count % STEP == 0:
                self.stderr.write(
                    f"已核对 {count:,} 条", ending="\r" if self.stderr.isatty() else "\n"
                )


def written(lines: Iterable[dict[str, Any]], path: Path) -> Iterator[dict[str, Any]]:
    with path.open("w", encoding="ascii") as file:
        for line in lines:
            file.write(json.dumps(line) + "\n")
            yield line
