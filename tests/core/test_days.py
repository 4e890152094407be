"""日: the day of a moment is the one on the wall of whoever reads it, at any hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from mashang.core.days import day_of
from mashang.core.wording import day

NIGHT = datetime(2026, 11, 29, 19, 43, tzinfo=UTC)  # 03:43 on the 30th in Beijing
MIDNIGHT = datetime(2026, 11, 29, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize("minutes", range(0, 8 * 60, 37))
def test_from_midnight_to_eight_it_is_not_yesterday(minutes):
    moment = MIDNIGHT + timedelta(minutes=minutes)

    assert day_of(moment) == date(2026, 11, 30)
    assert moment.date() == date(2026, 11, 29), "the trap that this is about"


def test_the_last_minute_of_a_day_is_of_that_day():
    assert day_of(MIDNIGHT - timedelta(minutes=1)) == date(2026, 11, 29)


def test_a_day_stays_what_it_is():
    assert day_of(date(2026, 11, 29)) == date(2026, 11, 29)


@time_machine.travel(NIGHT, tick=False)
def test_words_name_the_day_of_here():
    assert day(NIGHT) == "11月30日 周一"
