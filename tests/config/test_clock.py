"""时钟: a clock that jumped decides nothing for families until an operator has said that it is right."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mashang.config import clock
from mashang.config.management.commands import tick
from mashang.core.audit.bound import first_key
from mashang.core.models import OperatorAct, Tick, TrailEntry
from mashang.core.privacy.keys import new_data_key
from mashang.notices.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def did(monkeypatch):
    """What the tick did: tasks that the clock decides, and those that go on whatever it says."""
    done = []
    found = {
        "TASKS": [lambda: done.append("lapse")],
        "WHATEVER_THE_CLOCK": [lambda: done.append("send")],
    }
    monkeypatch.setattr(tick, "tasks", lambda which: iter(found[which]))
    return done


@pytest.fixture
def at(monkeypatch):
    """Puts the clocks of the machine to so long after the real time; without `boot` the machine has been up all the while."""
    start = clock.read()

    def put(wall, *, up=None, boot=start.boot):
        reading = clock.Reading(start.now + wall, boot, start.uptime + (wall if up is None else up))
        monkeypatch.setattr(clock, "read", lambda: reading)

    put(timedelta())
    return put


def test_as_time_goes_by_due_work_is_done(did, at):
    assert tick.run_due() == []
    at(40 * DAY)
    assert tick.run_due() == []

    assert did == ["lapse", "lapse"]
    assert Tick.objects.get().ended_at is not None


@pytest.mark.parametrize("jump", [40 * DAY, 11 * MINUTE, -HOUR])
def test_after_a_jump_only_messages_go_out(did, at, jump):
    tick.run_due()
    trusted = Tick.objects.get().began_at
    did.clear()
    at(MINUTE + jump, up=MINUTE)

    assert tick.run_due() == ["clock"]

    assert did == ["send"]
    after = Tick.objects.get()
    assert after.began_at == trusted and after.doubted_at is not None


def test_a_clock_that_is_put_back_needs_nobodys_word(did, at):
    tick.run_due()
    at(40 * DAY, up=MINUTE)
    tick.run_due()
    at(2 * MINUTE)

    assert tick.run_due() == []
    assert Tick.objects.get().doubted_at is None


@pytest.mark.parametrize(("away", "is_trusted"), [(71 * HOUR, True), (73 * HOUR, False)])
def test_a_machine_that_was_away_is_trusted_for_three_days(did, at, settings, away, is_trusted):
    settings.MASHANG_CLOCK_GAP = 72
    tick.run_due()
    at(away, up=-clock.read().uptime, boot="another")

    assert (tick.run_due() == []) is is_trusted


def test_an_operator_says_that_it_is_right_and_why(did, at, capsys):
    tick.run_due()
    at(40 * DAY, up=MINUTE)
    with pytest.raises(CommandError, match="跳了 39 天 23 小时"):
        call_command("clock")
    with pytest.raises(CommandError, match="请写明原因"):
        call_command("clock", "--confirm")

    call_command("clock", "--confirm", "--reason", "主板换过")

    assert "已确认" in capsys.readouterr().out
    assert tick.run_due() == []
    note = OperatorAct.objects.get()
    assert (note.what, note.reason) == ("clock.confirmed", "主板换过") and note.operator
    call_command("clock")
    assert "没有什么要确认" in capsys.readouterr().out


def test_what_was_written_by_a_clock_ahead_keeps_nobody_for_ever(did):
    _written(40 * DAY)
    assert tick.run_due() == ["clock"]
    with pytest.raises(CommandError, match="比最后一条留痕"):
        call_command("clock")

    call_command("clock", "--confirm", "--reason", "时间调回来了")

    assert tick.run_due() == []
    _written(50 * DAY)
    assert tick.run_due() == ["clock"], "what comes after is doubted anew"


def test_in_doubt_no_message_is_forgotten_for_its_date(at, settings):
    call_command("tick")
    lasting, spoiling = _message(), _message(drop_at=timezone.now() + timedelta(days=2))
    at(40 * DAY, up=MINUTE)

    assert tick.run_due() == ["clock"]

    lasting.refresh_from_db()
    spoiling.refresh_from_db()
    assert (lasting.state, spoiling.state) == ("sent", "waiting")
    assert spoiling.body is not None


def _message(**also):
    key = new_data_key()
    message = Message(kind="x", due_at=timezone.now(), data_key=key, **also)
    message.phone, message.body = "12000000001", "您好"
    message.save()
    return message


def _written(ahead):
    """An entry of the trail, by a clock that stands elsewhere."""
    when = timezone.now() + ahead
    TrailEntry.objects.create(id=first_key(when), chain=uuid4(), number=1, at=when)
