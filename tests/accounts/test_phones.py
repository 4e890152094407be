"""验证码：索取、登录、换号；限次不会锁住别人."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang.accounts.actions import phones
from mashang.accounts.devices import Origin, new_device
from mashang.accounts.models import PhoneCode, User
from mashang.core.errors import Invalid, TooMany
from mashang.core.models import TrailEntry
from mashang.notices.models import Message, Notice
from tests.builders import make_holder, make_phone, make_worker
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db


def origin(network: str = "10.0.0.1") -> Origin:
    return Origin(new_device(), network)


def code_for(phone: str, who: Origin, purpose: str = "sign_in") -> str:
    """Asks for a code; reads it from the outbox, or from the driver if it has left already."""
    phones.ask_code(phone, origin=who, purpose=purpose)
    body = Message.objects.filter(kind="account.code").latest("created_at").body
    text = body.reveal() if body else settings.MASHANG_SMS_FILE.read_text().splitlines()[-1]
    return text.split("验证码是 ")[1][:6]


def test_the_code_opens_the_account_of_the_phone(li) -> None:
    who = origin()
    phone = li.phone.reveal()

    assert phones.sign_in(phone, code_for(phone, who), origin=who) == li


def test_the_outbox_and_the_codes_hold_no_number_in_clear(li) -> None:
    who = origin()
    code = code_for(li.phone.reveal(), who)

    rows = [*PhoneCode.objects.values_list(), *Message.objects.values_list()]
    text = repr(
        [[bytes(cell) if isinstance(cell, memoryview) else cell for cell in r] for r in rows]
    )
    assert li.phone.reveal() not in text and code not in text


def test_a_code_works_once_and_on_the_asking_device_only(li) -> None:
    who, other = origin(), origin()
    phone = li.phone.reveal()
    code = code_for(phone, who)

    with pytest.raises(phones.WrongCode):
        phones.sign_in(phone, code, origin=other)
    phones.sign_in(phone, code, origin=who)
    with pytest.raises(phones.WrongCode):
        phones.sign_in(phone, code, origin=who)


def test_a_code_ends_after_five_minutes_and_after_five_tries(li) -> None:
    who = origin()
    phone = li.phone.reveal()
    late = code_for(phone, who)
    with (
        time_machine.travel(timezone.now() + timedelta(minutes=6)),
        pytest.raises(phones.WrongCode),
    ):
        phones.sign_in(phone, late, origin=who)
    guessed = code_for(phone, who)
    wrong = "000000" if guessed != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(phones.WrongCode):
            phones.sign_in(phone, wrong, origin=who)

    with pytest.raises(phones.CodeSpent, match="已经作废"):
        phones.sign_in(phone, guessed, origin=who)
    with pytest.raises(phones.WrongCode, match="请核对短信"):
        phones.sign_in(phone, guessed, origin=origin())
    phones.sign_in(phone, code_for(phone, who), origin=who)


def test_a_code_for_one_purpose_serves_no_other(li) -> None:
    who = origin()
    phone = li.phone.reveal()
    code = code_for(phone, who, PhoneCode.Purpose.CONFIRM)

    with pytest.raises(phones.WrongCode):
        phones.sign_in(phone, code, origin=who)


def test_a_known_and_an_unknown_phone_cost_the_same(li) -> None:
    phones.ask_code(make_phone(), origin=origin("10.0.0.3"))  # the house's own count is opened
    with CaptureQueriesContext(connection) as known:
        phones.ask_code(li.phone.reveal(), origin=origin())
    with CaptureQueriesContext(connection) as unknown:
        phones.ask_code(make_phone(), origin=origin("10.0.0.2"))

    assert [q["sql"][:12] for q in known] == [q["sql"][:12] for q in unknown]


def test_what_is_no_phone_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(Invalid):
        phones.ask_code("12345", origin=origin())
    assert not Message.objects.exists()


def test_a_closed_account_is_told_so_after_the_code_only(li) -> None:
    who = origin()
    User.objects.filter(pk=li.pk).update(is_active=False)
    phone = li.phone.reveal()

    with pytest.raises(phones.WrongCode):
        phones.sign_in(phone, "000000", origin=who)
    with pytest.raises(phones.AccountClosed):
        phones.sign_in(phone, code_for(phone, who), origin=who)


def test_one_knocker_is_stopped_and_its_victim_is_not(li) -> None:
    phone = li.phone.reveal()
    attacker, home = origin("6.6.6.6"), origin("10.0.0.7")
    known = Origin(home.device.remember(phones.phone_index(phone)), home.network)
    for _ in range(5):
        phones.ask_code(phone, origin=attacker)

    with pytest.raises(TooMany) as refusal:
        phones.ask_code(phone, origin=Origin(new_device(), attacker.network))
    assert refusal.value.facts["retry_after"] > 0
    assert phones.sign_in(phone, code_for(phone, home), origin=home) == li
    for network in range(30):  # a whole net of machines uses up what all strangers have together
        try:
            phones.ask_code(phone, origin=origin(f"7.7.7.{network}"))
        except TooMany:
            break
    assert phones.sign_in(phone, code_for(phone, known), origin=known) == li


def test_a_hall_full_of_people_gets_in_through_one_address() -> None:
    for _ in range(60):
        who = origin("10.9.9.9")
        phone = make_phone()
        phones.sign_in(phone, code_for(phone, who), origin=who)

    assert User.objects.count() == 60


def test_a_new_phone_takes_both_codes_and_tells_the_old_one(li) -> None:
    who, old, new = origin(), li.phone.reveal(), make_phone()
    phones.ask_change(li, new, origin=who)
    texts = [m.body.reveal() for m in Message.objects.order_by("created_at")]
    new_code, old_code = (text.split("验证码是 ")[1][:6] for text in texts)

    with pytest.raises(phones.WrongCode):
        phones.change(li, new, new_code, new_code, origin=who)
    phones.change(li, new, old_code, new_code, origin=who)

    told = Message.objects.filter(kind="account.phone_changed").order_by("created_at")
    assert [message.phone.reveal() for message in told] == [old, new]
    assert User.objects.get(pk=li.pk).phone.reveal() == new
    assert Notice.objects.get().kind == "account.phone_changed"
    assert TrailEntry.objects.get().action == "account.phone_changed"


def test_a_phone_belongs_to_one_account(branch_a, li) -> None:
    other = make_worker("王五")
    make_holder(branch_a["own"], other)

    with pytest.raises(phones.PhoneTaken):
        phones.replace(li, other.phone.reveal(), by=li)


@pytest.mark.django_db(transaction=True)
def test_ten_thumbs_on_one_code_sign_in_once() -> None:
    who, phone = origin(), make_phone()
    code = code_for(phone, who)

    told = press_at_once([lambda: phones.check_code(phone, code, origin=who)] * 5)

    assert sorted(type(answer).__name__ for answer in told) == ["NoneType"] + ["WrongCode"] * 4


@pytest.mark.django_db(transaction=True)
def test_two_first_sign_ins_at_once_make_one_account() -> None:
    phone = make_phone()
    knockers = [origin(f"10.0.0.{n}") for n in range(4)]
    codes = [code_for(phone, who) for who in knockers]

    told = press_at_once(
        [
            lambda w=who, c=code: phones.sign_in(phone, c, origin=w)
            for who, code in zip(knockers, codes, strict=True)
        ]
    )

    assert {person.pk for person in told} == {User.objects.get().pk}
