"""步速: so many at once, then so many a second; a bounded memory, and no query."""

import pytest

from mashang.core.requests import throttle
from mashang.core.requests.throttle import Throttle


class Clock:
    now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(throttle, "time", clock)
    return clock


def test_so_many_at_once_and_then_one_has_to_wait(clock):
    slow = Throttle(at_once=3, per_second=2)

    assert [slow.wait("a") for _ in range(3)] == [0, 0, 0]
    assert slow.wait("a") == pytest.approx(0.5)


def test_to_be_refused_costs_nothing(clock):
    slow = Throttle(at_once=1, per_second=2)
    waits = [slow.wait("a") for _ in range(5)]
    clock.now += 0.5

    assert waits[1] == waits[-1] == pytest.approx(0.5)
    assert slow.wait("a") == 0


def test_who_keeps_the_pace_never_waits(clock):
    slow = Throttle(at_once=1, per_second=2)
    for _ in range(100):
        assert slow.wait("a") == 0
        clock.now += 0.5


def test_another_does_not_wait_for_the_first(clock):
    slow = Throttle(at_once=1, per_second=1)
    slow.wait("a")

    assert slow.wait("a") and not slow.wait("b")


def test_those_who_come_once_fill_no_memory(clock):
    slow = Throttle(at_once=2, per_second=1, most=100)
    for number in range(1_000):
        slow.wait(f"network {number}")

    assert len(slow._ahead) <= 100


def test_whoever_hurries_is_not_forgotten_for_the_crowd(clock):
    slow = Throttle(at_once=5, per_second=1, most=100)
    for _ in range(5):
        slow.wait("hurried")
    for number in range(1_000):
        slow.wait(f"network {number}")

    assert slow.wait("hurried")


def test_it_costs_next_to_nothing():
    """Aim: below 20 µs on the wall's first page; here with room for a busy machine."""
    crowd = Throttle(at_once=3_000, per_second=20)
    start = throttle.time.perf_counter()
    for number in range(20_000):
        crowd.wait(str(number % 500))

    assert (throttle.time.perf_counter() - start) / 20_000 < 20e-6
