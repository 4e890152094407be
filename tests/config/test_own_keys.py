"""别处的密钥: what other keys could not open or find again is refused before it is written, at every door."""

import os
from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings as house
from django.core.management import CommandError, call_command

from mashang.accounts.actions.phones import get_or_create_account
from mashang.accounts.models import User
from mashang.config import own_keys, self_test
from mashang.config.management.commands import tick
from mashang.core.commandline import EXIT_NOT_SET_UP
from mashang.core.db import action
from mashang.core.models import DataKey, KeyCheck
from mashang.core.privacy import keys
from mashang.core.privacy.keys import ForeignKeys
from tests.builders import make_holder, make_worker

pytestmark = pytest.mark.django_db
MASTER, LOOKUP = "MASHANG_MASTER_KEY", "MASHANG_LOOKUP_KEY"


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    """As in a process that has just started."""
    monkeypatch.setattr(keys, "_fitting", set())


@pytest.fixture
def exchange(settings):
    """Puts other keys in the place of the house's own."""

    def put(how):
        own = settings.MASHANG_MASTER_KEY, settings.MASHANG_LOOKUP_KEY
        master, lookup = {
            "another master key": (os.urandom(32), own[1]),
            "another look-up key": (own[0], os.urandom(32)),
            "both of another house": (os.urandom(32), os.urandom(32)),
            "exchanged": (own[1], own[0]),
        }[how]
        settings.MASHANG_MASTER_KEY, settings.MASHANG_LOOKUP_KEY = master, lookup
        keys._fitting.clear()

    return put


WRONG = pytest.mark.parametrize(
    "how", ["another master key", "another look-up key", "both of another house", "exchanged"]
)


@pytest.fixture
def registered(li):
    own_keys.register()
    return li


def rows():
    """How many there are of each table; the windows of rates are no data of people."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("mashang.")]
    counted = Counter({m._meta.label: m._base_manager.count() for m in ours})
    del counted["core.RateWindow"]
    return counted


@WRONG
def test_nobody_gets_a_second_account_or_a_code(registered, exchange, client, how):
    phone, before = registered.phone.reveal(), rows()
    exchange(how)

    answers = [
        client.post("/sign-in/", {"phone": phone}),
        client.post("/sign-in/", {"phone": phone, "code": "123456"}),
        client.post("/desk/sign-in/", {"username": "wang", "password": "x", "second": "123456"}),
    ]

    for answer in answers:
        assert answer.status_code == 503
        assert "密钥与这里的资料不符" in answer.content.decode()
    assert rows() == before


@WRONG
def test_nothing_is_sealed_found_or_done_by_them(registered, exchange, how):
    phone, before = registered.phone.reveal(), rows()
    exchange(how)

    for act in (
        keys.new_data_key,
        lambda: keys.blind_index("phone", phone),
        lambda: get_or_create_account(phone),
        lambda: action.action(lambda: User.objects.create(data_key=registered.data_key))(),
    ):
        with pytest.raises(ForeignKeys):
            act()
    assert rows() == before


@WRONG
def test_the_clock_does_nothing_with_them_either(registered, exchange, how, monkeypatch):
    monkeypatch.setattr(tick, "close_old_connections", lambda: None)  # the test's own transaction
    before = rows()
    exchange(how)

    tick.run_tasks()

    assert rows() == before


def test_what_is_written_is_refused_and_what_is_read_says_so(registered, exchange, signed_in):
    """The session is found by the look-up key: with another master key alone people are still signed in."""
    worker = signed_in(registered)
    before = rows()
    exchange("another master key")

    written = worker.post("/me/elder/", {"elder": "1"})
    read = worker.get("/confirm/")

    assert (written.status_code, written["X-Refusal"]) == (503, "foreign_keys")
    assert (read.status_code, read["X-Refusal"]) == (500, "unreadable")
    assert "暂时无法读取" in read.content.decode()
    assert rows() == before


def test_without_the_check_the_same_phone_gets_a_second_account(registered, exchange, monkeypatch):
    """What these tests are for."""
    for place in (keys, action):
        monkeypatch.setattr(place, "require_own_keys", lambda: None)
    phone = registered.phone.reveal()
    exchange("both of another house")

    assert get_or_create_account(phone) != registered
    assert DataKey.objects.values("master_version").distinct().count() == 2


def test_it_is_asked_once_in_a_process(registered, django_assert_num_queries):
    keys.require_own_keys()

    with django_assert_num_queries(0):
        keys.require_own_keys()
        keys.blind_index("phone", "1")


# Registering ----------------------------------------------------------------------------------


def provision():
    """The province of these tests only: they stay within one transaction."""
    call_command("provision", *filter(None, [house.MASHANG_PROVINCE]))


def test_a_new_house_registers_its_keys_once(capsys):
    provision()
    provision()

    assert KeyCheck.objects.count() == 1
    assert capsys.readouterr().out.count("密钥已登记") == 1


def test_a_house_that_is_older_registers_the_keys_that_open_what_it_has(branch_a, capsys):
    make_holder(branch_a["county"], make_worker())

    provision()

    assert KeyCheck.objects.count() == 1


@WRONG
@pytest.mark.parametrize("has_check", [True, False])
def test_wrong_keys_are_not_registered(branch_a, exchange, how, has_check):
    make_holder(branch_a["county"], make_worker())
    if has_check:
        own_keys.register()
    exchange(how)

    with pytest.raises(CommandError, match="互换") as refused:
        provision()

    assert refused.value.returncode == EXIT_NOT_SET_UP
    assert KeyCheck.objects.count() == has_check


@WRONG
def test_the_self_test_names_them(registered, exchange, how):
    exchange(how)

    failed = {result.detail for result in self_test.run() if not result.passed and result.stops}

    assert own_keys.FOREIGN in failed


def test_a_new_master_key_fits_while_the_old_one_stands_beside_it_and_after_the_wrapping(
    registered, settings
):
    old, settings.MASHANG_MASTER_KEY = settings.MASHANG_MASTER_KEY, os.urandom(32)
    assert keys.fits() is False
    settings.MASHANG_MASTER_RETIRED_KEYS = (old,)
    assert keys.fits()

    call_command("rewrap_keys")
    settings.MASHANG_MASTER_RETIRED_KEYS = ()

    assert keys.fits()
    keys.new_data_key()
