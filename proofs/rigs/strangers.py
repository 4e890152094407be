"""Scans by people without a relation, and the one who has one."""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from typing import Any

from django.db import connection

from bench.load import digest, get, load
from bench.server import serving
from bench.town import Family, families
from mashang.codes import actions, token
from proofs.report import Figure, progress
from tests.builders import make_worker, sign_in

SEED = 20261123
FAMILIES = 10
FORGED_FOR_EACH_SCAN = 10
CONTROLS = 1_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
BY_CHANCE = 2**-25  # a forged tag is right
SIGNED_IN_EVERY = 20
LONGEST = 1_800.0  # seconds


def figures(rows: int) -> list[Figure]:
    town = families(FAMILIES)
    return [_one_answer(town, rows), _no_query(town, rows * FORGED_FOR_EACH_SCAN)]


def _one_answer(town: Sequence[Family], rows: int) -> Figure:
    """All strangers' answers in one set of digests, the helpers' beside it."""
    helpers = cycle([get(family.address, family.cookie) for family in town])
    passers_by = rows // SIGNED_IN_EVERY
    with serving() as port:
        related = load(port, islice(helpers, CONTROLS), summary=digest)
        _revoke_half(town)
        nobody = _told(_scans(town), rows - passers_by)
        unknown = load(port, nobody, summary=digest, at_most=LONGEST)
        somebody = islice(_scans(town, _cookie()), passers_by)
        signed_in = load(port, somebody, summary=_digest_but_cookie, at_most=LONGEST)
    found = unknown.digests + signed_in.digests
    statuses = unknown.statuses + signed_in.statuses
    others = related.digests.keys() - found.keys()
    return Figure(
        goal=f"{rows:,} strangers' scans get one answer",
        found=f"{len(found)} digest of {found.total():,}",
        control=f"helpers: {len(others)} other digests",
        holds=len(found) == 1 and statuses == {200: rows} and bool(others),
    )


def _revoke_half(town: Sequence[Family]) -> None:
    for family in town[::2]:
        actions.reissue(family.case.holder, by=family.case.holder.user)


def _cookie() -> str:
    """Of somebody who is signed in and has nothing to do with any of the families."""
    passer_by = sign_in(make_worker("路人"))
    return f"sessionid={passer_by.cookies['sessionid'].value}"


def _digest_but_cookie(answer: bytes) -> str:
    """A session is put off once a minute, whatever is asked for: that line is its owner's own."""
    return digest(answer, but=(b"date:", b"set-cookie:"))


def _scans(town: Sequence[Family], cookie: str = "") -> Iterator[bytes]:
    """Live, revoked, retyped, forged and senseless codes in turn."""
    for family, forged in zip(cycle(town), _forged(), strict=False):
        for code in (*_spellings(family), forged, "HELLO"):
            yield get(f"/S/{code}", cookie)


def _spellings(family: Family) -> tuple[str, str]:
    code = family.address.removeprefix("/S/")
    return code, code.lower()


def _forged() -> Iterator[str]:
    dice = random.Random(SEED)  # noqa: S311 (the same guesses in every run)
    while True:
        yield "A" + "".join(dice.choices(LETTERS, k=token.LENGTH - 1))


def _told(requests: Iterator[bytes], rows: int) -> Iterator[bytes]:
    for number, request in enumerate(islice(requests, rows), start=1):
        if number % 10_000 == 0:
            progress(number, rows, "strangers' scans")
        yield request


def _no_query(town: Sequence[Family], count: int) -> Figure:
    """How many forged codes reach the database; beside genuine ones, and forged without the tag."""
    expected = count * BY_CHANCE
    asked = _asking(islice(_forged(), count))
    real = cycle([family.address.removeprefix("/S/") for family in town])
    genuine = _asking(islice(real, CONTROLS))
    untagged = _without_tag(lambda: _asking(islice(_forged(), CONTROLS)))
    return Figure(
        goal=f"{count:,} forged codes ask no query",
        found=f"{asked} asked ({expected:.2f} by chance)",
        control=f"genuine {genuine:,}, tag unchecked {untagged:,} of {CONTROLS:,}",
        holds=asked <= expected + 3 and genuine == untagged == CONTROLS,
    )


def _asking(codes: Iterator[str]) -> int:
    """How many of the codes made the scan ask the database anything."""
    asking, asked = 0, False

    def notice(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal asked
        asked = True
        return execute(*statement)

    with connection.execute_wrapper(notice):
        for code in codes:
            asked = False
            actions.scan(code, by=None)
            asking += asked
    return asking


def _without_tag(call: Callable[[], int]) -> int:
    checks = token._is_ours
    token._is_ours = lambda code: True
    try:
        return call()
    finally:
        token._is_ours = checks
