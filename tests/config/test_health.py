"""健康: what a monitor reads, who may ask, and when it says that somebody has to act."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from mashang.config import health
from mashang.core.models import Tick
from mashang.core.privacy import keys
from mashang.core.privacy.keys import new_data_key
from mashang.notices.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def ask(client, **meta):
    return client.get("/healthz", **meta)


@pytest.fixture
def ticked():
    call_command("tick")


def test_a_house_that_works_is_well(client, ticked):
    answer = ask(client)
    told = answer.json()

    assert answer.status_code == 200 and told["ok"] is True and told["wrong"] == []
    assert told["database"] == "up" and told["tick_age_seconds"] < 60
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_asked_by_number_too(client, settings, ticked):
    settings.ALLOWED_HOSTS = ["bf.example.cn"]

    assert ask(client, HTTP_HOST="10.1.2.3:8000").status_code == 200
    assert client.get("/guide/", HTTP_HOST="10.1.2.3:8000").status_code == 400


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},  # a stranger, through our own proxy
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer guess"},
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "},
    ],
)
@pytest.mark.parametrize("token", ["", "a token of the monitor"])
def test_a_stranger_learns_nothing(client, settings, meta, token):
    settings.MASHANG_HEALTH_TOKEN = token

    answer = ask(client, **meta)

    assert answer.status_code == 404 and answer.content == b""


def test_a_monitor_elsewhere_brings_its_token(client, settings, ticked):
    settings.MASHANG_HEALTH_TOKEN = "a token of the monitor"
    token = "Bearer a token of the monitor"

    answer = ask(
        client, REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="x", HTTP_AUTHORIZATION=token
    )

    assert answer.status_code == 200


def test_due_work_that_stands_still_is_told(client):
    assert "定时办理停了" in ask(client).json()["wrong"], "it never ran"
    call_command("tick")
    Tick.objects.update(began_at=timezone.now() - timedelta(minutes=11), failed="a.tasks.b")

    answer = ask(client)

    assert answer.status_code == 503 and "定时办理停了" in answer.json()["wrong"]
    assert answer.json()["tick_failed"] == ["a.tasks.b"]


def test_a_clock_in_doubt_is_told(client, ticked):
    Tick.objects.update(began_at=timezone.now() + timedelta(hours=1))

    assert "时钟不可信，运行 mashang clock" in ask(client).json()["wrong"]


def test_messages_that_nobody_takes_are_told(client, ticked):
    due = timezone.now() - timedelta(minutes=11)
    Message.objects.create(kind="x", due_at=due, data_key=new_data_key())

    told = ask(client).json()

    assert told["messages_waiting"] == 1 and told["wrong"] == ["短信发不出去"]


def test_foreign_keys_are_told(client, ticked, monkeypatch):
    monkeypatch.setattr(keys, "fits", lambda: False)

    assert ask(client).json()["wrong"] == ["密钥与数据库不符"]


def test_a_database_that_is_down_is_an_answer_too(client, monkeypatch):
    def down():
        raise DatabaseError

    monkeypatch.setattr(health, "_asked", down)
    answer = ask(client)

    assert answer.status_code == 503
    assert answer.json()["database"] == "down" and answer.json()["wrong"] == ["数据库没有应答"]


def test_a_full_disk_is_told(client, ticked, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 60)

    assert ask(client).json()["wrong"] == ["磁盘快满了"]
