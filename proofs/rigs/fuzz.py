"""Requests that no form would send, from a seed: every address, every role, senseless values."""

import random
import string
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver

from proofs.report import progress
from tests.access import further, matrix, world
from tests.access.addresses import addresses

FIELDS = (
    "q", "page", "reason", "body", "kind", "union", "number", "phone", "code", "next", "photo",
    "signature", "key", "state", "talked_on", "amount", "granted_fen", "level", "category", "elder",
    "name", "id_number", "born_on", "password", "username", "sort", "due", "whose", "receipt", "to",
    "seen", "purpose", "account", "phones", "ticket", "why", "note", "day",
)  # fmt: skip
VALUES: list[Callable[[random.Random], Any]] = [
    lambda dice: "",
    lambda dice: "\x00" + "a" * dice.randrange(50),
    lambda dice: b"\xed\xa0\xbd" + dice.randbytes(8),  # half a character, and bytes that are none
    lambda dice: "张" * dice.randrange(1, 3000),
    lambda dice: str(dice.randrange(-(2**70), 2**70)),
    lambda dice: f"{dice.randrange(40)}-{dice.randrange(40)}-{dice.randrange(99999)}",
    lambda dice: "'; DROP TABLE x; --",
    lambda dice: "{{ 7*7 }}{% debug %}",
    lambda dice: "".join(dice.choices(string.printable, k=40)),
    lambda dice: "\ud83d\ude00\u202e\ufeff".encode("utf-16", "surrogatepass").decode("utf-16"),
    lambda dice: [dice.random() for _ in range(5)],
    lambda dice: "9" * 400,
    lambda dice: "../../etc/passwd",
    lambda dice: "1e400",
    lambda dice: SimpleUploadedFile("x.jpg", dice.randbytes(200)),
]
METHODS = ("GET", "GET", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Answers:
    asked: int
    routes: int
    errors: int
    told: list[str]  # the first few of the errors
    by_class: dict[str, int]
    control: int  # errors counted when one view raises
    control_asked: int


def ask(rows: int, seed: int) -> Answers:
    planted = world.build(("draft", "publicity", "filed"))
    further.plant(planted)
    dice = random.Random(seed)  # noqa: S311
    statuses: Counter[int] = Counter()
    names, told = set(), []
    for number, (name, line, status) in enumerate(_requests(planted, dice, rows), start=1):
        statuses[status] += 1
        names.add(name)
        if status >= 500 and len(told) < 20:
            told.append(f"{line}: {status}")
        if number % 1000 == 0:
            progress(number, rows, "requests")
    with one_view_raises():
        control = [s for _, _, s in _requests(planted, dice, 5 * len(addresses()))]
    classes = Counter(f"{status // 100}xx" for status in statuses.elements())
    return Answers(
        asked=rows,
        routes=len(names),
        errors=sum(count for status, count in statuses.items() if status >= 500),
        told=told,
        by_class=dict(classes),
        control=sum(status >= 500 for status in control),
        control_asked=len(control),
    )


def _requests(
    planted: world.World, dice: random.Random, rows: int
) -> Iterator[tuple[str, str, int]]:
    """(address, what was asked, status); each in a transaction of its own that is undone."""
    browsers = [(a, matrix.Browser(a.client())) for a in planted.actors]
    asked = addresses()
    for number in range(rows):
        actor, browser = dice.choice(browsers)
        address = asked[number % len(asked)]
        url = address.url(dice.choice(planted.families)) or address.phantom()
        method = dice.choice(METHODS)
        data = {dice.choice(FIELDS): dice.choice(VALUES)(dice) for _ in range(dice.randrange(6))}
        if dice.random() < 0.1:
            url += dice.choice(
                (
                    "x",
                    "%00",
                    "%ED%A0%BD",
                    "?page=-1",
                    "?q=%00",
                    "?q=%ED%A0%BD",
                    "?page=x",
                    "?next=//evil.example",
                    "//",
                )
            )
        headers = {"HX-Request": "true"} if dice.random() < 0.2 else {}
        status = browser.send(method, url, data, headers)
        yield address.name, f"{method} {url} {data} by {actor.name}", status


@contextmanager
def one_view_raises() -> Iterator[None]:
    """Sabotage: the front page fails."""
    home = _pattern("home")
    with patch.object(home, "callback", _raise):
        yield


def _pattern(name: str) -> URLPattern:
    phone = get_resolver().url_patterns[-1]
    return next(entry for entry in phone.url_patterns if entry.name == name)


def _raise(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("a view that fails")
