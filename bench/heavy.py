"""Pages while others do heavy work: six sign in with made-up names, or post a 79-megapixel photo.

Beside the same pages alone on the same server, and beside the house without lanes and with one thread a
worker, as it stood until decision 33.
"""

import io
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, cycle

from PIL import Image

from bench.givers import TOKEN
from bench.harness import Row
from bench.load import get, lasting, load, post, post_file
from bench.server import serving
from bench.town import Family, families
from tests.builders import make_worker, sign_in

WORKERS = 2
AT_ONCE = 6  # each from a network, or by an account, of its own
SIDES = (10_260, 7_700)
SECONDS = 6.0  # of heavy work, a round
ALONE = 2.0
PAUSE = 0.03  # between two pages: somebody reads
ROUNDS = 2
WITHOUT = {"MASHANG_HEAVY_AT_ONCE": "0"}


@dataclass(frozen=True)
class Round:
    """Milliseconds a page, the median; and how many heavy requests were answered meanwhile."""

    alone: float
    beside: float
    worst: float
    done: int


def rows(size: int) -> list[Row]:
    """With lanes and without, in turns; of each the round that other work disturbed least."""
    family, heavy = families(1)[0], {"sign-ins": _sign_ins(), "photos": _photos()}
    lanes: dict[str, list[Round]] = {work: [] for work in heavy}
    without: dict[str, list[Round]] = {work: [] for work in heavy}
    for _ in range(ROUNDS):
        with serving(workers=WORKERS) as port:
            for work, requests in heavy.items():
                lanes[work].append(_round(port, family, requests))
        with serving(workers=WORKERS, threads=1, **WITHOUT) as port:
            for work, requests in heavy.items():
                without[work].append(_round(port, family, requests))
    return [
        *_compared(f"a page while {AT_ONCE} sign in with made-up names", lanes["sign-ins"], without["sign-ins"]),
        *_compared(f"a page while {AT_ONCE} phones post 79-megapixel photos", lanes["photos"], without["photos"]),
    ]  # fmt: skip


def _compared(work: str, lanes: list[Round], without: list[Round]) -> list[Row]:
    ours, before = (min(some, key=lambda one: one.beside) for some in (lanes, without))
    return [
        Row(work, "ms", ours.beside, ours.alone, "alone", "≤ 2", ours.beside <= 2 * ours.alone),
        Row(f"{work}, the slowest of 100", "ms", ours.worst, before.worst, "without lanes", "", None),
        Row(f"{work}, without lanes", "ms", before.beside, before.alone, "alone", "", None),
        Row(f"{work}: answered", "/s", ours.done / SECONDS, before.done / SECONDS, "without lanes", "", None),
    ]  # fmt: skip


def _round(port: int, family: Family, heavy: Iterator[bytes]) -> Round:
    pages = cycle([get("/guide/"), get(family.page, family.cookie)])
    load(port, iter([next(heavy), *[next(pages) for _ in range(40)]]))  # everything has started
    alone = _asked(port, pages, ALONE)
    answered: list[int] = []

    def work() -> None:
        answers = load(port, lasting(SECONDS, heavy), connections=AT_ONCE)
        if not set(answers.statuses) <= {200, 302, 422, 429}:
            raise RuntimeError(f"The server answered {dict(answers.statuses)}.")
        answered.append(len(answers.latencies))

    at_work = threading.Thread(target=work)
    at_work.start()
    time.sleep(0.3)
    beside = _asked(port, pages, SECONDS - 0.6)
    at_work.join()
    return Round(
        statistics.median(alone) * 1_000,
        statistics.median(beside) * 1_000,
        sorted(beside)[int(0.99 * (len(beside) - 1))] * 1_000,
        *answered,
    )


def _asked(port: int, pages: Iterator[bytes], seconds: float) -> list[float]:
    """One page after the other, each over a connection of its own, as it falls to either worker."""
    until, took = time.monotonic() + seconds, []
    while time.monotonic() < until:
        took += load(port, iter([next(pages)])).latencies
        time.sleep(PAUSE)
    return took


def _sign_ins() -> Iterator[bytes]:
    for number in count():
        form = {
            "csrfmiddlewaretoken": TOKEN,
            "username": f"nobody{number}",
            "password": "not a password",
            "second": "000000",
        }
        network = f"10.{number % AT_ONCE}.{number // 250 % 250}.{number % 250}"
        yield post("/desk/sign-in/", form, f"csrftoken={TOKEN}", network)


def _photos() -> Iterator[bytes]:
    """Of ten people in turn."""
    picture, form = large_photo(), {"csrfmiddlewaretoken": TOKEN}
    sessions = [sign_in(make_worker()).cookies["sessionid"].value for _ in range(10)]
    cookies = [f"sessionid={session}; csrftoken={TOKEN}" for session in sessions]
    return cycle([post_file("/scan/", form, "photo", picture, cookie) for cookie in cookies])


def large_photo() -> bytes:
    """As large as is taken at all, with some grain: some 17 MB."""
    grain = Image.effect_noise((SIDES[0] // 2, SIDES[1] // 2), 60).resize(SIDES)
    written = io.BytesIO()
    grain.convert("RGB").save(written, "JPEG", quality=40)
    return written.getvalue()
