"""The wall's first page as most people get it: drawn once, and never older than some seconds."""

from http import HTTPStatus

import pytest
from django.test import Client

from mashang.mobile.wishes import anonymous_wall
from tests.builders import sign_in
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db
WALL = "/wishes/"


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


def whole(answer):
    return answer.status_code, dict(answer.headers), answer.content


def test_the_second_passer_by_costs_no_query(wish, django_assert_num_queries):
    client = Client()
    first = client.get(WALL)

    with django_assert_num_queries(0):
        assert whole(client.get(WALL)) == whole(first)


def test_it_is_the_page_that_the_house_itself_gives(wish):
    plain, through = Client().get(WALL), Client().get(f"{WALL}?x=")

    assert plain.content == through.content
    assert {name: plain.headers[name] for name in through.headers} == dict(through.headers)


def test_its_headers_say_what_is_so(wish):
    headers = Client().get(WALL).headers

    assert headers["Cache-Control"] == "public, max-age=5"
    assert {"Cookie", "Accept-Language"} <= set(headers["Vary"].replace(" ", "").split(","))
    assert "Set-Cookie" not in headers


def test_whoever_has_it_already_is_told_so_in_few_bytes(wish):
    client = Client()
    tag = client.get(WALL).headers["ETag"]
    again = client.get(WALL, headers={"if-none-match": f'W/"x", {tag}'})
    other = client.get(WALL, headers={"if-none-match": '"x"'})

    assert (again.status_code, again.content, again.headers["ETag"]) == (
        HTTPStatus.NOT_MODIFIED,
        b"",
        tag,
    )
    assert other.status_code == HTTPStatus.OK


def test_a_claim_is_seen_at_once(wish, django_capture_on_commit_callbacks):
    client = Client()
    assert wish.number in client.get(WALL).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        wish.transition_to("claimed")

    assert wish.number not in client.get(WALL).content.decode()


def test_a_change_by_another_process_is_seen_after_some_seconds(wish, monkeypatch):
    client = Client()
    client.get(WALL)
    type(wish).objects.filter(pk=wish.pk).update(is_hidden=True)
    assert wish.number in client.get(WALL).content.decode()
    later = anonymous_wall.time.monotonic() + anonymous_wall.SECONDS
    monkeypatch.setattr(anonymous_wall.time, "monotonic", lambda: later)

    assert wish.number not in client.get(WALL).content.decode()


@pytest.mark.parametrize("cookie", ["elder=1", "django_language=en"])
def test_who_reads_otherwise_gets_a_page_of_their_own(wish, cookie):
    client = Client()
    plain = client.get(WALL).content

    assert client.get(WALL, headers={"cookie": cookie}).content != plain


def test_each_language_has_its_own_drawing(wish):
    client = Client()
    languages = [
        client.get(WALL, headers={"accept-language": said}) for said in ("zh-CN", "en", "zh-CN")
    ]

    assert [each.headers["Content-Language"] for each in languages] == ["zh-hans", "en", "zh-hans"]


def test_whoever_is_signed_in_is_not_a_passer_by(wish, li):
    client = sign_in(li)

    assert client.get(WALL).headers["Cache-Control"] == "no-store"
    assert "ETag" not in client.get(WALL).headers


def test_nothing_can_be_posted_to_the_wall(wish):
    assert Client().post(WALL).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_a_refused_first_visitor_spoils_nothing_for_the_next(wish, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()

    assert client.get(WALL, headers={"host": "evil.example"}).status_code == HTTPStatus.BAD_REQUEST
    assert client.get(WALL).status_code == HTTPStatus.OK
