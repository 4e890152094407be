"""At COMMIT with a replica that does not answer: what the server says is heard on every connection."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import close_old_connections, connection

from mashang.core.db.errors import committing
from mashang.core.errors import OutcomeUnknown
from tests.clusters import PROGRAMS, Cluster, cluster

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql" or PROGRAMS is None, reason="only PostgreSQL has replicas"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with cluster() as here:
        here.execute("CREATE TABLE note (name text)", "GRANT ALL ON note TO house")
        yield here


@pytest.fixture(autouse=True)
def house(server, django_db_blocker) -> Iterator[None]:
    server.set(synchronous_standby_names="")
    with django_db_blocker.unblock(), server.as_default():
        act()
        yield


def act() -> None:
    with committing(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO public.note VALUES ('done')")


def act_while(server: Cluster, does: str) -> None:
    """The act waits at its COMMIT for a replica that never comes; somebody ends the waiting.

    The server hears of a new setting a moment later: a commit before that does not wait, and the act is done again.
    """
    server.set(synchronous_standby_names="nobody")
    ending = threading.Thread(target=end_waiting, args=(server, does), daemon=True)
    ending.start()
    try:
        while ending.is_alive():
            act()
    finally:
        ending.join()


def end_waiting(server: Cluster, does: str) -> None:
    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    with server.connect() as link:
        give_up = time.monotonic() + 60
        while not (found := link.execute(waiting).fetchone()):
            assert time.monotonic() < give_up, "no commit waited for the replica"
            time.sleep(0.05)
        link.execute("SELECT " + does + "(%s)", found)


def lost(server: Cluster) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'house'"
    )


def restarted(server: Cluster) -> None:
    server.restart()


WAYS = pytest.mark.parametrize("does", ["pg_cancel_backend", "pg_terminate_backend"])


@WAYS
def test_an_act_whose_waiting_was_ended_is_unknown_not_done(server, does):
    with pytest.raises(OutcomeUnknown):
        act_while(server, does)


@WAYS
@pytest.mark.parametrize("lose", [lost, restarted])
def test_so_is_the_first_act_after_the_connection_was_replaced(server, lose, does):
    lose(server)
    close_old_connections()  # as at the start of a request: whether it lives is asked by the first act

    with pytest.raises(OutcomeUnknown):
        act_while(server, does)


def test_what_was_said_to_one_act_is_not_held_against_the_next(server):
    with pytest.raises(OutcomeUnknown):
        act_while(server, "pg_cancel_backend")
    server.set(synchronous_standby_names="")

    act()
