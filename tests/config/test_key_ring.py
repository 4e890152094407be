"""A key of the codes is replaced without throwing away the cards of the old one."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from mashang.config.secret_keys import SecretKeys

OLD, NEW = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))


@pytest.fixture
def keys(tmp_path, monkeypatch):
    monkeypatch.setenv("MASHANG_QR_KEY", NEW)
    return SecretKeys(production=True, keep_in=tmp_path / "keys.json")


def test_retired_keys_stand_beside_the_current_one(keys):
    ring = keys.ring("MASHANG_QR_KEY", 1, {"0": OLD})

    assert ring == {0: b"\1" * 32, 1: b"\2" * 32}


@pytest.mark.parametrize(("current", "retired"), [(0, {"0": OLD}), (16, {}), (1, {"-1": OLD})])
def test_a_number_that_is_taken_or_out_of_range_stops_the_start(keys, current, retired):
    with pytest.raises(ImproperlyConfigured, match="编号"):
        keys.ring("MASHANG_QR_KEY", current, retired)


def test_a_broken_retired_key_stops_the_start(keys):
    with pytest.raises(ImproperlyConfigured, match="32 字节"):
        keys.ring("MASHANG_QR_KEY", 1, {"0": "short"})
