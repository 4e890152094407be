"""How days, deadlines and amounts read."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from mashang.core import wording
from mashang.web.templatetags import words
from scripts import english

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday() -> object:
    with time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=UTC), tick=False):
        yield


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        (MONDAY, "11月23日 周一"),
        (date(2027, 1, 3), "2027年1月3日 周日"),
        (datetime(2026, 11, 23, 17, 30, tzinfo=UTC), "11月24日 周二"),  # already tomorrow in China
        (None, ""),
        ("", ""),
    ],
)
def test_a_day_has_its_weekday_and_only_another_year_is_named(
    value: date | None, reads: str
) -> None:
    assert wording.day(value) == reads


def test_a_moment_is_told_in_the_time_of_china() -> None:
    assert words.moment(datetime(2026, 11, 23, 6, 5, tzinfo=UTC)) == "11月23日 周一 14:05"
    assert words.moment(None) == ""


@pytest.mark.parametrize(
    ("days", "reads", "level"),
    [
        (5, "还有 5 个工作日", "later"),
        (2, "还有 2 个工作日", "soon"),
        (0, "今天到期", "soon"),
        (-3, "已超期 3 个工作日", "overdue"),
        (None, "", "none"),
    ],
)
def test_a_deadline_says_how_long_it_still_is(days: int | None, reads: str, level: str) -> None:
    assert words.workdays_left(days) == reads
    assert words.due_level(days) == level


def test_an_amount_has_separators_and_its_unit() -> None:
    assert words.yuan(123_450) == "1,234.50 元"
    assert words.yuan(0) == "0.00 元"
    assert words.yuan(None) == ""


def test_a_number_dials_when_tapped_and_nothing_else_gets_in() -> None:
    assert 'href="tel:07700012345"' in words.tel("0770-001-2345")
    assert "<script" not in words.tel("<script>1</script>")
    assert words.tel("") == ""


@pytest.mark.parametrize(
    ("addressed", "neutral"),
    [
        ("您的姓名", "姓名"),
        ("您属于哪一类职工", "属于哪一类职工"),
        ("和您一起生活的家人", "一起生活的家人"),
        ("Your name", "Your name"),
    ],
)
def test_a_colleague_is_not_addressed_as_the_worker(addressed, neutral):
    assert wording.unaddressed(addressed) == neutral


def test_what_was_looked_at_reads_as_one_sentence_in_english() -> None:
    english.compile_wording()

    with translation.override("en"):
        assert words.recorded("显示手机号、申请·概况") == "Phone number shown, Application·Overview"
        assert words.recorded("李明说的") == '<span lang="zh-CN">李明说的</span>'
    with translation.override("zh-hans"):
        assert words.recorded("显示手机号、申请·概况") == "显示手机号、申请·概况"
