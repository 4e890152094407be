"""HEAD: a look at the headers changes nothing that a look at the page would not."""

import logging
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mashang.web import policies
from tests.access import further, world
from tests.access.addresses import Address, addresses
from tests.access.doors import Doors
from tests.access.matrix import Browser

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # methods and views, whatever database
WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def planted() -> world.World:
    planted = world.build(states=("draft", "publicity", "filed"))
    further.plant(planted)
    return planted


def asked(browser: Browser, method: str, url: str) -> tuple[int, Counter[tuple[str, str]]]:
    """The status, and which tables were written how often."""
    with CaptureQueriesContext(connection) as queries:
        status = browser.open(url, method).status_code
    found = (WRITES.match(query["sql"]) for query in queries)
    return status, Counter(match.groups() for match in found if match)


def seen_by_somebody(planted: world.World) -> Iterator[tuple[Address, Browser, str]]:
    """Every page that takes a form too, with somebody who gets it and its URL for them."""
    doors = Doors(planted.actors, planted.families)
    for address in addresses(most_words=1):
        if not {"GET", "POST"} <= set(address.policy.methods):
            continue
        if hit := doors.first(address, lambda answer: answer.status_code == 200):
            yield address, *hit


def unlike(pages: list[tuple[Address, Browser, str]]) -> dict[str, str]:
    """The addresses that HEAD answers, or writes for, otherwise than GET."""
    found = {}
    for address, browser, url in pages:
        get, head = asked(browser, "GET", url), asked(browser, "HEAD", url)
        if get != head:
            found[address.name] = f"GET {get}, HEAD {head}"
    return found


def test_head_does_what_get_does_on_every_page_with_a_form(planted, monkeypatch):
    pages = list(seen_by_somebody(planted))

    assert len(pages) > 60, "the walk came through few doors"
    assert unlike(pages) == {}

    monkeypatch.setattr(
        policies, "IN_PLACE_OF", {}
    )  # the fault: what is no GET is taken for a form
    taken = unlike(pages)
    assert len(taken) > 10
    assert any("UPDATE" in what or "INSERT" in what for what in taken.values())
