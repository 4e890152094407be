"""法定节假日: never a working day, in any year, whether its notice is there or not."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from mashang import reference
from mashang.core.wording import day
from mashang.reference import actions, holidays, workdays
from mashang.web.templatetags.words import due_day

pytestmark = pytest.mark.django_db
BOOK = json.loads((Path(reference.__file__).parent / "data/holidays.json").read_text())
UNKNOWN_YEARS = range(workdays.LAST_YEAR + 1, 2061)


@pytest.fixture(autouse=True)
def _fresh():
    workdays.forget()
    yield
    workdays.forget()


@pytest.mark.parametrize("year", [*range(1995, 2004), *UNKNOWN_YEARS])
def test_the_days_of_the_solar_year_are_off_in_any_year(year):
    for month, number in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)):
        assert not workdays.is_workday(date(year, month, number))


def test_new_year_2027_is_no_working_day():
    assert not workdays.is_workday(date(2027, 1, 1))
    assert workdays.add_workdays(date(2026, 12, 28), 5) == date(2027, 1, 5)
    assert workdays.add_workdays(date(2026, 12, 29), 5) == date(2027, 1, 6)


@pytest.mark.parametrize(
    ("spring", "eve"),
    [
        (date(2027, 2, 6), date(2027, 2, 5)),
        (date(2028, 1, 26), date(2028, 1, 25)),
        (date(2030, 2, 3), date(2030, 2, 2)),
    ],
)
def test_spring_festival_is_four_days_from_its_eve(spring, eve):
    off = [eve + timedelta(days=n) for n in range(4)]

    assert spring in off and not any(workdays.is_workday(each) for each in off)
    assert holidays.days_off(spring.year)[eve] == "除夕"


@pytest.mark.parametrize("year", UNKNOWN_YEARS)
def test_by_law_thirteen_days_are_off_and_each_weekend_is_given_back(year):
    """Two festivals on one day are one; beyond the table only the six of the solar year are known."""
    named = {each: name for each, name in holidays.days_off(year).items() if "补假" not in name}
    given_back = [each for each, name in holidays.days_off(year).items() if "补假" in name]

    assert len(named) in ((13, 12) if str(year) in BOOK["lunar"] else (6,))
    assert len(given_back) == sum(each.weekday() >= 5 for each in named)
    assert all(each.weekday() < 5 for each in given_back)


def test_a_holiday_on_a_weekend_is_given_back_on_the_next_working_day():
    assert date(2027, 5, 1).weekday() == 5
    assert [n for n in range(1, 8) if workdays.is_workday(date(2027, 5, n))] == [5, 6, 7]


def test_the_table_of_lunar_dates_lies_within_what_the_calendar_allows():
    """春节 21 January to 20 February; 端午 and 中秋 118 and 208 to 245 days later, by leap months; 清明 4 or 5 April."""
    for year, dates in BOOK["lunar"].items():
        spring, qingming, dragon, autumn = (
            date.fromisoformat(dates[name]) for name in ("春节", "清明节", "端午节", "中秋节")
        )
        assert {each.year for each in (spring, qingming, dragon, autumn)} == {int(year)}
        assert date(spring.year, 1, 21) <= spring <= date(spring.year, 2, 20)
        assert (qingming.month, qingming.day) in ((4, 4), (4, 5))
        assert 117 <= (dragon - spring).days <= 155
        assert (autumn - dragon).days in range(96, 130)


def test_the_table_goes_on_for_twenty_years_at_least():
    """Whoever sees this fail continues data/holidays.json."""
    assert max(map(int, BOOK["lunar"])) >= date.today().year + 5  # noqa: DTZ011 - a reminder, no rule


def test_the_notice_of_the_year_overrules_what_the_law_let_expect(clerk):
    free = {date(2027, 1, 1): "元旦", date(2027, 5, 1): "劳动节"}
    actions.publish_year(2027, by=clerk, holidays=free, make_up=[date(2027, 5, 2)], source="通知")

    assert not workdays.is_provisional(date(2027, 5, 3))
    assert workdays.is_workday(date(2027, 5, 3)) and workdays.is_workday(date(2027, 5, 2))
    assert not workdays.is_workday(date(2027, 1, 1))


def test_a_term_in_a_year_without_notice_is_said_to_be_provisional(clerk):
    last = date(2027, 3, 8)
    assert due_day(last) == f"{day(last)}（暂定，放假通知公布后重算）"
    assert due_day(date(2026, 12, 8)) == day(date(2026, 12, 8))
    assert due_day(None) == ""

    actions.publish_year(
        2027, by=clerk, holidays={date(2027, 1, 1): "元旦"}, make_up=[], source="通知"
    )
    assert due_day(last) == day(last)


def test_what_the_package_knows_of_past_years_is_off_there_too():
    """The festivals themselves, whatever the notices put around them."""
    for year in range(2025, workdays.LAST_YEAR + 1):
        for month, number in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)):
            assert not workdays.is_workday(date(year, month, number))
