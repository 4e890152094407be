"""Every piece of a wish's words finds it, on both databases; and the tokens keep step with the wall."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mashang import workflows
from mashang.core.errors import WrongState
from mashang.wishes import search
from mashang.wishes.actions import claims, moderation
from mashang.wishes.models import Wish
from mashang.wishes.queries import wall
from mashang.wishes.queries.wall import Asked
from tests.cases.households import make_case
from tests.wishes.builders import make_giver, make_wish
from tests.wishes.families import make_wish_room

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
def room(branch_a):
    for _ in range(6):  # others who could be meant by the same words
        make_case(branch_a["own"])
    return make_wish_room(branch_a)


@pytest.fixture
def checked(room):
    wish = room.post(reason="家里的锅坏了")
    moderation.check(wish, by=room.clerk)
    return now(wish)


@pytest.fixture
def opened(room, checked):
    moderation.open_on_wall(checked, by=room.reviewer, story="想换一个小的")
    return now(checked)


def now(wish):
    return Wish.objects.get(pk=wish.pk)


@pytest.mark.django_db
def test_a_wish_is_not_found_before_it_is_on_the_wall(checked, without_near):
    assert tokens_in_table(checked) == 0
    assert numbers_of("锅") == []


@pytest.mark.django_db
def test_a_wish_that_comes_to_the_wall_is_found_by_its_public_words(opened, without_near):
    assert numbers_of("换一个") == numbers_of("电饭", region="4501") == [opened.number]
    assert numbers_of("锅坏") == [], "the worker's own words are not public"


@pytest.mark.django_db
def test_a_wish_that_is_taken_down_leaves_no_word_behind(room, opened):
    moderation.close(opened, why="不合规", by=room.reviewer)

    assert tokens_in_table(opened) == 0
    assert now(opened).searchable == ""


@pytest.mark.django_db
def test_a_wish_whose_consent_is_taken_back_leaves_no_word_behind(room, opened):
    workflows.withdraw_consent(room.holder, "wish", by=room.worker)

    assert tokens_in_table(opened) == 0
    assert now(opened).searchable == ""


@pytest.mark.django_db
def test_a_claim_and_its_end_leave_the_tokens_alone(opened, without_near):
    before, giver = tokens_in_table(opened), make_giver()
    claim = claims.claim(opened, by=giver)
    assert numbers_of("电饭煲") == []
    assert numbers_of("电饭煲", state="claimed") == [opened.number]

    claims.give_up(claim, by=giver)

    assert numbers_of("电饭煲") == [opened.number]
    assert tokens_in_table(opened) == before


@pytest.mark.django_db
def test_a_claim_writes_one_statement_and_no_token(opened, django_assert_num_queries):
    with django_assert_num_queries(1):
        opened.transition_to("claimed")


@pytest.mark.django_db
def test_who_comes_second_changes_no_token(room, checked, opened):
    before = tokens_in_table(opened)

    with pytest.raises(WrongState):  # `checked` still thinks that it waits to be opened
        checked.transition_to("open", story="另一句话", opened_at=opened.opened_at)

    assert tokens_in_table(opened) == before


@pytest.mark.django_db
def test_to_write_twice_is_to_write_once(hung):
    before = tokens_in_table(hung)
    hung.put_in_search()

    assert tokens_in_table(hung) == before
