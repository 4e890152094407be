"""The wall's pages: the longest waiting first, every wish once, filters that agree with the wishes."""

import json
from dataclasses import asdict
from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from mashang.core.db.action import serving
from mashang.wishes.models import Wish
from mashang.wishes.prices import BANDS, band_of
from mashang.wishes.queries import wall
from mashang.wishes.queries.similar import similar_to
from mashang.wishes.queries.wall import Asked, page
from tests.cases.households import make_case
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db

CATEGORIES, REGIONS, PRICES = (
    ("goods", "study", "skill"),
    ("450126", "450181", "450203"),
    (5_000, 25_000),
)
KINDS = list(product(CATEGORIES, REGIONS, PRICES))


@pytest.fixture
def holder(branch_a):
    return make_case(branch_a["own"]).holder


@pytest.fixture
def many(branch_a, holder):
    """Ninety wishes of every kind; some came to the wall at the same moment."""
    first = make_wish(holder, state="fulfilled")
    now = timezone.now()
    for number in range(90):
        category, region, price = KINDS[number % len(KINDS)]
        again = Wish.objects.get(pk=first.pk)
        again.pk, again._state.adding = None, True
        again.id = Wish._meta.pk.get_default()
        again.number = f"XY{number:011}"
        again.category, again.region_code, again.price_fen = category, region, price
        again.item = f"{'棉被' if number % 4 else '书包'}"
        again.searchable = again.item
        again.opened_at = now - timedelta(days=number // 3)
        again.save()
        again.put_in_search()
    Wish.objects.filter(pk=first.pk).delete()


@pytest.fixture(params=[wall.NEAR, wall.A_PAGE + 1], ids=["by looking", "by tokens"], autouse=True)
def near(request, monkeypatch):
    monkeypatch.setattr(wall, "NEAR", request.param)


DONE = {"state": "fulfilled"}  # one household may have many of them
ASKED = [
    Asked(**DONE),
    Asked(**DONE, category="study"),
    Asked(**DONE, region="4501"),
    Asked(**DONE, region="450181", band="to300"),
    Asked(**DONE, words="被"),
    Asked(**DONE, words="棉被", category="goods"),
    Asked(**DONE, words="棉 被", region="4502", band="to100"),
]


def expected(asked):
    rows = Wish.objects.filter(state=asked.state).order_by("-opened_at", "-pk")
    return [
        row.number
        for row in rows
        if (not asked.category or row.category == asked.category)
        and row.region_code.startswith(asked.region)
        and (not asked.band or band_of(row.price_fen).code == asked.band)
        and all(term in row.searchable for term in asked.terms)
    ]


def walked(asked, towards):
    """All pages one after another, from one end to the other."""
    pages, place = [], {}
    while True:
        found = page(Asked(**{**asdict(asked), **place}))
        pages.append([card.number for card in found.cards])
        edge = getattr(found, towards)
        if not edge:
            return pages
        place = {towards: edge}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_the_pages_hold_every_wish_once_and_in_order(many, asked):
    numbers = expected(asked)
    pages = walked(asked, "after")

    assert [number for each in pages for number in each] == numbers
    assert {len(each) for each in pages[:-1]} <= {wall.A_PAGE}


@pytest.mark.parametrize("asked", ASKED[:4], ids=str)
def test_the_way_back_shows_the_same_wishes(many, asked):
    numbers, back = expected(asked), []
    found = page(Asked(**{**asdict(asked), "before": numbers[-1]}))
    while found.cards:
        back = [card.number for card in found.cards] + back
        if not found.before:
            break
        found = page(Asked(**{**asdict(asked), "before": found.before}))

    assert back == numbers[:-1]


def test_whoever_waits_longest_comes_first(branch_a):
    now = timezone.now()
    for days in (1, 30, 7):
        make_wish(union=branch_a["own"], opened_at=now - timedelta(days=days))

    assert [card.waited_days for card in page(Asked()).cards] == [30, 7, 1]


def test_what_is_no_longer_on_the_wall_is_on_no_page(branch_a):
    for state in ("submitted", "checked", "returned", "withdrawn"):
        make_wish(union=branch_a["own"], state=state)
    make_wish(union=branch_a["own"], is_hidden=True)

    assert page(Asked()).cards == page(Asked(words="锅")).cards == []


def test_a_wishs_number_leads_to_it_in_any_state_on_the_wall(branch_a):
    taken = make_wish(union=branch_a["own"], state="claimed")
    hidden = make_wish(union=branch_a["own"], is_hidden=True)

    assert [card.number for card in page(Asked(words=f" {taken.number.lower()} ")).cards] == [
        taken.number
    ]
    assert page(Asked(words=hidden.number)).cards == []


def test_a_page_from_a_wish_that_never_was_is_empty(many):
    assert page(Asked(**DONE, after="XY99999999999")).cards == []


def test_nothing_of_a_card_leads_to_the_file(branch_a):
    wish = make_wish(union=branch_a["own"])
    said = json.dumps(asdict(page(Asked()).cards[0]), ensure_ascii=False)

    for secret in (
        wish.pk,
        wish.holder_id,
        wish.union_id,
        wish.holder.case.pk,
        wish.holder.case.case_no,
    ):
        assert str(secret) not in said
    assert wish.holder.name not in said
    assert wish.spec == "" or wish.spec not in said


@pytest.mark.parametrize(
    ("asked", "most"), [(Asked(), 1), (Asked(words="棉被", category="skill"), 2)]
)
def test_a_page_costs_two_queries_at_most(many, django_assert_max_num_queries, asked, most):
    with django_assert_max_num_queries(most), serving():
        page(asked)


def test_similar_wishes_are_near_first_then_alike_then_any(branch_a):
    def here(**also):
        return make_wish(union=branch_a["own"], **also)

    any_other, elsewhere, near = here(category="skill"), here(region_code="450203"), here()
    taken = here(state="claimed")

    found = [card.number for card in similar_to(taken)]

    assert found == [wish.number for wish in (near, elsewhere, any_other)]
    assert [card.number for card in similar_to(wall.wish(taken.number))] == found


def test_the_bands_leave_no_gap():
    assert all(
        band.above_fen == before.up_to_fen for before, band in zip(BANDS, BANDS[1:], strict=False)
    )
    assert [band_of(fen).code for fen in (1, 10_000, 10_001, 50_000, 50_001)] == [
        "to100", "to100", "to200", "to500", "over500",
    ]  # fmt: skip


def test_a_place_is_named_once(branch_a, branch_b):
    assert wall.regions() == [("4501", "青山市", True), ("450100", "青山县", False)]
