"""状态: only along the table of moves, and only from where the row really stands."""

from functools import partial

import pytest
from django.db import IntegrityError

from mashang.core.errors import WrongState
from mashang.core.privacy.keys import new_data_key
from tests.core.papers import Household, Paper, PaperState
from tests.crowd import lock_off, press_at_once


@pytest.fixture
def paper(household: Household) -> Paper:
    return Paper.objects.create(household=household)


def test_a_move_along_the_table_is_stored_with_what_goes_along(paper):
    paper.transition_to(PaperState.SENT, title="申请")

    assert (paper.state, paper.title) == ("sent", "申请")
    paper.refresh_from_db()
    assert (paper.state, paper.title) == ("sent", "申请")


def test_a_move_that_the_table_does_not_know_is_refused_with_the_state_in_words(paper):
    with pytest.raises(WrongState) as refusal:
        paper.transition_to(PaperState.DONE)

    assert "草稿" in refusal.value.message
    assert refusal.value.facts == {"state": "draft", "wanted": "done"}


def test_whoever_looks_at_an_old_row_is_told_where_it_stands_now(paper):
    old = Paper.objects.get(pk=paper.pk)
    paper.transition_to(PaperState.SENT)

    with pytest.raises(WrongState) as refusal:
        old.transition_to(PaperState.SENT)

    assert refusal.value.facts["state"] == "sent" and "已提交" in refusal.value.message
    assert old.state == "draft"


def test_a_row_that_was_removed_moves_nowhere(paper):
    Paper.objects.all().delete()

    with pytest.raises(WrongState):
        paper.transition_to(PaperState.SENT)


def test_the_database_knows_no_other_state(paper):
    with pytest.raises(IntegrityError):
        Paper.objects.update(state="lost")


def test_the_table_of_moves_and_the_states_are_checked_at_start(monkeypatch):
    assert not [error for error in Paper.check() if error.id == "core.E002"]

    monkeypatch.setattr(Paper, "TRANSITIONS", {PaperState.DRAFT: {"nowhere"}})

    assert [error for error in Paper.check() if error.id == "core.E002"]


@pytest.mark.django_db(transaction=True)
def test_of_ten_people_moving_one_row_one_does_and_nine_are_told():
    copies = ten_copies()

    answers = press_at_once([partial(copy.transition_to, PaperState.SENT) for copy in copies])

    assert answers.count(None) == 1
    assert {type(answer) for answer in answers} == {type(None), WrongState}


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_all_ten_believe_that_they_moved_it():
    copies = ten_copies()

    with lock_off():
        answers = press_at_once([partial(copy.transition_to, PaperState.SENT) for copy in copies])

    assert answers == [None] * 10


def ten_copies() -> list[Paper]:
    """One row, as ten people have it on their screens."""
    paper = Paper.objects.create(household=Household.objects.create(data_key=new_data_key()))
    return [Paper.objects.get(pk=paper.pk) for _ in range(10)]
