"""密钥: wrapped by a master key, derived for each purpose, and never to be guessed from one another."""

import pytest
from django.core.management import CommandError, call_command

from mashang.core.models import DataKey
from mashang.core.privacy import keys


def test_a_data_key_is_stored_wrapped_only(db):
    key = keys.new_data_key()

    stored = DataKey.objects.get(pk=key.pk)
    assert keys.unwrapped(stored) not in bytes(stored.wrapped)
    assert len(keys.unwrapped(stored)) == 32
    assert stored.master_version == keys.key_service().version


def test_a_wrapped_key_copied_to_another_household_does_not_open(db):
    mine, other = keys.new_data_key(), keys.new_data_key()
    other.wrapped = mine.wrapped

    with pytest.raises(keys.Unreadable):
        keys.unwrapped(other)


def test_a_destroyed_key_is_empty_in_the_table_and_stays_so(db):
    key = keys.new_data_key()

    keys.destroy(key)
    when = key.destroyed_at
    keys.destroy(key)

    stored = DataKey.objects.get(pk=key.pk)
    assert bytes(stored.wrapped) == b"" and stored.destroyed_at == when
    assert not keys.rewrap(stored)


def test_all_keys_go_over_to_a_new_master_key_and_destroyed_ones_stay_empty(db, settings, capsys):
    alive, dead = keys.new_data_key(), keys.new_data_key()
    plain = keys.unwrapped(alive)
    keys.destroy(dead)
    old, settings.MASHANG_MASTER_KEY = settings.MASHANG_MASTER_KEY, bytes(range(32))
    with pytest.raises(CommandError, match="MASHANG_MASTER_RETIRED_KEYS"):
        call_command("rewrap_keys")

    settings.MASHANG_MASTER_RETIRED_KEYS = (old,)
    call_command("rewrap_keys")
    settings.MASHANG_MASTER_RETIRED_KEYS = ()

    assert "1 / 1" in capsys.readouterr().err
    assert keys.unwrapped(DataKey.objects.get(pk=alive.pk)) == plain
    assert bytes(DataKey.objects.get(pk=dead.pk).wrapped) == b""


def test_a_blind_index_finds_equal_values_in_any_spelling_for_one_purpose(db):
    number, typed = "11010519491231002X", "1101051949123１002x"

    index = keys.blind_index("id", keys.normalise_id(typed))

    assert index == keys.blind_index("id", number) and len(index) == 64
    assert index != keys.blind_index("phone", number)
    assert keys.normalise_id("110105491231002") == number
    assert keys.normalise_phone("+86 138 0013-8000") == "13800138000"


def test_another_lookup_key_gives_another_index(settings):
    before = keys.blind_index("id", "1")
    settings.MASHANG_LOOKUP_KEY = bytes(32)

    assert keys.index_by_these_keys("id", "1") != before
    assert len(keys.mac("purpose", b"message")) == 32


def test_the_key_service_is_the_one_that_the_settings_name(settings):
    settings.MASHANG_KEY_SERVICE = "tests.core.test_keys.OtherService"

    assert isinstance(keys.key_service(), OtherService)


class OtherService(keys.LocalKeyService):
    """Stands for a driver of a hardware module."""
