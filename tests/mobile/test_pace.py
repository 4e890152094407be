"""步速: a network that copies the wall is told to wait; the one beside it is not, and no query is spent."""

import pytest
from django.test import Client

from mashang.core.requests.throttle import Throttle
from mashang.web import public_throttle
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db
WALL = "/wishes/"
DECLARED = public_throttle.PUBLIC


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    monkeypatch.setattr(public_throttle, "PUBLIC", Throttle(at_once=2, per_second=0.01))


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


def answers(address, times=3, **client):
    browser = Client(**client)
    return [browser.get(address) for _ in range(times)]


@pytest.mark.parametrize(
    "address",
    [f"{WALL}?words=锅", f"{WALL}figures/", f"{WALL}honours/", "/certificates/", "{wish}"],
)
def test_two_pages_are_shown_and_the_third_is_refused(wish, address):
    *shown, refused = answers(address.replace("{wish}", f"{WALL}{wish.number}/"))

    assert [page.status_code for page in shown] == [200, 200]
    assert refused.status_code == 429 and refused.headers["X-Refusal"] == "too_many"
    assert 1 <= int(refused.headers["Retry-After"]) <= 100
    assert "操作太频繁" in refused.content.decode()


def test_the_page_that_is_drawn_once_is_counted_too(wish):
    public_throttle.PUBLIC = Throttle(
        at_once=4, per_second=0.01
    )  # the drawing itself counts as one
    *shown, refused = answers(WALL, times=4)

    assert [page.status_code for page in shown] == [200] * 3
    assert refused.status_code == 429 and refused.headers["Retry-After"]


def test_a_refusal_is_never_given_to_the_next(wish):
    answers(WALL)

    assert [page.status_code for page in answers(WALL, 1, REMOTE_ADDR="10.9.9.9")] == [200]


def test_another_network_reads_on(wish):
    answers(f"{WALL}figures/")

    assert answers(f"{WALL}figures/", 1, REMOTE_ADDR="10.9.9.9")[0].status_code == 200


def test_all_of_one_line_count_together(wish):
    line = [f"2001:db8:1:2::{n}" for n in (1, 2, 3)]
    found = [Client(REMOTE_ADDR=one).get(f"{WALL}figures/").status_code for one in line]

    assert found == [200, 200, 429]


def test_counting_costs_no_query(wish, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(public_throttle, "PUBLIC", Throttle(at_once=100, per_second=1))
    client = Client()
    client.get(WALL)

    with django_assert_num_queries(0):
        assert client.get(WALL).status_code == 200


def test_pages_without_data_and_pages_of_ones_own_are_not_counted(wish):
    assert {page.status_code for page in answers("/guide/", 5)} == {200}


def test_an_office_of_hundreds_never_meets_it():
    declared = Throttle(at_once=DECLARED.at_once, per_second=DECLARED.per_second)

    assert not any(declared.wait("office") for _ in range(500 * 5))


def test_five_million_wishes_take_a_reader_of_one_network_days():
    assert 5_000_000 / DECLARED.per_second > 2 * 86_400
