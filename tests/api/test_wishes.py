"""心愿墙的接口: what anybody may read, page by page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.wishes.models import Wish
from tests.wishes.builders import make_claim, make_wish

pytestmark = pytest.mark.django_db


def numbers(answer):
    return [wish["number"] for wish in answer.json()["wishes"]]


def test_anybody_reads_the_wall_the_longest_waiting_first(program, branch_a):
    now = timezone.now()
    new = make_wish(union=branch_a["own"], opened_at=now - timedelta(days=1))
    old = make_wish(union=branch_a["own"], opened_at=now - timedelta(days=9))

    answer = program().look("/wishes")

    assert numbers(answer) == [old.number, new.number]
    assert answer.json()["wishes"][0]["waited_days"] == old.waited_days(timezone.localdate())


def test_what_stands_on_the_wall_leads_to_no_file(program, wish):
    said = program().look("/wishes").text

    holder = wish.holder
    for private in (wish.pk, holder.pk, holder.user_id, wish.union_path):
        assert str(private) not in said
    assert holder.name not in said


def test_the_next_page_begins_where_this_one_ended(program, branch_a):
    same = timezone.now()
    planted = {make_wish(union=branch_a["own"], opened_at=same).number for _ in range(5)}
    first = program().look("/wishes", limit=2)
    second = program().look("/wishes", limit=2, after=first.json()["next"])
    third = program().look("/wishes", limit=2, after=second.json()["next"])

    assert {*numbers(first), *numbers(second), *numbers(third)} == planted
    assert third.json()["next"] is None


def test_the_wall_is_searched_from_one_character_up_and_narrowed(program, branch_a):
    pot = make_wish(union=branch_a["own"], item="电饭煲")
    book = make_wish(union=branch_a["own"], item="字典", category="study", price_fen=5_000)

    assert numbers(program().look("/wishes", words="煲")) == [pot.number]
    assert numbers(program().look("/wishes", category="study")) == [book.number]
    assert numbers(program().look("/wishes", band="to100")) == [book.number]
    assert numbers(program().look("/wishes", words=book.number)) == [book.number]


def test_a_wish_that_is_not_on_the_wall_does_not_exist(program, branch_a):
    hidden = make_wish(union=branch_a["own"], is_hidden=True)
    waiting = make_wish(union=branch_a["own"], state="checked")

    for number in (hidden.number, waiting.number, "XY00000000000", "x"):
        answer = program().look(f"/wishes/{number}")
        assert answer.status_code == 404 and answer.json()["code"] == "missing"
    assert numbers(program().look("/wishes")) == []


def test_a_claimed_wish_is_found_by_its_number_and_not_on_the_wall(program, wish):
    make_claim(wish)

    assert program().look(f"/wishes/{wish.number}").json()["state"] == Wish.State.CLAIMED
    assert numbers(program().look("/wishes")) == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"limit": 51}, "limit"),
        ({"limit": 0}, "limit"),
        ({"category": "cash"}, "category"),
        ({"region": "甲"}, "region"),
        ({"after": "abc"}, "after"),
        ({"band": "cheap"}, "band"),
        ({"state": "submitted"}, "state"),
    ],
)
def test_what_the_wall_cannot_understand_is_named(program, asked, field):
    answer = program().look("/wishes", **asked)

    assert answer.status_code == 422 and list(answer.json()["fields"]) == [field]
