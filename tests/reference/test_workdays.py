"""工作日: make-up Saturdays count, holidays do not, and an unpublished year is only a guess."""

from datetime import date, timedelta

import pytest
from django.db import connections, router
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mashang.core.errors import Invalid, Missing
from mashang.reference import actions, workdays
from mashang.reference.models import WorkDay

pytestmark = pytest.mark.django_db
UNKNOWN_YEAR = workdays.LAST_YEAR + 1


@pytest.fixture(autouse=True)
def _fresh():
    workdays.forget()
    yield
    workdays.forget()


def queries():
    return CaptureQueriesContext(connections[router.db_for_read(WorkDay)])


def test_spring_festival_is_long_and_the_saturdays_before_and_after_are_worked():
    # 2026: free 15–23 February, worked on Saturday the 14th and Saturday the 28th
    assert workdays.is_workday(date(2026, 2, 14)) and workdays.is_workday(date(2026, 2, 28))
    assert not any(workdays.is_workday(date(2026, 2, day)) for day in range(15, 24))
    assert workdays.add_workdays(date(2026, 2, 12), 3) == date(2026, 2, 24)  # 13th, 14th, 24th


def test_five_working_days_of_publicity_over_the_national_day_end_on_the_make_up_saturday():
    # 2026: free 1–7 October, worked on Saturday the 10th
    assert workdays.add_workdays(date(2026, 9, 29), 5) == date(2026, 10, 12)
    assert workdays.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert workdays.workdays_between(date(2026, 9, 30), date(2026, 10, 10)) == 3


def test_a_plain_week_has_five():
    friday = date(2026, 11, 20)

    assert workdays.add_workdays(friday, 5) == date(2026, 11, 27)
    assert workdays.workdays_between(friday, date(2026, 11, 27)) == 5


def test_nothing_to_add_leaves_a_working_day_and_moves_a_free_one_on():
    assert workdays.add_workdays(date(2026, 10, 8), 0) == date(2026, 10, 8)
    assert workdays.add_workdays(date(2026, 10, 1), 0) == date(2026, 10, 8)


def test_days_can_be_counted_backwards():
    assert workdays.add_workdays(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert workdays.workdays_between(date(2026, 10, 10), date(2026, 9, 30)) == -3


def test_a_year_that_nobody_has_published_is_monday_to_friday_and_provisional():
    spring = date(UNKNOWN_YEAR, 3, 1)

    assert [workdays.is_workday(spring + timedelta(days=n)) for n in range(7)].count(True) == 5
    assert workdays.is_provisional(spring)
    assert not workdays.is_provisional(date(workdays.LAST_YEAR, 12, 31))


def test_a_site_can_say_that_a_day_is_free(clerk):
    typhoon = date(2026, 9, 16)
    actions.set_day(typhoon, by=clerk, is_workday=False, name="台风停工", source="市应急通告")

    assert not workdays.is_workday(typhoon)
    assert workdays.add_workdays(typhoon - timedelta(days=1), 1) == date(2026, 9, 17)

    actions.clear_day(typhoon, by=clerk)
    assert workdays.is_workday(typhoon)


def test_one_local_holiday_does_not_settle_its_year(clerk):
    local = date(UNKNOWN_YEAR, 4, 9)
    actions.set_day(local, by=clerk, is_workday=False, name="三月三", source="自治区政府")

    assert not workdays.is_provisional(local)
    assert workdays.is_provisional(date(UNKNOWN_YEAR, 5, 6))


def test_a_guess_in_the_table_stays_provisional(clerk):
    day = date(UNKNOWN_YEAR, 1, 1)
    actions.set_day(
        day, by=clerk, is_workday=False, name="元旦", source="按惯例估计", provisional=True
    )

    assert workdays.is_provisional(day) and not workdays.is_workday(day)


def test_a_published_notice_settles_its_year(clerk):
    free = {date(UNKNOWN_YEAR, 1, 1): "元旦", date(UNKNOWN_YEAR, 10, 1): "国庆节"}
    sunday = date(UNKNOWN_YEAR, 10, 10)

    days = actions.publish_year(
        UNKNOWN_YEAR, by=clerk, holidays=free, make_up=[sunday], source="国务院办公厅通知"
    )

    assert days == WorkDay.objects.count()
    assert (
        WorkDay.objects.exclude(name="照常").count() == 3
    )  # the others are worked, whatever the law let expect
    assert workdays.is_workday(sunday) and not workdays.is_workday(date(UNKNOWN_YEAR, 10, 1))
    assert not workdays.is_provisional(date(UNKNOWN_YEAR, 3, 1))


def test_a_notice_entered_again_replaces_the_first(clerk):
    new_year = {date(UNKNOWN_YEAR, 1, 1): "元旦"}
    wrong = {**new_year, date(UNKNOWN_YEAR, 3, 1): "误录"}
    actions.publish_year(UNKNOWN_YEAR, by=clerk, holidays=wrong, make_up=[], source="通知")

    actions.publish_year(UNKNOWN_YEAR, by=clerk, holidays=new_year, make_up=[], source="通知")

    assert [row.name for row in WorkDay.objects.exclude(name="照常")] == ["元旦"]


def test_a_corrected_notice_overrules_the_package(clerk):
    actions.publish_year(
        2026, by=clerk, holidays={date(2026, 1, 1): "元旦"}, make_up=[], source="更正通知"
    )

    assert workdays.is_workday(date(2026, 10, 1))  # a Thursday that the package holds for free
    assert not workdays.is_workday(date(2026, 10, 10))  # a Saturday that it holds for worked


@pytest.mark.parametrize(
    ("holidays", "make_up", "field"),
    [
        ({date(2027, 10, 1): "国庆节"}, [], "holidays"),
        ({date(2027, 1, 1): "元旦", date(2026, 11, 30): "元旦"}, [], "year"),
        ({date(2027, 1, 1): "元旦"}, [date(2027, 1, 1)], "make_up"),
    ],
)
def test_a_notice_that_cannot_be_right_is_sent_back(clerk, holidays, make_up, field):
    with pytest.raises(Invalid) as refused:
        actions.publish_year(2027, by=clerk, holidays=holidays, make_up=make_up, source="通知")

    assert list(refused.value.fields) == [field]
    assert not WorkDay.objects.exists()


def test_there_is_nothing_to_clear_on_a_day_that_was_never_set(clerk):
    with pytest.raises(Missing):
        actions.clear_day(date(2026, 9, 16), by=clerk)


def test_a_deadline_costs_one_query_and_the_next_one_none():
    with queries() as first:
        workdays.add_workdays(date(2026, 9, 29), 30)
    with queries() as second:
        workdays.workdays_between(date(2026, 1, 1), date(2026, 12, 31))

    assert (len(first), len(second)) == (1, 0)


def test_what_another_process_changed_is_seen_after_a_minute(monkeypatch):
    day = date(2026, 9, 16)
    assert workdays.is_workday(day)
    WorkDay.objects.create(day=day, is_workday=False, name="台风停工", source="别的进程")

    assert workdays.is_workday(day)
    later = workdays.monotonic() + workdays.KEEP_SECONDS + 1
    monkeypatch.setattr(workdays, "monotonic", lambda: later)
    assert not workdays.is_workday(day)


@given(st.dates(date(2004, 1, 1), date(2030, 12, 31)), st.integers(1, 60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_counting_there_and_back_agrees(day, n):
    end = workdays.add_workdays(day, n)

    assert workdays.is_workday(end)
    assert workdays.workdays_between(day, end) == n
    assert workdays.add_workdays(end + timedelta(days=1), -1) == end
