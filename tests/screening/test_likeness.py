"""读起来像不像: what the tables have no word for is learnt from lists, and the file is what the lists give."""

import time
from dataclasses import replace

import pytest

from mashang.core.errors import Invalid
from mashang.screening import findings, hints, likeness
from mashang.screening.leads import HINTS
from mashang.screening.likeness import likeness_of
from mashang.screening.shared_words import Level, check_shared, marks_on, remarks_on
from scripts import learn_likeness
from tests.screening.lists import HALVES

NEW = "东西放到老地方，钥匙在花盆底下，门朝着水塔，我隔天来拿"  # no table has a word for it
ASKS = "五号院里六婶笑，俺就在她西屋坐着"
HONEST = "谢谢工会的同志，棉被很暖和，孩子晚上睡得好，希望大家都平平安安"


def share(check, texts):
    return sum(bool(check(text)) for text in texts) / len(texts)


def heeded(text):
    return findings(text) or hints(text)


@pytest.fixture
def nothing_learnt(monkeypatch):
    """As before anything was learnt: every weight is nought, no text is like or unlike."""
    blank = replace(likeness.weights(), slots=[0] * likeness.SLOTS, bias=likeness.HEEDS)
    monkeypatch.setattr(likeness, "weights", lambda: blank)
    likeness_of.cache_clear()
    yield
    likeness_of.cache_clear()


def test_the_file_is_what_the_lists_give():
    """Else: `python -m scripts.learn_likeness`."""
    kept, given = likeness.WEIGHTS.read_bytes(), learn_likeness.learnt()

    assert learn_likeness.unpacked(kept) == learn_likeness.unpacked(given)


def test_no_half_that_stays_unread_is_learnt_from():
    learnt = {one.text for one in learn_likeness.examples()}
    unread = {
        text for (_, half), texts in HALVES.items() if half == "unread" for text in texts.hints
    }

    assert unread and not unread & learnt


UNREAD = HALVES["strangers", "unread"]


def test_of_what_stays_unread_more_is_found_than_by_tables_alone(nothing_learnt):
    """The control: without what was learnt the shares fall."""
    assert share(findings, UNREAD.disguised) < 0.92
    assert share(heeded, UNREAD.disguised) < 0.98
    assert share(heeded, UNREAD.clean) > 0.05


def test_of_what_stays_unread_nearly_all_is_found():
    assert share(findings, UNREAD.disguised) >= 0.95
    assert share(heeded, UNREAD.disguised) >= 0.99
    assert share(heeded, UNREAD.clean) <= 0.08


def test_an_honest_text_scores_lower_than_one_that_hides_a_place():
    assert likeness_of(HONEST).score < 0 < likeness_of(NEW).score


def test_the_clause_that_says_most_is_the_place():
    like = likeness_of(f"{HONEST}，{NEW}")

    assert NEW.startswith("东西") and f"{HONEST}，{NEW}"[like.start : like.end] in NEW


def test_honest_words_around_hide_nothing():
    assert likeness_of(f"{HONEST}。" * 6 + NEW + f"。{HONEST}" * 6).is_heeded


def test_a_hint_among_honest_words_is_marked_if_its_clause_says_so_by_itself():
    text = f"{HONEST}，换个地方和您多聊聊，{HONEST}"

    assert likeness_of(text).is_doubted
    assert {one.text for one in hints(text)} == {"换个地方和您多聊聊"}
    assert hints(f"{HONEST}，孩子用微信上网课") == []


def test_a_name_or_an_item_is_too_short_to_tell():
    assert likeness_of("老李").score is None
    assert likeness_of("").score is None


def test_the_author_is_told_what_to_do_where_no_word_can_be_taken_out():
    with pytest.raises(Invalid) as refused:
        check_shared(reason=NEW)

    assert "换个说法" in refused.value.fields["reason"]
    assert "请工会同志" in refused.value.fields["reason"]


def test_where_a_place_may_be_told_words_that_read_like_one_are_left_alone():
    assert remarks_on(NEW)
    assert not remarks_on(NEW, may_tell=["address"])


def test_what_only_reads_so_is_marked_for_those_who_moderate(monkeypatch):
    monkeypatch.setattr(likeness, "STOPS", 9.0)
    likeness_of.cache_clear()

    assert [one.kind for one in hints(ASKS)] == ["likeness"]
    assert {one.level for one in marks_on(ASKS)} == {Level.HEED}
    assert "likeness" in HINTS


def test_reading_costs_less_than_the_tables():
    texts = [f"{HONEST}，{number}件{NEW}"[:100] for number in range(100)]

    def seconds(check):
        started = time.process_time()
        for text in texts:
            check(text)
        return time.process_time() - started

    likeness_of.cache_clear()
    read = seconds(likeness_of)  # fills its cache, so that what follows is the tables alone

    assert read < seconds(findings)


def test_what_a_colleague_writes_is_asked_for_what_the_tables_know():
    """A reason of the union reads like an office; a number in it is one all the same."""
    with pytest.raises(Invalid):
        check_shared(why=NEW)

    check_shared(why=NEW, by_office=True)
    with pytest.raises(Invalid):
        check_shared(why=f"{NEW} 打12000000001", by_office=True)


def test_a_word_that_a_table_minds_is_let_go_where_the_text_reads_honest():
    """It is marked for those who moderate; a number never is let go."""
    text = "请大家不要给我转账，东西交到工会就行，谢谢各位好心人"

    assert findings(text) == [] and hints(text) != []
    assert findings(f"{text}，电话12000000001") != []
