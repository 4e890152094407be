"""The wall as anybody sees it: the longest waiting first, and nothing that leads to a family."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from mashang.wishes.models import Wish
from tests.builders import sign_in
from tests.wishes.builders import make_claim, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung(branch_a):
    """Three wishes by their items; the last one made has waited longest."""
    now = timezone.now()
    return {
        item: make_wish(
            union=branch_a["own"],
            item=item,
            story="天冷了",
            searchable=item,
            opened_at=now - timedelta(days=days),
        )
        for item, days in (("棉被", 1), ("电饭煲", 2), ("羽绒服", 30))
    }


def items_on(address, client=None):
    page = (client or Client()).get(address)
    assert page.status_code == HTTPStatus.OK
    main = page.content.decode().partition("<ol")[2]
    return sorted((item for item in ("棉被", "电饭煲", "羽绒服") if item in main), key=main.index)


def test_the_longest_waiting_come_first(hung):
    assert items_on("/wishes/") == ["羽绒服", "电饭煲", "棉被"]
    assert "已等 30 天" in Client().get("/wishes/").content.decode()


@pytest.mark.parametrize(
    ("asked", "items"),
    [
        ({"words": "被"}, ["棉被"]),
        ({"words": "电饭"}, ["电饭煲"]),
        ({"region": "4501"}, ["羽绒服", "电饭煲", "棉被"]),
        ({"region": "450203"}, []),
        ({"category": "study"}, []),
        ({"band": "to200", "words": "羽绒服"}, ["羽绒服"]),
        ({"state": "fulfilled"}, []),
    ],
)
def test_filters_narrow_the_wall(hung, asked, items):
    assert items_on(f"/wishes/?{urlencode(asked)}") == items


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "submitted"},
        {"region": "45' OR 1=1"},
        {"category": "\u200b"},
        {"band": "-1"},
        {"page": "9" * 400},
        {"after": "../../etc"},
        {"before": "XY1"},
        {"words": "%_\\"},
        {"from": "groupmessage"},
    ],
)
def test_what_makes_no_sense_is_as_if_it_had_not_been_said(hung, nonsense):
    assert items_on(f"/wishes/?{urlencode(nonsense)}") == ["羽绒服", "电饭煲", "棉被"]


def test_one_goes_to_the_next_page_and_back(hung, monkeypatch):
    monkeypatch.setattr("mashang.wishes.queries.wall.A_PAGE", 2)
    first = Client().get("/wishes/").context["after"]
    second = Client().get(first).context

    assert items_on(first) == ["棉被"]
    assert second["number"] == 2 and second["after"] == ""
    assert items_on(second["before"]) == ["羽绒服", "电饭煲"]
    assert "after" not in second["before"] and "before" not in second["before"]


def test_a_page_keeps_its_filters(hung, monkeypatch):
    monkeypatch.setattr("mashang.wishes.queries.wall.A_PAGE", 1)
    after = Client().get("/wishes/?region=4501&band=to200").context["after"]

    assert "region=4501" in after and "band=to200" in after
    assert items_on(after) == ["电饭煲"]


def test_an_empty_wall_says_so_and_offers_something(db):
    page = Client().get("/wishes/").content.decode()

    assert "现在没有这样的心愿" in page and "/wishes/figures/" in page


def test_a_search_without_find_leads_back_to_all(hung):
    assert "没有找到这样的心愿" in Client().get("/wishes/?words=飞机").content.decode()


def test_whoever_is_signed_in_reads_the_same_and_nobody_keeps_it(hung, li):
    answer = sign_in(li).get("/wishes/")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content == Client().get("/wishes/?x=").content


def test_the_page_of_an_open_wish_shows_its_words(hung):
    wish = hung["棉被"]
    page = Client().get(f"/wishes/{wish.number}/").content.decode()

    assert all(
        words in page for words in (wish.item, wish.story, wish.number, wish.place, "待认领")
    )


def test_the_page_of_a_taken_wish_says_so_and_shows_others(hung):
    wish = hung["棉被"]
    make_claim(wish)
    page = Client().get(f"/wishes/{wish.number}/").content.decode()

    assert "已认领" in page and "我要认领" not in page
    assert "羽绒服" in page and "电饭煲" in page


@pytest.mark.parametrize("gone", [{"state": "withdrawn"}, {"is_hidden": True}])
def test_a_wish_that_was_taken_down_is_as_one_that_never_was(hung, gone):
    wish = hung["棉被"]
    Wish.objects.filter(pk=wish.pk).update(**gone)
    answers = [Client().get(f"/wishes/{number}/") for number in (wish.number, "XY00000000000")]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert len({answer.context["refusal"].message for answer in answers}) == 1
    assert items_on("/wishes/") == ["羽绒服", "电饭煲"]


def test_nothing_on_the_wall_leads_to_the_file(hung):
    wish = hung["棉被"]
    secrets = {wish.pk, wish.holder_id, wish.union_id, wish.holder.case.pk, wish.holder.user_id}
    secrets |= {wish.holder.case.case_no, wish.union_path, wish.holder.name}
    for address in ("/wishes/", f"/wishes/{wish.number}/", "/wishes/figures/"):
        page = Client().get(address).content.decode()
        assert [secret for secret in secrets if str(secret) in page] == [], address


@pytest.mark.parametrize(
    ("address", "most"),
    [("/wishes/?x=", 2), ("/wishes/?words=飞机&region=4501", 3), ("/wishes/figures/", 5)],
)
def test_a_page_asks_little_of_the_database(hung, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        Client().get(address)
