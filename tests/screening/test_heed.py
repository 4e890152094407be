"""值得留意的话：标给两位审核的人看，写的人看不到；说了病情、学校的，客气地提醒写的人."""

import re

import pytest

from mashang.screening import findings, hints, traits
from mashang.screening.leads import HINTS
from mashang.screening.shared_words import Level, caution, marks_on, pieces
from mashang.screening.told import without
from mashang.screening.told_words import TRAITS
from tests.house import sources, templates
from tests.screening.lists import HALVES

EACH_HALF = pytest.mark.parametrize("half", HALVES)


def share(check, texts):
    return sum(bool(check(text)) for text in texts) / len(texts)


def heeded(text):
    return findings(text) or hints(text)


@EACH_HALF
def test_of_contacts_in_forms_and_disguises_nearly_all_are_stopped_and_all_but_none_heeded(half):
    texts = HALVES[half].disguised

    assert share(findings, texts) >= LEAST[half]["stopped"]
    assert share(heeded, texts) >= LEAST[half]["heeded"]


@EACH_HALF
def test_of_hints_by_meaning_most_are_marked(half):
    assert share(heeded, HALVES[half].hints) >= LEAST[half]["hints"]


@EACH_HALF
def test_honest_texts_are_hardly_stopped_and_seldom_marked(half):
    assert share(findings, HALVES[half].clean) <= LEAST[half].get("clean stopped", 0.02)
    assert share(heeded, HALVES[half].clean) <= LEAST[half]["clean marked"]


@pytest.mark.parametrize("half", [half for half in HALVES if HALVES[half].told])
def test_what_tells_whose_family_it_is_is_seen(half):
    assert share(traits, HALVES[half].told) >= LEAST[half]["told"]
    assert share(traits, HALVES[half].untold) <= 0.05


LEARNT = (
    *("tenth", "eleventh", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
)
AIMS = {"stopped": 0.97, "heeded": 0.995, "hints": 0.85, "clean marked": 0.12, "told": 0.95}
LEAST = {
    ("people", "read"): AIMS,
    # what holds today; first sight and aims stand in docs/text_check.md
    ("people", "unread"): {
        "stopped": 0.96,
        "heeded": 0.99,
        "hints": 0.95,
        "clean marked": 0.12,
        "told": 0.92,
    },
    ("strangers", "read"): AIMS,
    ("strangers", "unread"): {"stopped": 0.95, "heeded": 0.99, "hints": 0.88, "clean marked": 0.08},
    ("twelfth", "unread"): {"stopped": 0.9, "heeded": 0.99, "hints": 0.95, "clean marked": 0.16},
    ("eighteenth", "unread"): {
        "stopped": 0.92,
        "heeded": 0.98,
        "hints": 0.95,
        "clean marked": 0.08,
    },
    **dict.fromkeys([(name, "read") for name in LEARNT], AIMS),
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("爱人做了透析手术走不远", "illness"),
        ("儿子在北海二中读初二", "school"),
        ("我在青山糖厂上班", "employer"),
        ("我们住在大坪村", "spot"),
        ("我是乡村放映员", "job"),
        ("前年家里失火", "turn"),
    ],
)
def test_each_sort_is_named(text, kind):
    assert kind in {one.kind for one in traits(text)}


def test_the_author_is_told_kindly_what_it_is():
    words = caution("爱人做了透析手术走不远，儿子在北海二中读初二，想要轮椅。")

    assert "病情" in words and "学校或年级" in words and "不改也能提交" in words
    assert caution("家里的锅坏了，想换一个小的") == ""


def test_what_is_left_without_it_still_reads():
    assert without("爱人做了透析手术走不远，儿子在北海二中读初二，想要轮椅。") == "想要轮椅。"
    assert without("想要轮椅，爱人在做透析") == "想要轮椅"
    assert without("家里的锅坏了，想换一个小的。") == "家里的锅坏了，想换一个小的。"
    assert without("爱人在做透析") == ""


def test_marks_stand_in_their_order_and_what_is_stopped_comes_first():
    text = "想要锅，加微信lihua1985，孩子上初二"
    marks = marks_on(text)

    assert [one.start for one in marks] == sorted(one.start for one in marks)
    assert {Level.STOP, Level.TOLD} <= {one.level for one in marks}
    assert "".join(piece.text for piece in pieces(text, marks)) == text


def test_every_sort_has_its_words():
    assert all(HINTS.values()) and all(TRAITS.values())


SHOWS = re.compile(r"\bhints\(|\bmarks_on\b|\|\s*marked\b")  # what only those who moderate may see


def test_no_page_of_the_author_shows_what_is_marked():
    shown = {one.path for one in (*sources(), *templates()) if SHOWS.search(one.text)}

    assert {path.split("/")[0] for path in shown} == {"screening", "wishes", "web", "desk"}


@pytest.mark.parametrize("text", ["{{ wish.reason|marked }}", "hints(text)", "marks_on(text)"])
def test_a_page_that_shows_them_would_be_seen(text):
    assert SHOWS.search(text)
