"""Every page of the house, made from the URL conf, held to WCAG 2.2 AA in a real browser.

Each address is opened by the first person who may: nobody, a worker, a helper, or one of the desks.
"""

import logging
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.access import world
from tests.access.addresses import Address, addresses
from tests.access.world import Actor, Family, World
from tests.browser.conftest import DESK, PHONE
from tests.browser.seeing import axe, too_wide

pytestmark = pytest.mark.django_db(transaction=True)
STATES = ("draft", "publicity", "filed")

# Addresses that no browser shows as a page, or that nobody of this world may open, each with why.
NO_PAGE = {
    "mobile:code-picture": "a picture",
    "mobile:photo": "a picture",
    "desk:paper-picture": "a picture",
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_page_can_be_used_by_everybody(
    open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    planted = world.build(states=STATES)
    faults, unseen = [], []
    screens = Screens(open_page, live_server.url)
    for address in addresses(most_words=1):
        if "GET" not in address.policy.methods or address.name in NO_PAGE:
            continue
        sight = first_sight(planted, address)
        if sight is None:
            unseen.append(address.name)
            continue
        page = screens.of(address, sight[0])
        page.goto(sight[1])
        faults += [f"{address.name}: {fault}" for fault in axe(page)]
        if too_wide(page):
            faults.append(f"{address.name}: wider than its screen")

    assert faults == []
    assert unseen == []


def first_sight(planted: World, address: Address) -> tuple[Actor, str] | None:
    """The first person who gets this address as a page, and its URL for the family concerned."""
    families: list[Family | None] = (
        [planted.family("A", state) for state in reversed(STATES)] if address.has_family else [None]
    )
    for actor in planted.actors:
        client = actor.client()
        for family in families:
            url = address.url(family)
            if url and _is_page(client.get(url)):
                return actor, url
    return None


def _is_page(answer: object) -> bool:
    return answer.status_code == 200 and "text/html" in answer["Content-Type"]  # type: ignore[attr-defined,index]


class Screens:
    """A phone and a desk; whoever sits before them is signed in."""

    def __init__(self, open_page: Callable[..., Page], url: str) -> None:
        self.url = url
        self.pages = {"mobile": open_page(**PHONE), "desk": open_page(**DESK)}

    def of(self, address: Address, actor: Actor) -> Page:
        page = self.pages[address.name.split(":")[0]]
        page.context.clear_cookies()
        if session := actor.client().cookies.get("sessionid"):
            cookie = {"name": "sessionid", "value": session.value, "url": self.url}
            page.context.add_cookies([cookie])
        return page
