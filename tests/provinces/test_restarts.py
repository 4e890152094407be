"""Whatever becomes of the connection, the next statement runs in its province or nowhere.

In `public` lie another tenant's rows, as after a single installation that became several.
"""

from collections.abc import Iterator
from contextvars import Context

import pytest
from django.db import Error, close_old_connections, connection, transaction

from mashang.config.provincial.base import NOWHERE, DatabaseWrapper
from mashang.core.provinces import ProvinceUnknown, use_province
from tests.clusters import Cluster, cluster

TENANT, OURS, BESIDE = "another tenant", "ours", "the province beside"


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with cluster() as here:
        for schema, name in (("public", TENANT), ("province_gx", OURS), ("province_hn", BESIDE)):
            here.execute(
                f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION house",
                f"CREATE TABLE {schema}.household (name text)",
                f"ALTER TABLE {schema}.household OWNER TO house",
            )
            with here.connect() as link:
                link.execute(f"SET search_path = {schema}")
                link.execute("INSERT INTO household VALUES (%s)", [name])
        yield here


@pytest.fixture(autouse=True)
def house(server, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), server.as_default(), use_province("gx"):
        assert names() == [OURS]  # the connection has served before
        yield


def names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM household ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def killed(server: Cluster) -> None:
    server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'house'"
    )


def restarted(server: Cluster) -> None:
    server.restart()


def closed(server: Cluster) -> None:
    connection.close()


def next_request() -> None:
    """As Django at `request_started`."""
    close_old_connections()


LOST = pytest.mark.parametrize("lose", [killed, restarted, closed])


@LOST
def test_the_first_statement_afterwards_stays_in_the_province(server, lose):
    lose(server)
    next_request()

    assert names() == [OURS]


@LOST
def test_the_first_transaction_afterwards_too(server, lose):
    lose(server)
    next_request()

    with transaction.atomic():
        assert names() == [OURS]


@LOST
def test_a_first_write_does_not_reach_the_other_tenant(server, lose):
    lose(server)
    next_request()

    with use_province("hn"), connection.cursor() as cursor:
        cursor.execute("INSERT INTO household VALUES ('new')")
        assert names() == ["new", BESIDE]
        cursor.execute("DELETE FROM household WHERE name = 'new'")
    with server.connect() as link:
        assert link.execute("SELECT name FROM public.household").fetchall() == [(TENANT,)]


@LOST
def test_a_connection_lost_inside_a_transaction_comes_back_in_the_province(server, lose):
    def interrupted() -> None:
        with transaction.atomic():
            names()
            lose(server)
            names()

    with pytest.raises(Error):
        interrupted()
    assert names() == [OURS]


def test_the_same_connection_reads_one_province_after_the_other_by_one_kept_plan(server):
    def kept() -> list[str]:
        with connection.cursor_that_keeps_plans() as cursor:
            cursor.execute("SELECT name FROM household WHERE name <> %s", ["?"])
            return [name for (name,) in cursor.fetchall()]

    for _ in range(3):
        assert kept() == [OURS]
        with use_province("hn"):
            assert kept() == [BESIDE]


def test_a_connection_made_before_the_province_is_known_stands_nowhere(server, settings):
    closed(server)
    settings.MASHANG_PROVINCE = ""

    Context().run(connection.ensure_connection)  # in which no province was named

    found = connection.connection.execute("SELECT to_regclass('household')").fetchone()
    assert (connection.bound_to, found) == (NOWHERE, (None,))
    with pytest.raises(ProvinceUnknown):
        Context().run(names)
    assert names() == [OURS]


def test_bound_before_the_health_check_the_first_statement_reads_the_other_tenant(
    server, monkeypatch
):
    """What these tests are for: the order that stood here before."""

    def bound_first(self: DatabaseWrapper) -> None:
        self.ensure_connection()
        if self.schema != self.bound_to:
            self._move(self.schema)

    monkeypatch.setattr(DatabaseWrapper, "_bind", bound_first)
    monkeypatch.delattr(DatabaseWrapper, "init_connection_state")
    killed(server)
    next_request()

    assert names() == [TENANT]
