"""频率: so many tries in a window, counted together by all processes."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone

from mashang.core.errors import TooMany
from mashang.core.models import RateWindow
from mashang.core.requests import rate_limits
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
