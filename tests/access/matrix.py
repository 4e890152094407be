"""The cells: address × method × person × family. Each is asked for, judged, and rolled back.

A cell is red if a private word of any family reaches somebody who may not see it there; if the
address of a family that must not exist for this person answers otherwise than one that never was;
or if the server fails.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import escape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from mashang.unions.roles import holds
from mashang.web.policies import Level, Who
from tests.access.addresses import Address, addresses
from tests.access.desk_rights import EXISTS, P3, P4
from tests.access.world import Actor, Family, World

_ADDRESS = re.compile(r'(?:href|action|src|hx-\w+)="([^"]*)"')
METHODS = ("GET", "POST", "PUT", "DELETE")
# Something plausible for whatever a form asks.
FORM = {
    "reason": "需要联系本人核对情况",
    "purpose": "identity",
    "why": "情况有变化",
    "body": "今天通了电话",
    "words": "情况已经核实",
    "opinion": "同意",
    "talked_on": "2026-11-01",
    "place": "公告栏",
    "q": "职工",
}


@dataclass(frozen=True)
class Cell:
    address: Address
    method: str
    actor: Actor
    family: Family | None
    status: int
    phantom_status: int | None  # how an address that never was answers
    leaks: tuple[str, ...]
    sights: int  # private words seen by right

    @property
    def is_private(self) -> bool:
        """A family's own address, asked for by somebody to whom the family must not exist."""
        theirs = self.family is not None and self.address.is_of_family
        return theirs and not self.actor.may(EXISTS, self.family)  # type: ignore[arg-type]

    @property
    def depends_on_scope(self) -> bool:
        """Private, and past every gate that stands before the scope: who, permission, method."""
        user, policy = self.actor.user, self.address.policy
        if not self.is_private or user is None or self.method not in policy.methods:
            return False
        if policy.who is Who.STAFF and not user.is_staff:
            return False
        return policy.permission is None or holds(user, policy.permission)

    @property
    def is_red(self) -> bool:
        shows = self.is_private and self.status != self.phantom_status
        return shows or bool(self.leaks) or self.status >= 500

    def __str__(self) -> str:
        words = "/".join(word for _, word in self.address.words)
        whose = "/".join(self.family.place) if self.family else "-"
        was = "" if self.phantom_status is None else f" (never was: {self.phantom_status})"
        return (
            f"{self.method} {self.address.name} {words} of {whose} by {self.actor.name}: "
            f"{self.status}{was} {' '.join(self.leaks)}"
        )


def walk(
    world: World,
    *,
    methods: Iterable[str] = METHODS,
    actors: Iterable[Actor] | None = None,
    families: Iterable[Family] | None = None,
    asked: Iterable[Address] | None = None,
) -> Iterator[Cell]:
    """Every cell of these people, families, addresses and methods."""
    asked = list(asked or addresses())
    whose = list(families or world.families)
    for actor in actors or world.actors:
        browser = Browser(actor.client())
        for address in asked:
            for method in methods:
                yield from _row(world, browser, actor, address, method, whose)


def _row(
    world: World,
    browser: "Browser",
    actor: Actor,
    address: Address,
    method: str,
    whose: list[Family],
) -> Iterator[Cell]:
    """One address and method, asked by one person for each family, and for one that never was."""
    phantom = None
    if address.is_of_family:
        phantom = browser.ask(method, address.phantom()).status_code
    for family in whose if address.has_family else [None]:
        url = address.url(family)
        if url is None:
            continue
        answer = browser.ask(method, url)
        leaks, sights = seen(world, actor, address, answer)
        yield Cell(address, method, actor, family, answer.status_code, phantom, leaks, sights)


class Browser:
    """One person's browser; after each question everything is as it was before."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}

    def ask(self, method: str, url: str, then: Callable[[], object] = lambda: None) -> HttpResponse:
        """The answer; `then` is called before everything is undone."""
        self.client.cookies = SimpleCookie(self.cookies)
        data = FORM if method in ("GET", "POST") else None
        send: Any = getattr(self.client, method.lower())
        with undone():
            answer = send(url, data) if data else send(url)
            then()
            return answer

    def open(self, url: str, method: str = "GET") -> HttpResponse:
        """The answer to somebody whom a link leads there, with no word but the address."""
        self.client.cookies = SimpleCookie(self.cookies)
        with undone():
            return self.client.generic(method, url)

    def send_form(self, url: str, form: dict[str, str]) -> HttpResponse:
        """The page that somebody sees who has sent a form, where it leads included."""
        self.client.cookies = SimpleCookie(self.cookies)
        with undone():
            return self.client.post(url, form, follow=True)

    def send(self, method: str, url: str, data: dict[str, Any], headers: dict[str, str]) -> int:
        """The status of a request that no form would send; a body goes with POST only."""
        self.client.cookies = SimpleCookie(self.cookies)
        send: Any = getattr(self.client, method.lower())
        with undone():
            body = {"data": data} if method in ("GET", "POST") else {}
            return int(send(url, headers=headers, **body).status_code)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside is rolled back; to actions it looks like no transaction at all."""
    atomic: Any = transaction.atomic()
    atomic._from_testcase = True
    with atomic:
        try:
            yield
        finally:
            transaction.set_rollback(True)


def seen(
    world: World, actor: Actor, address: Address, answer: HttpResponse
) -> tuple[tuple[str, ...], int]:
    """(private words that this person may not see there, how many of them they see by right)."""
    said, level = text_of(answer), address.policy.level
    leaks, sights = [], 0
    for family in world.families:
        for kind, words, levels in (
            (P3, family.p3, (Level.P3, Level.P4)),
            (P4, family.p4, (Level.P4,)),
        ):
            found = [word for word in words if any(form in said for form in spellings(word))]
            if found and actor.may(kind, family) and level in levels:
                sights += len(found)
            else:
                leaks += found
    return tuple(leaks), sights


def text_of(answer: Any) -> str:
    """Body and headers of an answer as one text."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{answer.cookies.output()}\n{body.decode(errors='replace')}"


def addresses_in(answer: Any) -> list[str]:
    """Where an answer leads: its links, its forms, its redirect."""
    return [answer.get("Location", ""), *_ADDRESS.findall(text_of(answer))]


@cache
def spellings(word: str) -> frozenset[str]:
    """A word as it may stand in a page, an address, a header or a JSON text."""
    return frozenset({word, escape(word), quote(word), json.dumps(word)[1:-1]})
