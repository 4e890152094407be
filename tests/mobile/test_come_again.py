"""请再来一次: what the sign-in pages say where strangers knock too often, and that they go on afterwards."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mashang.accounts import limits
from mashang.accounts.actions import phones, staff
from mashang.accounts.devices import Origin, new_device
from mashang.accounts.tickets import Ticket
from mashang.core.privacy.keys import blind_index
from tests.builders import make_phone
from tests.tickets import worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(li) -> str:
    """The number of a phone for which strangers have asked all day."""
    phone = li.phone.reveal()
    for _ in range(limits.CODE_PHONE.most):
        limits.CODE_PHONE.count(phones.phone_index(phone))
    return phone


def ticket_in(page) -> dict[str, str]:
    fields = dict(re.findall(r'name="(ticket)" value="([^"]+)"', page.text))
    facts = dict(re.findall(r'data-(seed|parts|bits|seconds)="([^"]+)"', page.text))
    ticket = Ticket(
        fields["ticket"],
        facts["seed"],
        *(int(facts[name]) for name in ("seconds", "parts", "bits")),
    )
    return {"ticket": ticket.text, "work": worked(ticket)}


def test_the_phone_stays_typed_and_the_script_goes_on_with_it(client, rung, settings) -> None:
    page = client.post("/sign-in/", {"phone": rung})

    assert page.status_code == 429 and page["Retry-After"] == "120"
    assert f'value="{rung}"' in page.text and "data-go" in page.text
    assert "js/work.js" in page.text and "请过 2 分钟再按一次" in page.text
    again = client.post("/sign-in/", {"phone": rung, **ticket_in(page)})
    assert again.status_code == 200 and "验证码已发到" in again.text


def test_without_a_script_the_same_form_is_good_after_two_minutes(client, rung) -> None:
    page = client.post("/sign-in/", {"phone": rung})
    waiting = {"phone": rung, "ticket": ticket_in(page)["ticket"], "work": ""}

    assert client.post("/sign-in/", waiting).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(seconds=121)):
        assert client.post("/sign-in/", waiting).status_code == 200


def test_a_new_number_waits_before_anything_is_sent(signed_in, li, settings) -> None:
    new = make_phone()
    for _ in range(limits.CODE_PHONE.most):
        limits.CODE_PHONE.count(phones.phone_index(new))
    client = signed_in(li)

    page = client.post("/me/phone/", {"new_phone": new})

    assert page.status_code == 429 and page["Retry-After"] == "120"
    assert not settings.MASHANG_SMS_FILE.exists()
    assert client.post("/me/phone/", {"new_phone": new, **ticket_in(page)}).status_code == 200


def test_a_colleague_types_password_and_code_again(client) -> None:
    for _ in range(limits.PASSWORD_ACCOUNT.most):
        limits.PASSWORD_ACCOUNT.count(staff.account_mark("zhang"))
    typed = {"username": "zhang", "password": "qing-shan-lv-shui-7", "second": "123456"}

    page = client.post("/desk/sign-in/", typed)

    assert page.status_code == 429 and page["Retry-After"] == "120"
    assert "请再输一次密码" in page.text and typed["password"] not in page.text
    assert "data-go" not in page.text
    again = client.post("/desk/sign-in/", {**typed, **ticket_in(page)})
    assert again.status_code == 422 and "账号、密码或动态口令不对" in again.text


def test_an_ordinary_day_asks_for_nothing(client, li) -> None:
    page = client.post("/sign-in/", {"phone": li.phone.reveal()})

    assert page.status_code == 200 and "work.js" not in page.text


def test_a_known_device_is_asked_for_nothing(client, rung) -> None:
    device = new_device().remember(blind_index("phone", rung))
    client.cookies["device"] = device.to_cookie()

    assert client.post("/sign-in/", {"phone": rung}).status_code == 200


def test_when_messages_run_short_a_known_and_a_foreign_phone_read_the_same(
    li, monkeypatch, settings
) -> None:
    settings.MASHANG_LIMITS = {"code-messages": 10}
    monkeypatch.setattr("mashang.accounts.tickets.require", lambda *given: None)
    while limits.MESSAGES.is_free(share=limits.STRANGERS):
        pass

    pages = [Client().post("/sign-in/", {"phone": n}) for n in (li.phone.reveal(), "12999990000")]

    known, foreign = (
        re.sub(r'value="[^"]*"|12\d\*{4}\d{4}|\w{64}', "", page.text) for page in pages
    )
    assert known == foreign and "第一次使用的，请明天这个时候再试，或到工会窗口办" in known


def test_who_is_signed_in_is_not_slowed_down_by_strangers(signed_in, li, rung) -> None:
    who = Origin(new_device(), "127.0.0.1")

    assert signed_in(li).post("/confirm/").status_code == 200
    assert phones.ask_code(rung, origin=who, purpose="confirm")
