"""Scans over HTTP: a stranger's, a forger's and the helper's, beside bare views on the same server."""

import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.harness import Row
from bench.load import Answers, get, load
from bench.recorded import hand_to_skeletons, statements_of
from bench.server import serving
from bench.town import Family, families

REQUESTS = 4_000
FORGED_IN_PROCESS = 1_000
PEER = 35  # scans a second: pretix's redeem, on two cores (November 2026)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def rows(size: int) -> list[Row]:
    town = families()
    count = min(size, REQUESTS)
    ours = _ours(town, count)
    limits = _limits(town[0], count)
    helper = ours["helper"] / 2  # a scan is two requests: the landing and the page behind it
    skeleton = limits["helper"] / 2
    return [
        _ratio("a stranger scans a forged code", ours["forged"], limits["hello"], "hello", 0.8),
        _ratio("a stranger scans a real code", ours["stranger"], limits["stranger"], "its SQL", 0.6),
        _ratio("the helper scans, full page, logged", helper, skeleton, "its SQL", 0.6),
        _ratio("the helper scans, beside pretix's redeem", helper, PEER, "pretix", 15),
        _forged_queries(),
    ]  # fmt: skip


def _ratio(work: str, ours: float, limit: float, limit_is: str, aim: float) -> Row:
    return Row(work, "scans/s", ours, limit, limit_is, f"≥ {aim}", ours >= aim * limit)


def _ours(town: Sequence[Family], count: int) -> dict[str, float]:
    real = [get(family.address) for family in town]
    scan = [get(path, one.cookie) for one in town for path in (one.address, one.page)]
    forged = [get(address) for address in islice(forged_addresses(), 500)]
    with serving() as port:
        return {
            "forged": _rate(port, forged, count, {200}),
            "stranger": _rate(port, real, count, {200}),
            "helper": _rate(port, scan, count, {200, 303}),
        }


def _limits(family: Family, count: int) -> dict[str, float]:
    landing = statements_of(family.helper, family.address, 303)
    page = statements_of(family.helper, family.page, 200)
    stranger = statements_of(Client(), family.address, 200)
    hand_to_skeletons({"landing": landing, "page": page, "stranger": stranger})
    with serving("bench.skeletons:application") as port:
        return {
            "hello": _rate(port, [get("/hello")], count, {200}),
            "stranger": _rate(port, [get("/replay/stranger")], count, {200}),
            "helper": _rate(port, [get("/replay/landing"), get("/replay/page")], count, {200}),
        }


def _rate(port: int, requests: Sequence[bytes], count: int, expected: set[int]) -> float:
    load(port, islice(cycle(requests), count // 10))  # does not count: the server warms up
    answers: Answers = load(port, islice(cycle(requests), count))
    if set(answers.statuses) != expected:
        raise RuntimeError(f"The server answered {dict(answers.statuses)}, not {expected}.")
    return answers.rate


def forged_addresses() -> Iterator[str]:
    dice = random.Random(20261123)  # noqa: S311 (the same guesses in every run)
    while True:
        yield "/S/A" + "".join(dice.choices(LETTERS, k=31))


def _forged_queries() -> Row:
    client = Client()
    with CaptureQueriesContext(connection) as asked:
        for address in islice(forged_addresses(), FORGED_IN_PROCESS):
            client.get(address)
    work = f"{FORGED_IN_PROCESS:,} forged codes through the whole house"
    return Row(work, "queries", len(asked), None, "", "0", len(asked) == 0)
