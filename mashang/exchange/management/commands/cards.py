"""`mashang cards`: the service cards that wait to be printed, as one PDF."""

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import track

from mashang.codes import actions
from mashang.codes.models import Card, CardQuerySet
from mashang.core.commandline import OperatorCommand
from mashang.exchange.cards import A4_SHEET, SINGLE, Layout, Printed, print_cards
from mashang.exchange.print_runs import faces_of
from mashang.unions.models import Union
from mashang.unions.scope import in_branches

BATCH = 500
NAMED = 20  # cards that cannot be printed
T = TypeVar("T")


class Command(OperatorCommand):
    help = (
        "把待制的服务卡印成一个 PDF，并记为已制卡；卡上没有姓名。 "
        "(Prints the waiting cards as one PDF and notes them as printed; they carry no name.)"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="PDF 文件 (the file to write)")
        parser.add_argument("--union", metavar="CODE", help="只印该工会及其下级 (only this branch)")
        parser.add_argument(
            "--limit", type=_count, metavar="N", help="最多印几张 (at most so many cards)"
        )
        parser.add_argument(
            "--single", action="store_true", help="每页一张卡，而不是 A4 十张 (one card a page)"
        )

    def handle(self, *, out: Path, single: bool, **options: Any) -> None:
        waiting = _waiting(options["union"])
        self._tell_of(waiting.without_key())
        cards = list(waiting.exclude(pk__in=waiting.without_key())[: options["limit"]])
        if not cards:
            raise CommandError("没有待制的服务卡，没有写文件。(No card waits to be printed.)")
        printed = self._write(cards, out, SINGLE if single else A4_SHEET)
        self._note_as_printed(cards)
        if printed.warning:
            self.stderr.write(printed.warning)
        self.stdout.write(f"已印 {printed.cards:,} 张服务卡：{out}")

    def _tell_of(self, gone: CardQuerySet) -> None:
        if serials := list(gone.values_list("serial", flat=True)):
            self.stderr.write(
                f"{len(serials)} 张卡的二维码密钥不在设置里，没有印。密钥还在的，放回 MASHANG_QR_RETIRED_KEYS；"
                f"丢了的，在“服务卡”里逐张挂失补发：{'、'.join(serials[:NAMED])}"
                f"{' ……' if len(serials) > NAMED else ''} (Their QR key is not in the settings.)"
            )

    def _write(self, cards: list[Card], out: Path, layout: Layout) -> Printed:
        """The whole file or none: a broken run leaves what was there before."""
        unfinished = out.with_name(out.name + ".part")
        try:
            with unfinished.open("wb") as file:
                printed = print_cards(faces_of(self._with_progress(cards, "制卡")), file, layout)
            unfinished.replace(out)
        except OSError as error:
            raise CommandError(f"写不了文件 {out}：{error.strerror}") from error
        return printed

    def _note_as_printed(self, cards: list[Card]) -> None:
        """After the file is there: a run that breaks off prints a card twice, never skips one."""
        for start in self._with_progress(range(0, len(cards), BATCH), "登记"):
            actions.print_cards([card.pk for card in cards[start : start + BATCH]], by=None)

    def _with_progress(self, items: Sequence[T], what: str) -> Iterable[T]:
        return track(items, what, console=Console(stderr=True), disable=not self.stderr.isatty())


def _waiting(union_code: str | None) -> CardQuerySet:
    cards = Card.objects.to_print().select_related("union", "code")
    if union_code:
        union = Union.objects.filter(code=union_code).first()
        if union is None:
            raise CommandError(f"没有代码为 {union_code} 的工会。(No union has this code.)")
        cards = cards.filter(in_branches([union.path], "union_path"))
    return cards


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("请写大于 0 的整数 (a number above 0)")
    return int(text)
