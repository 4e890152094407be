"""频率: so many tries in a window, counted together by all processes."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from mashang.core.errors import TooMany
from mashang.core.models import RateWindow
from mashang.core.requests import rate_limits
from mashang.core.requests.limits import NAMED, Growing, Pace
from tests.crowd import press_at_once


def test_the_try_after_the_last_is_told_when_to_come_back(db):
    for _ in range(3):
        rate_limits.count("sign-in|12800001111", limit=3, window_seconds=60)

    with pytest.raises(TooMany) as refusal:
        rate_limits.count("sign-in|12800001111", limit=3, window_seconds=60)

    assert 1 <= refusal.value.facts["retry_after"] <= 60
    assert "秒" in refusal.value.message


def test_a_long_wait_is_told_in_minutes(db):
    rate_limits.count("codes", limit=1, window_seconds=3600)

    with pytest.raises(TooMany, match="60 分钟"):
        rate_limits.count("codes", limit=1, window_seconds=3600)


def test_buckets_do_not_count_for_each_other(db):
    rate_limits.count("a", limit=1, window_seconds=60)
    rate_limits.count("b", limit=1, window_seconds=60)


def test_a_new_window_opens_when_the_old_one_is_over(db):
    rate_limits.count("a", limit=1, window_seconds=60)

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        rate_limits.count("a", limit=2, window_seconds=60)
        rate_limits.count("a", limit=2, window_seconds=60)
        with pytest.raises(TooMany):
            rate_limits.count("a", limit=2, window_seconds=60)


def test_the_table_holds_no_phone_and_is_swept(db):
    rate_limits.count("sign-in|12800001111", limit=3, window_seconds=60)
    assert "12800001111" not in RateWindow.objects.get().bucket
    assert rate_limits.sweep() == 0

    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=61)):
        assert rate_limits.sweep() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twelve_tries_at_once_five_get_through():
    answers = press_at_once([partial(rate_limits.count, "door", limit=5, window_seconds=60)] * 12)

    assert answers.count(None) == 5
    assert {type(answer) for answer in answers} == {type(None), TooMany}


def test_waits_grow_are_not_made_longer_by_asking_and_are_forgotten(growing):
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    with time_machine.travel(start, tick=False) as clock:
        for wait in (0, 0, 60, 120, 120):
            clock.shift(wait)
            growing.count("a")
            for _ in range(3):
                if wait:
                    with pytest.raises(TooMany):
                        growing.count("a")
        growing.count("b")
        clock.move_to(start + timedelta(hours=1))
        growing.count("a")
        growing.count("a")


def test_one_that_is_given_back_is_free_again(growing):
    assert [growing.is_calm("a") for _ in range(3)] == [True, True, False]
    growing.give_back("a")
    assert [growing.is_calm("a") for _ in range(2)] == [True, False]


def test_a_pace_lets_a_fifth_of_the_day_go_at_once_and_the_rest_by_the_clock(pace):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert [pace.is_free(share=0.5) for _ in range(11)] == [True] * 10 + [False]
        assert [pace.is_free() for _ in range(11)] == [True] * 10 + [False]
        assert not pace.is_free(share=0) and pace.is_used_up()
        assert 800 < pace.refusal().facts["retry_after"] <= 865
        clock.shift(864)
        assert [pace.is_free(), pace.is_free()] == [True, False]
        clock.shift(86_400)
        assert [pace.is_free() for _ in range(21)] == [True] * 20 + [False]


@pytest.mark.django_db(transaction=True)
def test_of_twelve_at_once_as_many_get_through_as_one_after_the_other(growing, pace, settings):
    settings.MASHANG_LIMITS = {"test-pace": 25}
    kept = press_at_once([pace.is_free] * 12)
    calm = press_at_once([partial(growing.is_calm, "a")] * 12)
    waited = press_at_once([partial(growing.count, "c")] * 12)

    assert (kept.count(True), calm.count(True), waited.count(None)) == (5, 2, 2)


@pytest.fixture
def growing(db):
    yield Growing("test-growing", "", ((2, 60), (3, 120)), 3_600)
    del NAMED["test-growing"]


@pytest.fixture
def pace(db):
    yield Pace("test-pace", "", 100)
    del NAMED["test-pace"]
