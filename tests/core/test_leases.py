"""租约: one process at a time, and nobody waits for one that died."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

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


def test_whoever_died_keeps_the_others_out_for_ten_minutes_at_most(monkeypatch):
    monkeypatch.setattr(leases, "LONG", timedelta(seconds=-1))
    with lease("tick") as died:
        monkeypatch.undo()
        with lease("tick") as next_one:
            assert next_one
            assert not died.renew(), "it has lost it"
            assert next_one.renew()


def test_whoever_lost_it_gives_nothing_back(monkeypatch):
    monkeypatch.setattr(leases, "LONG", timedelta(seconds=-1))
    slow = lease("tick")
    slow.__enter__()
    monkeypatch.undo()
    with lease("tick"):
        slow.__exit__(None, None, None)
        with lease("tick") as third:
            assert third is None


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
