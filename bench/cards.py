"""Cards: a city's print run in a process of its own, beside the drawing of its codes alone.

Seconds are the processor's: one process, no waiting, so that other work on the machine counts little.
"""

import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pypdfium2

from bench.harness import Cost, Row, in_child
from mashang.codes import token
from mashang.exchange.cards import CardFace, print_cards
from mashang.exchange.qr import Symbol
from tests.exchange import paper

CARDS = 10_000
PEER = 10.6  # cards a second: pretix's badges, ten a page, on two cores (November 2026)
UNIONS = ("南宁市西乡塘区总工会", "柳州市柳北区总工会", "桂林市临桂区总工会")


def rows(size: int) -> list[Row]:
    count = min(size, CARDS)
    with TemporaryDirectory() as folder:
        many, one_sheet = Path(folder, "many.pdf"), Path(folder, "one-sheet.pdf")
        cost = in_child("bench.cards", str(many), str(count))
        in_child("bench.cards", str(one_sheet), "10")
        bytes_each = (many.stat().st_size - one_sheet.stat().st_size) / (count - 10)
        read = _every_tenth_read(many, count)
    return _rows(count, cost, bytes_each, read, bare=_codes_alone(count))


def _rows(count: int, cost: Cost, bytes_each: float, read: int, bare: float) -> list[Row]:
    speed = count / cost.said
    name = f"{count:,} cards as PDF"
    return [
        Row(name, "cards/s", speed, bare, "the codes alone", "≥ 1,000", speed >= 1_000),
        Row(f"{name}, beside pretix", "cards/s", speed, PEER, "pretix", "≥ 100 ×", speed >= 100 * PEER),
        Row(f"{name}, peak memory", "MB", cost.peak_megabytes, 200, "aim", "≤ 200", cost.peak_megabytes <= 200),
        Row(f"{name}, a card without the font", "bytes", bytes_each, 500, "aim", "≤ 500", bytes_each <= 500),
        Row(f"{name}, every tenth read by zbar", "codes", read, count // 10, "printed", "all", read == count // 10),
    ]  # fmt: skip


def faces(count: int) -> Iterator[CardFace]:
    for n in range(count):
        address = token.url(token.mint(UUID(int=n), 1))
        yield CardFace(UNIONS[n % len(UNIONS)], "0771-12351", f"NN{n:06d}", address)


def child(path: str, count: str) -> float:
    start = time.process_time()
    with Path(path).open("wb") as file:
        print_cards(faces(int(count)), file)
    return time.process_time() - start


def _every_tenth_read(path: Path, count: int) -> int:
    with pypdfium2.PdfDocument(path) as pdf:
        codes = chain.from_iterable(paper.every_tenth_code(pdf))
        expected = (face.url for n, face in enumerate(faces(count)) if n % 10 == 0)
        return sum(code == wanted for code, wanted in zip(codes, expected, strict=False))


def _codes_alone(count: int) -> float:
    start = time.process_time()
    for face in faces(count):
        Symbol.of(face.url).mask()
    return count / (time.process_time() - start)
