"""What scanners and hands add to a code's address changes neither the answer nor what a stranger learns."""

import logging
from http import HTTPStatus

import pytest
from django.test import Client

from mashang.codes.models import Scan
from mashang.config.logs import mask_numbers

pytestmark = pytest.mark.django_db
SPELLINGS = [
    "/s/{}",
    "/S/{}/",
    "/s/{}/",
    "//S/{}",
    "/S//{}",
    "/S/{}.",
    "/S/{},",
    "/S/{}。",
    "/S/{}，",
    '/S/{}"',
    "/S/{}”",
    "/S/“{}”",
    "/S/{})",
    "/S/\ufeff{}",
    "/S/{}\u200b",
    "/s/\ufeff{}./",
]


def get(client, address):
    """As it stands on the wire: the test client would take `//S` for the name of a host."""
    return client.get("/", PATH_INFO=address.encode().decode("latin-1"))


def whole(response):
    return response.status_code, dict(response.headers), response.content


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_owner_is_led_on_from_each_spelling(case, address, signed_in, spelling):
    client, token = signed_in(case.holder.user), address.removeprefix("/S/")

    for written in (token, token.lower()):
        response = get(client, spelling.format(written))
        assert response.status_code == HTTPStatus.SEE_OTHER and response.url == "/own/"


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_stranger_learns_nothing_from_any_spelling(address, spelling):
    token = address.removeprefix("/S/")
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")

    answers = [
        whole(get(Client(), text))
        for text in (
            address,
            spelling.format(token),
            spelling.format(forged),
            spelling.format("HELLO"),
        )
    ]

    assert all(answer == answers[0] for answer in answers)
    assert Scan.objects.count() == 2, (
        "the clean address and this one, neither the forged nor the nonsense"
    )


def test_another_address_is_no_code(address, signed_in, case):
    client = signed_in(case.holder.user)

    for text in (f"{address}/x", f"/x{address}", f"/SS/{address.removeprefix('/S/')}"):
        assert client.get(text).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "text", ["Not Found: /S/{}/x", "Forbidden: /s/{}", "Not Found: //S/{}", "{} gone"]
)
def test_the_log_keeps_no_code(address, text):
    token = address.removeprefix("/S/")

    for written in (token, token.lower()):
        masked = mask_numbers(text.format(written))
        assert written not in masked and written[:8] not in masked and "***" in masked


def test_what_is_logged_of_a_refused_scan_is_masked(address, signed_in, case, caplog):
    with caplog.at_level(logging.WARNING, logger="django.request"):
        signed_in(case.holder.user).get(f"{address}/x")

    said = [mask_numbers(record.getMessage()) for record in caplog.records]
    assert said and not any(address.removeprefix("/S/") in words for words in said)
