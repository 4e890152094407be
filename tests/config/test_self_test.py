"""自检: each thing that may be wrong is found and told."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from mashang.config import self_test, server_log
from mashang.config.management.commands import serve
from mashang.config.urls import urlpatterns as house_urls
from mashang.core.models import Tick

open_by_mistake = path("open/", lambda request: HttpResponse("everybody's"))
urlpatterns = [*house_urls, open_by_mistake]

pytestmark = pytest.mark.django_db(transaction=True)


def failed() -> dict[str, str]:
    return {result.name: result.detail for result in self_test.run() if not result.passed}


def test_a_house_as_the_migrations_left_it_passes():
    assert failed() == {}


@pytest.mark.urls(__name__)
def test_a_view_without_a_policy_is_told():
    assert "open/ 没有声明访问规则" in failed()["访问规则与设置"]


def test_a_migration_that_was_not_run_is_told():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'codes'")

    assert "mashang provision" in failed()["数据库：结构"]


def test_a_constraint_that_somebody_dropped_is_told():
    name = "household_has_one_live_application"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")

    assert name in failed()["数据库：约束"]


def test_a_trigger_that_somebody_dropped_is_told():
    on_table = "" if connection.vendor == "sqlite" else " ON core_trailentry"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER core_trailentry_no_delete{on_table}")

    assert "core_trailentry" in failed()["数据库：只增不改的表"]


def test_a_key_that_serves_two_purposes_is_told(settings):
    settings.MASHANG_LOOKUP_KEY = settings.MASHANG_MASTER_KEY

    assert "各不相同" in failed()["密钥"]


def test_a_database_that_forgets_is_told():
    forget = (
        "PRAGMA synchronous=NORMAL"
        if connection.vendor == "sqlite"
        else "SET synchronous_commit=off"
    )
    with connection.cursor() as cursor:
        cursor.execute(forget)

    assert "synchronous" in failed()["数据库：模式"]


def test_a_database_that_logs_what_people_told_is_told_and_the_house_opens(monkeypatch, capsys):
    asked = "请数据库管理员执行"
    monkeypatch.setattr(server_log, "kept_out", lambda connection: (False, asked))
    opened = []
    monkeypatch.setattr(serve, "Granian", lambda *args, **kwargs: Opened(opened))

    call_command("serve", tick_every=0)

    told = [result for result in self_test.run() if not result.passed]
    assert [(result.detail, result.stops) for result in told] == [(asked, False)]
    assert opened and asked in capsys.readouterr().err


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ({"failed": "mashang.core.tasks.seal_rows"}, "没有办成：mashang.core.tasks.seal_rows"),
        ({"doubted_at": timezone.now()}, "时钟存疑"),
        ({"began_at": timezone.now() - timedelta(days=2)}, "停了"),
    ],
)
def test_due_work_that_does_not_go_on_is_told_and_the_house_opens(spoilt, told):
    call_command("tick")
    assert failed() == {}
    Tick.objects.update(**spoilt)

    one = next(result for result in self_test.run() if result.name == "数据库：定时办理")

    assert told in one.detail and not one.passed and not one.stops


class Opened:
    """A server that says that it was started."""

    def __init__(self, opened):
        self.opened = opened

    def on_startup(self, said):
        pass

    def serve(self):
        self.opened.append(True)


@pytest.mark.parametrize(
    "mistyped", [{"code-mesages": "20000"}, {"code-messages": "viele"}, {"reveals": "5"}]
)
def test_a_limit_that_nobody_knows_is_told(settings, mistyped):
    settings.MASHANG_LIMITS = {"api-looks": "600", **mistyped}

    assert "MASHANG_LIMITS" in failed()["访问规则与设置"]
    settings.MASHANG_LIMITS = {"api-looks": "600"}
    assert failed() == {}
