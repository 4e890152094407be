"""NUL and half characters: refused in words on every address, in its path, its query and its fields."""

import json
import logging
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from mashang.accounts.actions import tokens
from mashang.core import text
from tests.access import further, world
from tests.access.addresses import Address, addresses, params, routes
from tests.access.doors import Doors
from tests.access.matrix import Browser, undone
from tests.builders import make_worker

pytestmark = pytest.mark.django_db
BAD = {"NUL": "\x00", "half a character": "\ud83d"}
A_FEW = ("nobody", "a stranger", "clerk A")
NAMES = re.compile(r'<(?:input|select|textarea)[^>]*?\bname="([\w.-]+)"')


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


def spelled_badly() -> Iterator[str]:
    """Each address that takes a word, with a NUL and with half a character in its place."""
    uuid, number = "00000000-0000-7000-8000-000000000000", "2"
    for _name, route, _view in routes():
        slots = [param for param, _ in params(route)]
        texts = re.findall(r"<(?:str|slug|[\w]*tab|path):(\w+)>|<(\w+)>", route)
        free = {one or other for one, other in texts}
        for slot in slots:
            if slot not in free:
                continue
            for escaped in ("%00", "a%00b", "%ED%A0%BD"):
                fill = dict.fromkeys(slots, number if "int" in route else uuid) | {slot: escaped}
                yield "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m, fill=fill: fill[m[1]], route)


def ask(browser: Browser, method: str, url: str, fields: dict[str, str] | None = None) -> int:
    """The status of what a browser that raises nothing is answered."""
    browser.client.raise_request_exception = False
    send = getattr(browser.client, method)
    with undone():
        answer = send(url, fields) if fields else send(url)
    said = answer.content.decode("utf-8", "replace")
    assert answer.status_code != 400 or "控制字符" in said or "unstorable_text" in said, url
    return int(answer.status_code)


def statuses(planted: world.World) -> dict[str, int]:
    """Every probe that broke the house: in the path, in the query, in the fields of each form."""
    broken = {}
    a_few = [Browser(actor.client()) for actor in planted.actors if actor.name in A_FEW]
    for url in spelled_badly():  # refused before it is asked who is there, so a few stand for all
        for browser in a_few:
            if (status := ask(browser, "get", url)) >= 500:
                broken[url] = status
    for address, browser, url in pages(planted):
        for method, names in (("get", queries(browser, url)), ("post", fields(browser, url))):
            fields_now = dict.fromkeys(names, "a\x00b")
            if (status := ask(browser, method, url, fields_now)) >= 500:
                broken[f"{method} {address.name}"] = status
    return broken


def pages(planted) -> Iterator[tuple[Address, Browser, str]]:
    """Every address with somebody who gets past its gate."""
    doors = Doors(planted.actors, planted.families)
    for address in addresses(most_words=1):
        if found := doors.first(address, lambda answer: answer.status_code not in (302, 403, 404)):
            yield address, *found


def fields(browser: Browser, url: str) -> list[str]:
    with undone():
        page = browser.client.get(url)
    found = NAMES.findall(page.content.decode("utf-8", "replace"))
    return [name for name in dict.fromkeys(found) if name != "csrfmiddlewaretoken"] or ["x"]


def queries(browser: Browser, url: str) -> list[str]:
    return [*fields(browser, url), "q", "page", "region", "state", "show", "next", "kind"]


def test_no_address_breaks_on_what_no_database_takes(planted):
    asked = list(spelled_badly())

    assert len(asked) > 60, "the walk knows few addresses"
    assert statuses(planted) == {}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite takes a NUL")
def test_without_the_check_the_house_breaks(planted, monkeypatch):
    """The control: what was found in November, seventeen pages of a hundred."""
    monkeypatch.setattr("mashang.web.unstorable.is_storable", lambda text: True)
    broken = [url for url in spelled_badly() if ask(Browser(Client()), "get", url) >= 500]

    assert any("/publicity/" in url for url in broken)
    assert any("/certificates/" in url for url in broken)


# What people and programs are told --------------------------------------------------------


@pytest.mark.parametrize("url", ["/publicity/%00/", "/certificates/a%00/", "/wishes/?q=%00"])
def test_people_read_a_sentence_in_their_language(url):
    page = Client().get(url)

    assert page.status_code == 400 and "看不见的控制字符" in page.text
    assert page["X-Refusal"] == "unstorable_text"
    english = Client().get(url, headers={"accept-language": "en"})
    assert "control characters" in english.text


def test_a_form_is_refused_whole_and_says_that_nothing_is_lost(chen, signed_in):
    desk = signed_in(chen)
    page = desk.post("/desk/search/", {"q": "李\x00明"})

    assert page.status_code == 400 and "填过的内容还在" in page.text


def test_names_of_fields_and_of_files_count_too():
    assert Client().post("/sign-in/", {"pho\x00ne": "1"}).status_code == 400


@pytest.mark.parametrize("header", ["user-agent", "referer", "accept-language"])
def test_headers_and_cookies_are_refused_before_anything_reads_them(header):
    page = Client().get("/", headers={header: "a\x00b"})
    assert page.status_code == 400 and "控制字符" in page.text

    client = Client()
    client.cookies["elder"] = "\x00"
    assert client.get("/").status_code == 400


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
@pytest.mark.parametrize("place", ["value", "key", "deep"])
def test_a_program_gets_the_code_for_a_body_of_json(bad, place):
    worker = make_worker()
    token = tokens.issue("x", "claim", by=worker)
    bodies = {"value": {"organisation": bad}, "key": {bad: 1}, "deep": {"a": [{"b": bad}]}}
    answer = Client().post(
        "/api/v1/wishes/XY0000/claim",
        json.dumps(bodies[place]),
        content_type="application/json",
        headers={"authorization": f"Bearer {token}", "idempotency-key": "k" * 20},
    )

    assert answer.status_code == 400 and answer.json()["code"] == "unstorable_text"


def test_a_query_of_a_program_is_refused_as_json():
    answer = Client().get("/api/v1/wishes?q=%00")
    assert answer.status_code == 400 and answer.json()["code"] == "unstorable_text"


def test_ordinary_and_rare_characters_are_taken():
    for fine in ("李明", "a\tb\r\n", "𠮷", "👨‍👩‍👧", "\ufeff", "\u200b"):
        assert text.is_storable(fine)
    assert Client().get(reverse("mobile:wall"), {"q": "𠮷野家"}).status_code == 200
    assert quote("\x00") == "%00"
