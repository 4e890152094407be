"""PostgreSQL's own log: what people told us stands in it before the settings, and not after them."""

import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from mashang.config import server_log
from tests.clusters import PROGRAMS, Cluster, cluster

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql" or PROGRAMS is None, reason="SQLite keeps no log"
)
NAME, PHONE = "李春燕", "12812345678"
TALKATIVE = {"log_statement": "all", "log_min_duration_statement": "0", "log_lock_waits": "on"}


@pytest.fixture
def server(django_db_blocker) -> Iterator[Cluster]:
    with cluster() as here:
        here.execute(
            "CREATE TABLE person (name text UNIQUE, phone text CONSTRAINT is_known CHECK (phone <> ''))",
            "GRANT ALL ON person TO house",
        )
        with django_db_blocker.unblock():
            yield here


def refused(values: list[str], *, keeping_plan: bool) -> None:
    cursor = connection.cursor_that_keeps_plans() if keeping_plan else connection.cursor()
    with pytest.raises(IntegrityError), transaction.atomic(), cursor:
        cursor.execute("INSERT INTO public.person VALUES (%s, %s)", values)


def told_of_people(server: Cluster) -> list[str]:
    """What is refused at work, and the lines about it in the server's log."""
    before = len(server.log.read_text())
    with server.as_default() as link:
        with link.cursor() as cursor:
            cursor.execute("INSERT INTO public.person VALUES (%s, %s)", [NAME, PHONE])
        for keeping_plan in (False, True):
            refused([NAME, PHONE], keeping_plan=keeping_plan)
            refused([f"{NAME}2", ""], keeping_plan=keeping_plan)
        with link.cursor() as cursor:
            cursor.execute("DELETE FROM public.person WHERE name = %s", [NAME])
    written = server.log.read_text()[before:]
    assert "is_known" in written  # which rule it was is still told
    return [line for line in written.splitlines() if NAME in line or PHONE in line]


def said(server: Cluster) -> tuple[bool, str]:
    with server.as_default() as link:
        return server_log.kept_out(link)


def typed(sentence: str) -> list[str]:
    """What the administrator types: the line in quotation marks."""
    return re.search(r'psql -c "(.+)"', sentence)[1].split("; ")


@pytest.mark.parametrize("configured", [{}, TALKATIVE], ids=["as installed", "talkative"])
def test_before_what_the_check_asks_for_people_stand_in_the_log_and_not_after_it(
    server, settings, configured
):
    settings.MASHANG_DEMO = False
    server.set(**configured)
    passed, sentence = said(server)
    assert not passed and "数据库管理员" in sentence
    assert told_of_people(server)

    server.execute(*typed(sentence))

    assert said(server) == (True, "不记语句，也不记其中的内容")
    assert told_of_people(server) == []


def test_each_statement_that_is_asked_for_is_one_that_the_role_may_not_type_itself(
    server, settings
):
    """The house cannot do it at its connections: so it asks."""
    settings.MASHANG_DEMO = False
    server.set(**TALKATIVE)
    for_admin = [line for line in typed(said(server)[1]) if "max_length_on_error" not in line]

    with server.connect("house") as link:
        for line in for_admin:
            with pytest.raises(Exception, match="permission denied"):
                link.execute(line)


def test_the_demo_is_told_and_not_stopped(server, settings):
    settings.MASHANG_DEMO = True

    passed, sentence = said(server)

    assert passed and "演示" in sentence
