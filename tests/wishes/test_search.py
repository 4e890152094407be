"""Every piece of a wish's words finds it, on both databases; and the tokens keep step with the wall."""

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mashang.wishes import search, wall_index
from mashang.wishes.queries import wall
from mashang.wishes.queries.wall import Asked
from tests.builders import make_staff
from tests.wishes.wishing import make_wish

ALPHABET = "电饭煲棉被羽绒服孩子上学要用天冷了5升５ａAbßＸ-，。！（） \n%_'\\𠮷é"
TEXT = st.text(ALPHABET, min_size=1, max_size=25)


def numbers_of(words, **also):
    return [card.number for card in wall.page(Asked(words=words, **also)).cards]


def tokens_in_table(wish):
    asked = "SELECT count(*) FROM wishes_search WHERE wish_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(asked, [wish.pk.hex if connection.vendor == "sqlite" else wish.pk])
        return cursor.fetchone()[0]


# The pure part ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("电饭煲（5升）", "电饭煲 5升"),
        ("ＡＢ－１２", "ab 12"),
        ("  想要\n一床。棉被 ", "想要 一床 棉被"),
        ("，。！%_", ""),
    ],
)
def test_a_text_is_folded_and_all_else_becomes_one_space(text, tidied):
    assert search.tidy(text) == tidied


def test_a_run_is_cut_into_pairs_and_ends_alone():
    assert search.grams("电饭煲 5") == {"电饭", "饭煲", "煲", "5"}


def test_one_character_asks_for_a_beginning_and_more_for_pairs():
    tokens = search.tokens_of(search.terms("电饭煲 锅"), "", "goods")

    assert tokens.beginnings == {"锅"}
    assert tokens.whole == {"电饭", "饭煲", search.MARK + "goods"}


@given(TEXT, st.data())
def test_a_piece_of_a_text_is_tidied_as_within_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]

    assert all(term in search.tidy(text) for term in search.terms(piece))


@given(TEXT)
def test_what_is_filtered_by_is_never_found_as_text(text):
    assert not any(search.MARK in token for token in search.grams(search.tidy(text + search.MARK)))


# In the database ----------------------------------------------------------------------------


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, data=st.data())
def test_every_piece_of_the_words_finds_the_wish(branch_a, hung, without_near, text, data):
    hung.story, hung.searchable = text, search.tidy(text)
    hung.save()
    hung.put_in_search()
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + data.draw(st.integers(1, 5))]

    assert not search.terms(piece) or hung.number in numbers_of(piece)


@pytest.fixture
def hung(branch_a):
    return make_wish(union=branch_a["own"])


@pytest.fixture(params=[wall.NEAR, 0], ids=["by looking", "by tokens"])
def without_near(request, monkeypatch):
    """Both ways to a page: through the next wishes in order, and by the tokens."""
    monkeypatch.setattr(wall, "NEAR", request.param)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["电饭煲", "电饭", "煲", "坏了 电饭", "ＰＯＴ", "青山"])
def test_words_find_a_wish_however_they_are_written(branch_a, without_near, words):
    wish = make_wish(union=branch_a["own"], story="家里的锅（Pot）坏了")

    assert numbers_of(words) == [wish.number]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["电煲", "饭锅", "棉被", "电饭煲 棉被", "x"])
def test_other_words_find_nothing(hung, without_near, words):
    assert numbers_of(words) == []


@pytest.mark.django_db
def test_punctuation_alone_asks_for_nothing(hung):
    assert numbers_of("，。%'\\") == [hung.number]


# In step with the wall ----------------------------------------------------------------------


@pytest.fixture
def checked(branch_a):
    by = make_staff("初审人", branch_a["own"])
    return make_wish(union=branch_a["own"], state="checked", checked_by=by)


def open_it(wish, **also):
    shown = {"story": "想要一床新棉被", "place": "青山县", "region_code": "450126"} | also
    by = make_staff("终审人", wish.union)
    wish.move_to("open", opened_at=timezone.now(), opened_by=by, **shown)


@pytest.mark.django_db
def test_a_wish_that_comes_to_the_wall_is_found_by_its_public_words(checked, without_near):
    assert tokens_in_table(checked) == 0

    open_it(checked)

    assert numbers_of("棉被") == numbers_of("青山县", region="4501") == [checked.number]
    assert numbers_of("家里的锅") == [], "the worker's own words are not public"


@pytest.mark.django_db
@pytest.mark.parametrize("end", [{"new": "withdrawn"}, {"new": "closed", "closed_why": "不合规"}])
def test_a_wish_that_leaves_the_wall_leaves_no_word_behind(checked, end):
    open_it(checked)
    checked.move_to(**end)

    assert tokens_in_table(checked) == 0
    checked.refresh_from_db()
    assert checked.searchable == ""


@pytest.mark.django_db
def test_a_claim_leaves_the_tokens_alone(checked, without_near, django_assert_num_queries):
    open_it(checked)
    with django_assert_num_queries(1):
        checked.move_to("claimed")

    assert numbers_of("棉被") == []
    assert numbers_of("棉被", state="claimed") == [checked.number]
    checked.move_to("open")
    assert numbers_of("棉被") == [checked.number]


@pytest.mark.django_db
def test_a_move_that_fails_changes_no_token(checked):
    stale = type(checked).objects.get(pk=checked.pk)
    open_it(checked)
    before = tokens_in_table(checked)

    with pytest.raises(Exception, match="待认领"):
        open_it(stale, story="另一句话")

    assert tokens_in_table(checked) == before


@pytest.mark.django_db
def test_to_write_twice_is_to_write_once(hung):
    before = tokens_in_table(hung)
    hung.put_in_search()

    assert tokens_in_table(hung) == before
    wall_index.write(hung.pk, hung.opened_at, set())
    assert tokens_in_table(hung) == 0
