"""从哪里来: the network that counts tries, whatever stands in front of this house."""

import pytest

from mashang.web.request import UNKNOWN, network_of


@pytest.fixture
def came(rf):
    def came(address, forwarded=""):
        return network_of(rf.get("/", REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded))

    return came


def test_of_ipv6_one_connection_is_one_network(came):
    assert came("2001:db8::1") == came("2001:db8::2") == "2001:db8::/64"


def test_old_addresses_in_new_clothes_are_told_apart(came):
    assert came("::ffff:10.0.0.1") == came("10.0.0.1") == "10.0.0.1"
    assert came("::ffff:10.0.0.1") != came("::ffff:10.0.0.2")


@pytest.mark.parametrize("said", ["10.9.9.9:4711", "[2001:db8::1]:443", "unknown", "\0", "x" * 300])
def test_what_is_no_address_counts_as_the_proxys(came, settings, said):
    settings.MASHANG_PROXIES = 1
    assert came("10.0.0.1", said) == "10.0.0.1"


def test_where_nobody_knows_all_are_one(came):
    assert came("unix:") == UNKNOWN
