"""口令地址: what stands in an address and opens something stands in no log, and no answer passes it on."""

import re

import pytest
from django.urls import reverse

from mashang.config.logs import mask_numbers
from mashang.core.requests.secret_addresses import HIDDEN, is_secret
from mashang.mobile.cases import publicity
from mashang.web.policies import Who
from tests.access import further, world
from tests.access.addresses import OF_FAMILY, OPEN, params, policy_of, routes

SECRET = {
    ("S", "str"),
    ("certificates", "str"),
    ("publicity", "str"),
    ("screen", "str"),
    ("sign-ins", "str"),
    ("w", "str"),
}
# What else stands in an address without being an identifier, and why it may be read.
WORDS = {
    "number": "a wish's number: it stands on the wall",
    "key": "a step, a field, or a member of one's own form",
    "part": "a part of a form",
    "kind": "a kind of form, paper or rule",
    "tab": "a tab of a page",
    "code": "a rule or a region",
    "purpose": "a kind of consent",
}
IDENTIFIERS = {"uuid", "uuidstr", "int"}
VALUE = "q7RkzM-Vt_0aW4xN"


def parameters():
    """(name, route, view, parameter, its place) of everything that stands in an address."""
    for name, route, view in routes():
        for param, place in params(route):
            yield name, route, view, param, place


def filled(route, param):
    def value(found):
        return VALUE if found[2] == param else "1"

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, route)


def kind(route, param):
    found = re.search(rf"<(?:(\w+):)?{param}>", route)
    return found[1] or "str"


def test_each_word_in_an_address_is_a_secret_or_said_to_be_none():
    asked = {place for *_, place in parameters()}
    untold = [
        (route, param)
        for _, route, _, param, place in parameters()
        if kind(route, param) not in IDENTIFIERS and place not in SECRET and param not in WORDS
    ]

    assert untold == [], "say in SECRET or WORDS what may stand there"
    assert asked >= SECRET
    assert asked <= SECRET | set(OF_FAMILY) | set(OPEN) | {p for p in asked if p[1] in WORDS} | {
        place for *_, param, place in parameters() if param in WORDS or place[1] in IDENTIFIERS
    }


def test_no_identifier_opens_a_page_to_whoever_knows_it():
    """Those are in the logs: an address with one always asks who is there."""
    open_by_key = [
        route
        for _, route, view, param, place in parameters()
        if policy_of(view).who is Who.ANYONE and place not in SECRET and param not in WORDS
    ]

    assert open_by_key == []


@pytest.mark.parametrize(
    "text", ["Forbidden: {}", "{}", "https://bf.example.cn{}?x=1", "'{}'", "GET {}/more HTTP/1.1"]
)
def test_the_secret_of_an_address_is_masked_in_every_line_of_a_log(text):
    for _, route, _, param, place in parameters():
        line = mask_numbers(text.format(filled(route, param)))
        assert (VALUE not in line) == (place in SECRET), route


@pytest.mark.parametrize("prefix", ["/events/w/", "/s/", "//S//", "/desk/events/w/"])
def test_also_inside_another_address_and_as_scanners_spell_it(prefix):
    inside = prefix.replace("/", "%2F")

    assert (
        mask_numbers(f"/sign-in/?next={inside}{VALUE}%2F") == f"/sign-in/?next={inside}{HIDDEN}%2F"
    )
    assert mask_numbers(f"Not Found: {prefix}{VALUE}/x") == f"Not Found: {prefix}{HIDDEN}/x"


def test_an_address_is_known_as_secret_before_it_is_resolved():
    for _, route, _, param, place in parameters():
        assert is_secret(filled(route, param)) == (place in SECRET), route


# What they answer -----------------------------------------------------------------------------


@pytest.fixture
def doors(db, signed_in):
    """Each secret address with a value that is one and with one that is none, and who may ask there."""
    planted = world.build(states=("publicity", "filed"))
    further.plant(planted)
    family = next(each for each in planted.families if "fair_code" in each.keys)
    notice = next(each for each in planted.families if "slug" in each.keys)
    held = family.keys | {"slug": notice.keys["slug"]}
    urls = []
    for name, _route, _, param, place in parameters():
        if place in SECRET:
            here = held.get(OPEN.get(place, ""))
            urls += [reverse(name, kwargs={param: value}) for value in (here, VALUE) if value]
    return planted, urls


def asked_by(planted, signed_in, client):
    yield client
    for who in ("clerk A", "a stranger"):
        yield signed_in(planted.person(who))


def test_no_answer_of_a_secret_address_is_found_or_passed_on(doors, client, signed_in):
    planted, urls = doors
    seen = set()
    for browser in asked_by(planted, signed_in, client):
        browser.raise_request_exception = False
        for url in urls:
            for method in ("get", "head", "post", "put"):
                response = getattr(browser, method)(url)
                seen.add(response.status_code // 100)
                told = response.headers
                assert told["X-Robots-Tag"] == "noindex, nofollow", (
                    method,
                    url,
                    response.status_code,
                )
                asked = (method, url, response.status_code)
                if method == "head":
                    assert told["Referrer-Policy"] in ("origin", "no-referrer"), asked
                    continue
                needs_origin = b'method="post"' in response.content
                allowed = "origin" if needs_origin else "no-referrer"
                assert told["Referrer-Policy"] == allowed, asked
    assert seen >= {2, 3, 4}


@pytest.mark.django_db
def test_nor_is_a_page_that_breaks(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(publicity, "_page", broken)
    client.raise_request_exception = False

    response = client.get(f"/publicity/{VALUE}/")

    assert response.status_code == 500
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.django_db
def test_a_page_beside_them_is_left_as_it_was(client):
    assert client.get("/guide/").headers["Referrer-Policy"] == "same-origin"


def test_what_the_database_quotes_of_a_row_is_no_matter_for_a_log():
    told = mask_numbers(
        'psycopg.errors.CheckViolation: new row violates check constraint "x"\n'
        "DETAIL:  Failing row contains (李春燕, first line\nsecond line).\n\n"
        "The above exception was the direct cause of the following exception:\n\n"
        "Traceback (most recent call last):\n"
        "django.db.utils.DataError: invalid input\nLINE 1: SELECT '绿水乡'\n               ^"
    )

    assert not re.search("李春燕|second line|绿水乡", told)
    assert 'check constraint "x"' in told and "Traceback" in told
