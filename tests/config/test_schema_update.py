"""结构更新: one at a time, and without the limits of pages."""

import threading

import pytest
from django.core.management import CommandError
from django.db import connection

from mashang.config import schema_update
from mashang.core.db.leases import lease


def test_a_second_one_on_this_machine_waits_and_says_so(settings, tmp_path):
    settings.VAR = tmp_path
    told, done = [], []
    waiting, free = threading.Event(), threading.Event()

    def second():
        with schema_update.alone_on_this_machine(lambda words: (told.append(words), waiting.set())):
            done.append(free.is_set())

    with schema_update.alone_on_this_machine(told.append):
        other = threading.Thread(target=second, daemon=True)
        other.start()
        assert waiting.wait(30)
        free.set()
    other.join(30)

    assert told == ["另一个 mashang provision 正在进行，等它结束（最多 30 分钟）"]
    assert done == [True]


def test_a_lock_that_somebody_else_made_is_held_by_reading_it(settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "provision.lock").touch(0o444)

    with schema_update.alone_on_this_machine(print) as held:
        assert held is None


def test_a_folder_that_cannot_be_opened_is_said_in_words(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.VAR = tmp_path / "file" / "below"

    with (
        pytest.raises(CommandError, match="请核对 MASHANG_VAR"),
        schema_update.alone_on_this_machine(print),
    ):
        pass


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a server's own")
class TestOnAServer:
    def test_one_on_another_machine_is_refused(self):
        with (
            lease("provision"),
            pytest.raises(CommandError, match="请等它结束再运行"),
            schema_update.alone_at(connection),
        ):
            pass

    def test_the_lease_is_given_back(self):
        with schema_update.alone_at(connection), lease("provision") as theirs:
            assert theirs is None

        with lease("provision") as mine:
            assert mine

    def test_the_roles_limits_are_for_pages_alone(self):
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 50")
            with schema_update.without_time_limits(connection):
                cursor.execute("SELECT pg_sleep(0.2)")
                cursor.execute("SHOW statement_timeout")
                assert cursor.fetchone() == ("0",)
                cursor.execute("SHOW lock_timeout")
                assert cursor.fetchone() == ("15s",), "every page of the table would wait behind us"
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("0",), "again what the role has"
            cursor.execute("SET statement_timeout = 50")
            with pytest.raises(Exception, match="statement timeout"):
                cursor.execute("SELECT pg_sleep(0.2)")
