"""告知与外发：一次只发一次，发不出就晚点再发，发完就忘."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from mashang.core.privacy.keys import new_data_key
from mashang.notices import actions, drivers
from mashang.notices.drivers import Rejected, Unreachable
from mashang.notices.kinds import KINDS, kind
from mashang.notices.models import Message, Notice
from tests.builders import make_user
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db
State = Message.State
NEWS = kind("test.news", "有新进展", "您的事项有新进展，请到“我的事项”查看。预计 {day} 前办理。")


class Gateway:
    """A gateway that answers as it is told and remembers what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.trouble: Exception | None = None

    def send(self, *, id: str, phone: str, text: str) -> None:
        if self.trouble:
            raise self.trouble
        self.sent.append((id, phone, text))


@pytest.fixture
def gateway(monkeypatch) -> Gateway:
    gateway = Gateway()
    monkeypatch.setattr(actions, "driver", lambda: gateway)
    return gateway


def tell(user) -> Notice:
    return actions.tell(user, NEWS, url="/own/", day="11月30日")


def test_a_person_is_told_in_the_inbox_and_by_text(li, gateway) -> None:
    notice = tell(li)

    assert actions.send_due() == 1
    [(_, phone, text)] = gateway.sent
    assert phone == li.phone.reveal() and "11月30日" in text and notice.body in text


def test_what_has_left_is_forgotten_here(li, gateway) -> None:
    tell(li)
    actions.send_due()

    message = Message.objects.get()
    assert (message.state, message.phone, message.body) == (State.SENT, None, None)
    assert actions.send_due() == 0 and len(gateway.sent) == 1


def test_a_person_without_phone_finds_it_in_the_inbox_only(gateway) -> None:
    tell(make_user("王"))

    assert Notice.objects.count() == 1 and not Message.objects.exists()


def test_what_does_not_get_through_is_tried_later_and_later(li, gateway) -> None:
    tell(li)
    gateway.trouble = Unreachable("HTTP 503")
    waits = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(actions.MOST_TRIES - 1):
            actions.send_due()
            message = Message.objects.get()
            waits.append((message.due_at - timezone.now()).total_seconds())
            assert actions.send_due() == 0  # not due yet
            clock.move_to(message.due_at)
        actions.send_due()

    message = Message.objects.get()
    assert waits == [30, 120, 480, 1920, 7680]
    assert (message.state, message.error, message.phone) == (State.FAILED, "HTTP 503", None)


def test_what_the_gateway_refuses_is_not_tried_again(li, gateway) -> None:
    tell(li)
    gateway.trouble = Rejected("HTTP 400")

    assert actions.send_due() == 0
    assert Message.objects.get().state == State.FAILED


def test_a_sender_that_died_loses_its_lease(li, gateway) -> None:
    tell(li)
    now = timezone.now()
    Message.objects.update(state=State.SENDING, leased_until=now + actions.LEASE, tries=1)

    assert actions.send_due() == 0
    with time_machine.travel(now + actions.LEASE + timedelta(seconds=1)):
        assert actions.send_due() == 1


def test_a_code_that_came_too_late_is_not_sent(li, gateway) -> None:
    late = timezone.now() - timedelta(seconds=1)
    with time_machine.travel(late - timedelta(minutes=5)):
        actions.text_phone("12000000001", NEWS, new_data_key(), drop_at=late, day="明天")

    assert actions.send_due() == 0 and not gateway.sent
    assert Message.objects.get().error == "已过时，不再发送"


def test_reading_is_for_the_owner(li, chen, gateway) -> None:
    notice = tell(li)
    actions.read(chen, notice.pk)
    assert Notice.objects.get().read_at is None

    actions.read(li, notice.pk)
    first = Notice.objects.get().read_at
    actions.read(li, notice.pk)
    assert Notice.objects.get().read_at == first and actions.read_all(li) == 0


def test_no_kind_asks_for_a_personal_word() -> None:
    from django.apps import apps
    from django.utils.module_loading import import_string, module_has_submodule

    for room in apps.get_app_configs():
        if room.name.startswith("mashang.") and module_has_submodule(room.module, "notices"):
            import_string(f"{room.name}.notices.__name__")
    assert "account.code" in KINDS  # each was checked when it was defined
    for name in ("name", "id_number", "phone", "reason"):
        with pytest.raises(ValueError, match="must not stand"):
            kind(f"test.{name}", "标题", f"您好，{{{name}}}")


def test_one_code_of_a_kind_has_one_wording() -> None:
    with pytest.raises(ValueError, match="twice"):
        kind("test.news", "标题", "别的话")


def test_the_console_driver_writes_what_the_demo_page_shows(settings, capsys) -> None:
    drivers.ConsoleDriver().send(id="1", phone="12000000001", text="您好")

    assert settings.MASHANG_SMS_FILE.read_text().endswith("\t12000000001\t您好\n")
    assert "您好" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_five_senders_send_a_message_once(li, gateway) -> None:
    tell(li)

    assert sum(press_at_once([actions.send_due] * 5)) == 1 == len(gateway.sent)


@pytest.mark.django_db(transaction=True)
def test_a_driver_that_breaks_does_not_break_the_page(gateway) -> None:
    """What was committed stays committed; the tick tries again after the lease."""
    gateway.trouble = RuntimeError("a bug in the driver")

    message = actions.text_phone("12000000001", NEWS, new_data_key(), day="明天")

    gateway.trouble = None
    with time_machine.travel(timezone.now() + actions.LEASE + timedelta(seconds=1)):
        assert actions.send_due() == 1
    assert Message.objects.get(pk=message.pk).state == State.SENT
