"""Scans over HTTP: a stranger's, a forger's and the helper's, beside bare views on the same server."""

import random
import statistics
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.harness import Row
from bench.load import get, lasting, load
from bench.recorded import hand_to_skeletons, statements_of
from bench.server import serving
from bench.town import Family, families

REQUESTS = 20_000  # a round, at most
SECONDS, WARM_UP = 3.0, 0.5  # of a round
ROUNDS = 3
FORGED_IN_PROCESS = 1_000
TURNS = 200
PEER = 35  # scans a second: pretix's redeem, on two cores (November 2026)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def rows(size: int) -> list[Row]:
    town = families()
    rate = _measured(town, min(size, REQUESTS))
    helper = rate["helper"] / 2  # a scan is two requests: the landing and the page behind it
    return [
        _ratio("a stranger scans a forged code", rate["forged"], rate["hello"], "hello", 0.8),
        _ratio("a stranger scans a real code", rate["stranger"], rate["stranger's SQL"], "its SQL", 0.6),
        _ratio("the helper scans, full page, logged", helper, rate["helper's SQL"] / 2, "its SQL", 0.6),
        _ratio("the helper scans, beside pretix's redeem", helper, PEER, "pretix", 15),
        _forged_queries(),
        _told_apart(town),
    ]  # fmt: skip


def _ratio(work: str, ours: float, limit: float, limit_is: str, aim: float) -> Row:
    return Row(work, "scans/s", ours, limit, limit_is, f"≥ {aim}", ours >= aim * limit)


def _measured(town: Sequence[Family], count: int) -> dict[str, float]:
    """Requests a second by name; the best of some rounds that take turns, as other work may disturb."""
    family = town[0]
    _record(family)
    with serving() as house, serving("bench.skeletons:application") as skeletons:
        loads = {
            "forged": (house, [get(address) for address in islice(forged_addresses(), 500)]),
            "hello": (skeletons, [get("/hello")]),
            "stranger": (house, [get(family.address) for family in town]),
            "stranger's SQL": (skeletons, [get("/replay/stranger")]),
            "helper": (house, [get(path, one.cookie) for one in town for path in one.scan]),
            "helper's SQL": (skeletons, [get("/replay/landing"), get("/replay/page")]),
        }
        rounds = [
            {name: _rate(port, requests, count) for name, (port, requests) in loads.items()}
            for _ in range(ROUNDS)
        ]
    return {name: max(one[name] for one in rounds) for name in loads}


def _record(family: Family) -> None:
    hand_to_skeletons(
        {
            "landing": statements_of(family.helper, family.address, 303),
            "page": statements_of(family.helper, family.page, 200),
            "stranger": statements_of(Client(), family.address, 200),
        }
    )


def _rate(port: int, requests: Sequence[bytes], count: int) -> float:
    load(port, lasting(WARM_UP, cycle(requests)))  # does not count: the server warms up
    answers = load(port, lasting(SECONDS, islice(cycle(requests), count)))
    if not set(answers.statuses) <= {200, 303}:
        raise RuntimeError(f"The server answered {dict(answers.statuses)}.")
    return answers.rate


def forged_addresses() -> Iterator[str]:
    dice = random.Random(20261123)  # noqa: S311 (the same guesses in every run)
    while True:
        yield "/S/A" + "".join(dice.choices(LETTERS, k=31))


def _told_apart(town: Sequence[Family]) -> Row:
    """Whether a clock tells that a code is ours: one after the other, in turns, as somebody would try it."""
    guesses = forged_addresses()
    with serving() as port:
        real, forged = [], []
        for family in islice(cycle(town), TURNS):
            real += load(port, iter([get(family.address)])).latencies
            forged += load(port, iter([get(next(guesses))])).latencies
    ours, theirs = (statistics.median(some) * 1_000 for some in (real, forged))
    work = f"a stranger scans a real code, median of {TURNS}"
    return Row(work, "ms", ours, theirs, "forged", "≤ 1.2", ours <= 1.2 * theirs)


def _forged_queries() -> Row:
    client = Client()
    with CaptureQueriesContext(connection) as asked:
        for address in islice(forged_addresses(), FORGED_IN_PROCESS):
            client.get(address)
    work = f"{FORGED_IN_PROCESS:,} forged codes through the whole house"
    return Row(work, "queries", len(asked), None, "", "0", len(asked) == 0)
