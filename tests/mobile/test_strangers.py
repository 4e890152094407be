"""A scan by somebody who carries no cookie: written down, and answered from one drawing."""

from http import HTTPStatus

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mashang.codes import actions
from mashang.codes import token as tokens
from mashang.codes.models import Scan
from mashang.core.errors import Busy, OutcomeUnknown
from mashang.mobile.codes.scan_writer import WRITER

pytestmark = pytest.mark.django_db


def forged(address):
    return address[:-1] + ("A" if address[-1] != "A" else "B")


def whole(response):
    return response.status_code, dict(response.headers), response.content


def test_a_forged_code_asks_the_database_nothing(address, django_assert_num_queries):
    with django_assert_num_queries(0):
        answers = {Client().get(forged(address)).status_code for _ in range(3)}

    assert answers == {HTTPStatus.OK}


def test_live_revoked_and_forged_codes_cost_the_same_statements_and_the_rows_come_later(
    case, address, monkeypatch, django_assert_num_queries
):
    """Control: written at once, a code that is ours costs statements, and a clock would tell."""
    new = actions.reissue(case.holder, by=case.holder.user)
    live = f"/S/{tokens.mint(case.holder_id, new.generation)}"
    known = Client(headers={"cookie": "elder=0"})
    Client().get(live)
    monkeypatch.setattr(WRITER, "waits", True)
    monkeypatch.setattr(WRITER, "_thread", "a thread that does not look during the test")
    written = Scan.objects.count()

    for text in (live, address, forged(live), "/S/HELLO"):
        with django_assert_num_queries(0):
            assert Client().get(text).status_code == HTTPStatus.OK
            assert known.get(text).status_code == HTTPStatus.OK

    assert written == Scan.objects.count() == 1
    with CaptureQueriesContext(connection) as asked:
        WRITER.write()
    assert len(asked) >= 4 and Scan.objects.count() == 1 + 2 * 2


def test_what_cannot_be_written_does_not_stop_the_writer(address, monkeypatch):
    answers = iter([OperationalError("database is locked"), None])
    write = actions._look_at

    def now_and_then(*args, **kwargs):
        if failure := next(answers):
            raise failure
        return write(*args, **kwargs)

    monkeypatch.setattr(actions, "_look_at", now_and_then)
    Client().get(address)
    Client().get(address)

    assert Scan.objects.count() == 1


def test_scans_that_nobody_can_write_do_not_fill_the_memory(address, monkeypatch, settings):
    settings.MASHANG_LIMITS = {"scans": 3}  # as many as would be written down
    monkeypatch.setattr(WRITER, "waits", True)
    monkeypatch.setattr(WRITER, "_thread", "asleep")

    assert {Client().get(address).status_code for _ in range(5)} == {HTTPStatus.OK}

    assert list(WRITER._counts.values()) == [3]
    WRITER.write()
    assert Scan.objects.count() == 3


def test_each_scan_of_a_real_code_is_written_down_once(address):
    for _ in range(3):
        Client().get(address)

    assert [scan.shown for scan in Scan.objects.all()] == [Scan.Shown.NEUTRAL] * 3


def test_live_dead_and_forged_codes_get_one_answer(case, address):
    client = Client()
    answers = [whole(client.get(text)) for text in (address, forged(address), "/S/HELLO")]
    actions.reissue(case.holder, by=case.holder.user)
    answers.append(whole(client.get(address)))

    assert all(answer == answers[0] for answer in answers)


def test_it_is_the_answer_that_the_page_itself_gives(address):
    with_cookie = Client(headers={"cookie": "elder=0"})

    assert whole(with_cookie.get(address)) == whole(Client().get(address))


def test_each_language_has_its_own_drawing(address):
    client = Client()
    chinese = client.get(address, headers={"accept-language": "zh-CN"})
    english = client.get(address, headers={"accept-language": "en-GB"})

    assert chinese.headers["Content-Language"] == "zh-hans"
    assert english.headers["Content-Language"] == "en"
    assert whole(client.get(address, headers={"accept-language": "zh-CN"})) == whole(chinese)


@pytest.mark.parametrize("path", ["/S/", "/S/A/B"])
def test_other_addresses_are_not_scans(path, db):
    assert Client().get(path).status_code == HTTPStatus.NOT_FOUND


def test_nothing_can_be_posted_to_a_code(address):
    assert Client().post(address).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_refused_first_visitor_spoils_nothing_for_the_next(address, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()

    assert client.get(address, headers={"host": "evil.example"}).status_code == 400
    assert client.get(address).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "failure", [OperationalError("database is locked"), Busy(), OutcomeUnknown()]
)
def test_while_the_database_is_locked_our_codes_answer_like_the_others(
    address, monkeypatch, failure
):
    """A page that fails would tell that the code is one of ours."""

    def wait(*args, **kwargs):
        raise failure

    other = whole(Client().get(forged(address)))
    monkeypatch.setattr(actions, "_look_at", wait)
    known = Client(headers={"cookie": "elder=0"})

    assert whole(Client().get(address)) == other
    assert known.get(address).status_code == HTTPStatus.OK
