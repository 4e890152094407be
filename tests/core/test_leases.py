"""租约: one process at a time, and nobody waits for one that died."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mashang.core.db import leases
from mashang.core.db.leases import lease
from mashang.core.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)


def test_while_one_holds_it_no_other_gets_it():
    with lease("tick") as mine, lease("tick") as theirs, lease("other") as another:
        assert mine and another
        assert theirs is None

    with lease("tick") as again:
        assert again


def test_it_is_given_back_by_whoever_fails():
    with pytest.raises(ZeroDivisionError), lease("tick"):
        raise ZeroDivisionError

    with lease("tick") as again:
        assert again


def test_whoever_died_keeps_the_others_out_for_ten_minutes_at_most():
    with lease("tick") as died:
        _run_out()
        with lease("tick") as next_one:
            assert next_one
            assert not died.renew(), "it has lost it"
            assert next_one.renew()


def test_whoever_lost_it_gives_nothing_back():
    slow = lease("tick")
    slow.__enter__()
    _run_out()
    with lease("tick"):
        slow.__exit__(None, None, None)
        with lease("tick") as third:
            assert third is None


def test_a_lease_of_a_clock_that_stood_ahead_keeps_nobody_out():
    """It was put back meanwhile; by the clock of now nobody can have taken it for forty days."""
    with lease("tick"):
        Lease.objects.update(ends_at=timezone.now() + timedelta(days=40))
        with lease("tick") as mine:
            assert mine


def test_while_a_long_step_lasts_it_is_renewed(monkeypatch):
    monkeypatch.setattr(leases, "RENEWED_EVERY", 0.05)
    with lease("tick") as mine, leases.renewing(mine):
        Lease.objects.update(ends_at=timezone.now() + timedelta(seconds=1))
        give_up = time.monotonic() + 30
        while Lease.objects.get(name="tick").ends_at < timezone.now() + timedelta(minutes=1):
            assert time.monotonic() < give_up
            time.sleep(0.05)


def _run_out():
    Lease.objects.update(ends_at=timezone.now() - timedelta(seconds=1))


def test_of_eight_at_once_one_gets_it():
    Lease.objects.all().delete()
    ready, over, got = threading.Barrier(8, timeout=30), threading.Event(), []

    def try_it():
        ready.wait()
        with lease("tick") as mine:
            got.append(mine is not None)
            if mine:
                over.wait(30)
        connection.close()

    people = [threading.Thread(target=try_it, daemon=True) for _ in range(8)]
    for one in people:
        one.start()
    while len(got) < 8 and any(one.is_alive() for one in people):
        over.wait(0.05)
    over.set()
    for one in people:
        one.join(30)

    assert sorted(got) == [False] * 7 + [True]
