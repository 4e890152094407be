"""谁造成，谁承担: what strangers do to a phone, an account or the house's messages shuts nobody out."""

from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang.accounts import limits, tickets, totp
from mashang.accounts.actions import phones, staff
from mashang.accounts.devices import Origin, new_device
from mashang.accounts.models import User
from mashang.accounts.tickets import ComeAgain
from mashang.core.errors import TooMany
from mashang.core.heavy import lane, passwords
from mashang.notices.actions import send_due
from mashang.notices.models import Message, Notice
from mashang.unions.actions.messages import tell_of_shortage
from mashang.unions.roles import Role
from tests.accounts.test_phones import code_for
from tests.builders import make_phone, make_staff
from tests.crowd import press_at_once
from tests.tickets import with_work

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "qing-shan-lv-shui-7", "guess"


@pytest.fixture(autouse=True)
def still_clock():
    with time_machine.travel(timezone.now().replace(minute=5), tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def easy_work(monkeypatch) -> None:
    monkeypatch.setattr(tickets, "BITS", 4)


def origin(network: str = "10.0.0.1") -> Origin:
    return Origin(new_device(), network)


def asked(phone: str, who: Origin) -> Origin:
    """Asks as a page with a script does: with the work for a ticket where one is given."""
    try:
        phones.ask_code(phone, origin=who)
    except ComeAgain as refusal:
        who = with_work(who, refusal)
        phones.ask_code(phone, origin=who)
    return who


@pytest.mark.django_db(transaction=True)
def test_eight_networks_at_once_at_one_phone_wait_for_nothing() -> None:
    phone = make_phone()

    told = press_at_once(
        [lambda n=n: phones.ask_code(phone, origin=origin(f"6.6.7.{n}")) for n in range(8)]
    )

    assert told == [True] * 8


def ring(phone: str, times: int = 20) -> None:
    """Strangers on four networks of their own ask for codes of this phone."""
    for n in range(times):
        phones.ask_code(phone, origin=origin(f"6.6.6.{n % 4}"))


# The lane of passwords -------------------------------------------------------------------


def test_invented_names_do_not_keep_a_colleague_out_of_the_own_device(
    branch_a, monkeypatch, settings
) -> None:
    """Whoever knocks for the first time waits in the crowd; who has been in before has places kept."""
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    who_asks = []
    monkeypatch.setattr(staff, "check_password", lambda *_: who_asks.append(lane._is_known.get()))
    mark = staff.account_mark(clerk.username)
    known = Origin(new_device().remember(mark), "10.0.0.9")

    for username, who in ((clerk.username, known), (clerk.username, origin()), ("nobody", known)):
        with pytest.raises(staff.WrongCredentials):
            staff.sign_in(username, WRONG, "000000", origin=who)

    assert who_asks == [True, False, False]
    assert passwords.LANE._for_strangers._initial_value == lane.PLACES - lane.KEPT


# A phone ---------------------------------------------------------------------------------


def test_after_twenty_calls_of_strangers_the_owner_gets_a_code_on_a_new_device(
    li, still_clock
) -> None:
    phone, home = li.phone.reveal(), origin("10.0.0.7")
    ring(phone)

    with pytest.raises(ComeAgain) as refusal:
        phones.ask_code(phone, origin=home)
    assert Message.objects.count() == 20
    still_clock.shift(1)
    phones.ask_code(phone, origin=with_work(home, refusal.value))
    text = Message.objects.latest("created_at").body.reveal()
    code = text.split("验证码是 ")[1].split("，")[0]

    assert phones.sign_in(phone, code, origin=home) == li and len(code) == 8


def test_without_a_script_the_owner_waits_two_minutes_and_no_more(li, still_clock) -> None:
    phone, home = li.phone.reveal(), origin("10.0.0.7")
    ring(phone)
    with pytest.raises(ComeAgain) as refusal:
        phones.ask_code(phone, origin=home)
    waiting = replace(home, ticket=refusal.value.ticket.text)

    with pytest.raises(ComeAgain):
        phones.ask_code(phone, origin=waiting)
    still_clock.shift(refusal.value.facts["retry_after"])

    assert refusal.value.facts["retry_after"] == 120 and "2 分钟" in refusal.value.message
    assert phones.ask_code(phone, origin=waiting)


def test_without_tickets_the_owner_would_be_locked_out(li, monkeypatch) -> None:
    def old_way(*given: object) -> None:
        raise TooMany(retry_after=86_400)

    monkeypatch.setattr(tickets, "require", old_way)
    phone, home = li.phone.reveal(), origin("10.0.0.7")
    ring(phone)

    with pytest.raises(TooMany):
        asked(phone, home)


def test_whoever_asks_again_and_again_waits_longer_each_time(still_clock) -> None:
    phone, who = make_phone(), origin()
    waits = []
    for _ in range(12):
        try:
            phones.ask_code(phone, origin=who)
        except TooMany as refusal:
            waits.append(int(refusal.facts["retry_after"]))
            still_clock.shift(waits[-1])
            phones.ask_code(phone, origin=who)

    assert [-(-wait // 60) for wait in waits] == [2, 3, 5, 9, 16, 31, 61]


def test_a_day_of_asking_rings_a_phone_less_than_forty_times_from_one_network(still_clock) -> None:
    phone, who, day = make_phone(), origin(), limits.DAY
    still_clock.move_to(timezone.now().replace(hour=0, minute=0, second=0))
    rung = spent = 0
    while spent < day:
        try:
            who = asked(phone, who)
            rung += 1
        except TooMany as refusal:
            wait = int(str(refusal.facts["retry_after"]))
            still_clock.shift(wait)
            spent += wait

    assert rung < 40


# A network -------------------------------------------------------------------------------


def test_forty_foreign_phones_from_one_address_do_not_go(still_clock) -> None:
    sent = 0
    for _ in range(40):
        still_clock.shift(0.085)  # forty in 3.4 seconds
        try:
            asked(make_phone(), origin("6.6.6.6"))
            sent += 1
        except TooMany:
            pass

    assert sent == Message.objects.count() <= 14


def test_an_hour_of_it_is_a_hundred_and_fifty_messages(still_clock) -> None:
    """As fast as it may, with all the work done."""
    sent, ends = 0, timezone.now() + timedelta(minutes=54)
    while timezone.now() < ends:
        try:
            limits.CODE_NETWORK.count("6.6.6.6")
            sent += 1
        except TooMany as refusal:
            still_clock.shift(int(str(refusal.facts["retry_after"])))

    assert 100 < sent <= 150


def test_a_hall_full_of_people_who_use_their_codes_waits_for_nothing(still_clock) -> None:
    for _ in range(60):
        still_clock.shift(0.01)
        who, phone = origin("10.9.9.9"), make_phone()
        phones.sign_in(phone, code_for(phone, who), origin=who)

    assert User.objects.count() == 60


# The house -------------------------------------------------------------------------------


@pytest.fixture
def few(settings) -> int:
    settings.MASHANG_LIMITS = {"code-messages": 100}  # twenty at once, twelve of them for strangers
    return 20


def use_up_strangers_share() -> None:
    for n in range(40):
        if not phones.ask_code(make_phone(), origin=_bringing_work(f"6.6.{n}.1")):
            return
    raise AssertionError("the share has no end")


def _bringing_work(network: str) -> Origin:
    """The work for whatever phone is asked for next."""
    return Origin(new_device(), network)


@pytest.fixture
def no_tickets(monkeypatch) -> None:
    """As if everybody did the work."""
    monkeypatch.setattr(tickets, "require", lambda *given: None)


def test_strangers_cannot_use_up_what_is_kept_for_owners(few, no_tickets, li) -> None:
    use_up_strangers_share()
    phone, home = li.phone.reveal(), origin("10.0.0.7")
    known = Origin(home.device.remember(phones.phone_index(phone)), home.network)
    before = Message.objects.count()

    at_once = phones.ask_code(phone, origin=known)
    later = phones.ask_code(phone, origin=home)
    foreign = make_phone()
    nobody = phones.ask_code(foreign, origin=origin("10.0.0.8"))
    send_due()

    assert (at_once, later, nobody) == (True, False, False)
    sent = Message.objects.order_by("created_at", "pk")  # the clock stands still
    told = list(sent.values_list("state", flat=True))[before:]
    assert told == ["sent", "sent", "failed"]


def test_with_the_share_used_up_a_phone_of_ours_costs_what_a_foreign_one_does(
    few, no_tickets, li
) -> None:
    use_up_strangers_share()
    queries = []
    for phone in (li.phone.reveal(), make_phone()):
        with CaptureQueriesContext(connection) as caught:
            phones.ask_code(phone, origin=origin(f"10.0.1.{len(queries)}"))
        queries.append([each["sql"][:12] for each in caught])

    assert queries[0] == queries[1]


def test_when_all_are_gone_even_owners_hear_when_to_come_again(few, no_tickets, li) -> None:
    phone, home = li.phone.reveal(), origin("10.0.0.7")
    known = Origin(home.device.remember(phones.phone_index(phone)), home.network)
    while limits.MESSAGES.is_free():
        pass

    with pytest.raises(TooMany) as refusal:
        phones.ask_code(phone, origin=known)

    assert 60 < refusal.value.facts["retry_after"] <= 86_400 / 100 + 1


def test_keepers_hear_once_a_day_that_messages_run_short(few, no_tickets, branch_a) -> None:
    keeper = make_staff("守", branch_a["province"], Role.KEEPER)
    assert tell_of_shortage() == 0
    use_up_strangers_share()

    assert (tell_of_shortage(), tell_of_shortage()) == (1, 0)
    assert Notice.objects.get(user_id=keeper.pk).kind == "unions.messages_short"


def test_before_the_share_is_gone_strangers_bring_work(few) -> None:
    for n in range(6):
        phones.ask_code(make_phone(), origin=origin(f"6.6.{n}.1"))

    with pytest.raises(ComeAgain):
        phones.ask_code(make_phone(), origin=origin("10.0.0.7"))


# A colleague -----------------------------------------------------------------------------


@pytest.fixture
def zhang(still_clock) -> tuple[User, pyotp.TOTP]:
    opened = staff.new_enrolment(staff.open_account("zhang", "张敏", make_phone()))
    authenticator = pyotp.TOTP(totp.secret_from(staff.tidy(opened.code), ""))
    staff.enrol(
        "zhang", opened.code, PASSWORD, authenticator.at(timezone.now()), origin=origin("10.0.0.9")
    )
    still_clock.shift(31)
    return opened.user, authenticator


def guess(times: int, password: str = WRONG, second: str = "000000") -> int:
    """Wrong tries from ever new addresses; returns how many were looked at."""
    looked_at = 0
    for n in range(times):
        who = origin(f"7.{n // 200}.{n % 200}.1")
        for again in (False, True):
            try:
                staff.sign_in("zhang", password, second, origin=who)
            except staff.WrongCredentials:
                looked_at += 1
                break
            except ComeAgain as refusal:
                assert not again
                who = with_work(who, refusal)
    return looked_at


def test_after_two_hundred_wrong_passwords_the_owner_gets_in_on_a_new_device(zhang) -> None:
    user, authenticator = zhang
    assert guess(200) == 200
    home = origin("10.0.0.7")

    with pytest.raises(ComeAgain) as refusal:
        staff.sign_in("zhang", PASSWORD, authenticator.at(timezone.now()), origin=home)
    second = authenticator.at(timezone.now())  # nothing was tried, so the code is still good

    assert staff.sign_in("zhang", PASSWORD, second, origin=with_work(home, refusal.value)) == user


def test_who_knows_the_password_tries_forty_second_factors_a_day(zhang, monkeypatch) -> None:
    """Forty of a million, three of which are right: 1.2 in 10,000 a day, with any number of machines."""
    user, authenticator = zhang
    tried = []
    monkeypatch.setattr(staff, "_use_second", lambda *given: bool(tried.append(given)))
    guess(60, PASSWORD)
    assert len(tried) == 40
    monkeypatch.undo()
    home = origin("10.0.0.7")
    known = Origin(home.device.remember(staff.account_mark("zhang")), home.network)

    assert staff.sign_in("zhang", PASSWORD, authenticator.at(timezone.now()), origin=known) == user
    assert Message.objects.filter(kind="staff.password_known").count() == 1
    assert Notice.objects.filter(user_id=user.pk, kind="staff.password_known").count() == 1


def test_the_owner_hears_of_the_third_wrong_second_factor_of_a_stranger(zhang) -> None:
    """Whoever knows the password and tries a few each day would never meet the limit of forty."""
    user, _ = zhang
    warned = Notice.objects.filter(user_id=user.pk, kind="staff.password_known")
    guess(2, PASSWORD)
    assert not warned.exists()

    guess(2, PASSWORD)

    assert warned.count() == 1


def test_signing_in_costs_one_statement_more_than_it_did(zhang) -> None:
    """Three counters before, and four now for an unknown device, with a fifth for a wrong second factor; two
    before, and two now for a known one."""
    user, authenticator = zhang
    counted = []
    home = origin("10.0.0.7")
    known = Origin(home.device.remember(staff.account_mark("zhang")), home.network)
    for who in (home, known):
        with pytest.raises(staff.WrongCredentials):  # opens the windows
            staff.sign_in("zhang", PASSWORD, "000000", origin=who)
        with (
            CaptureQueriesContext(connection) as caught,
            pytest.raises(staff.WrongCredentials),
        ):
            staff.sign_in("zhang", PASSWORD, "000000", origin=who)
        counted.append(sum("core_ratewindow" in each["sql"] for each in caught))

    assert counted == [5, 2]


def test_a_code_costs_one_counter_more_than_it_did(li) -> None:
    phone, home = li.phone.reveal(), origin("10.0.0.7")
    known = Origin(home.device.remember(phones.phone_index(phone)), home.network)
    counted = []
    for who in (home, known):
        phones.ask_code(phone, origin=who)
        with CaptureQueriesContext(connection) as caught:
            phones.ask_code(phone, origin=who)
        counted.append(sum("core_ratewindow" in each["sql"] for each in caught))

    assert counted == [4, 2]
