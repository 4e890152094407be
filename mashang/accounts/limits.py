"""限次: how often signing in may be tried, and who bears it.

Costs fall on who causes them. A device that has signed in to the account before is counted by itself
and meets nothing that strangers did. Any other is counted by its network: first for what it does to
one account, with waits that grow, then for all it does. What strangers do together to one phone, to one
account or to the house's messages locks nobody out: from there on a ticket is asked for (`tickets`).
"""

from dataclasses import dataclass

import structlog
from django.db import transaction

from mashang.accounts import tickets
from mashang.accounts.devices import Origin
from mashang.core.errors import TooMany
from mashang.core.requests.limits import DAY, HOUR, TEN_MINUTES, Growing, Limit, Pace

log = structlog.get_logger(__name__)

WAITS_OF_MINUTES = (60, 120, 240, 480, 900, 1_800, 3_600)

CODE_OWN = Limit("code-own", "codes for one phone, asked on a device that it knows", 5, TEN_MINUTES)
CODE_PAIR = Growing(
    "code-pair",
    "codes for one phone, asked by one network on unknown devices",
    tuple(enumerate(WAITS_OF_MINUTES, start=5)),
    DAY,
)
CODE_NETWORK = Growing(
    "code-network",
    "codes asked by one network on unknown devices and not used; a ticket after the free ones",
    ((10, 1), (30, 5), (60, 30), (120, 60)),
    HOUR,
)
CODE_PHONE = Limit("code-phone", "codes for one phone, by all strangers, before tickets", 20, DAY)
CODE_CHECK = Limit("code-check", "codes typed for one phone by one device or network", 30, 600)
CODE_CHECK_NETWORK = Limit("code-check-network", "codes typed by one network", 3_000, TEN_MINUTES)

MESSAGES = Pace("code-messages", "codes sent by the whole house", 10_000)
STRANGERS = 0.6  # of them; the rest is for devices and phones that are known
CALM = 0.3  # of them, before tickets
SAID_SHORT = Limit("said-short", "lines in the server's log that messages run short", 1, HOUR)
TOLD_SHORT = Limit("told-short", "notices to the keepers that messages run short", 1, DAY)

PASSWORD_OWN = Limit(
    "password-own", "passwords for one account on a device that it knows", 10, TEN_MINUTES
)
PASSWORD_PAIR = Growing(
    "password-pair",
    "passwords for one account, by one network on unknown devices",
    tuple(enumerate(WAITS_OF_MINUTES[:-1], start=10)),
    HOUR,
)
PASSWORD_CALM = Limit(
    "password-calm", "passwords by one network on unknown devices, before tickets", 60, TEN_MINUTES
)
PASSWORD_NETWORK = Limit("password-network", "the same, with tickets", 600, TEN_MINUTES)
PASSWORD_ACCOUNT = Limit(
    "password-account", "passwords for one account, by all strangers, before tickets", 50, DAY
)
WARNED = Limit(
    "second-factor-warned", "warnings to one colleague that the password is known", 1, DAY
)
SECOND_TRIED = Limit(
    "second-factor-tried",
    "wrong second factors after the right password, on unknown devices, before a warning",
    2,
    DAY,
)
SECOND = Limit(
    "second-factor",
    "second factors after the right password: by all strangers, or by one known device",
    40,
    DAY,
)
PROOF = Growing(
    "proof",
    "second factors typed wrong in a running session, by one network",
    tuple(enumerate(WAITS_OF_MINUTES, start=10)),
    DAY,
)


@dataclass(frozen=True)
class Passage:
    """How a code goes out."""

    is_rung: bool = False  # strangers have used up what the phone may ring: a longer code
    is_short: bool = False  # strangers have used up their share of the house's messages


def before_code(phone_index: str, origin: Origin, *, is_owner: bool = False) -> Passage:
    """Before a text message leaves: it costs money and rings in somebody's pocket.

    `is_owner`: whoever asks is signed in with this phone. Raises TooMany, and then counts nothing.
    """
    with transaction.atomic():
        if is_owner or origin.is_known_to(phone_index):
            CODE_OWN.count(_own(phone_index, origin, is_owner))
            require_message()
            return Passage()
        CODE_PAIR.count(f"{phone_index}|{origin.network}")
        return _code_for_stranger(phone_index, origin)


def _code_for_stranger(phone_index: str, origin: Origin) -> Passage:
    """Rows are taken in one order, so that no two askers wait for each other: network, phone, house."""
    is_quiet = CODE_NETWORK.is_calm(origin.network)
    if not is_quiet:
        tickets.require("code", phone_index, origin)
        _wait_for_network(phone_index, origin)
    is_rung = not CODE_PHONE.is_free(phone_index)
    is_counted = MESSAGES.is_free(share=CALM)
    if is_quiet and (is_rung or not is_counted):
        tickets.require("code", phone_index, origin)
    is_short = not is_counted and not MESSAGES.is_free(share=STRANGERS)
    return Passage(is_rung, is_short)


def _wait_for_network(phone_index: str, origin: Origin) -> None:
    """A short wait of a full hall passes by itself: the page sends the form again."""
    try:
        CODE_NETWORK.count(origin.network)
    except TooMany as refusal:
        seconds = int(str(refusal.facts["retry_after"]))
        raise tickets.ComeAgain(tickets.issue("code", phone_index, origin, seconds)) from None


def require_message() -> None:
    """Counts one of the house's messages for somebody who is known. Raises TooMany when all are gone."""
    if not MESSAGES.is_free():
        log.error("no text messages left for codes", limit=MESSAGES.name, a_day=MESSAGES.most)
        raise MESSAGES.refusal()


def is_kept_for(is_registered: bool) -> bool:
    """With the strangers' share used up: counts one of the rest, if it is for a phone of ours.

    The same statement for any phone, so that the clock tells nothing.
    """
    return MESSAGES.is_free(share=1 if is_registered else 0)


def say_short() -> None:
    """Tells the operator, once an hour. The clock tells the keepers (`unions.actions.messages`)."""
    if SAID_SHORT.is_free("log"):
        log.error("text messages run short", limit=MESSAGES.name, a_day=MESSAGES.most)


def is_short() -> bool:
    """Whether strangers have used up their share of the house's messages."""
    return MESSAGES.is_used_up(share=STRANGERS)


def after_code(origin: Origin) -> None:
    """The code was used, so it was rightly asked for: a hall full of people is no flood."""
    CODE_NETWORK.give_back(origin.network)


def before_code_check(phone_index: str, origin: Origin) -> None:
    """A code has five tries of its own; this stops asking for code after code."""
    known = origin.is_known_to(phone_index)
    knocker = f"device {origin.device.id}" if known else f"network {origin.network}"
    CODE_CHECK.count(f"{phone_index}|{knocker}")
    CODE_CHECK_NETWORK.count(origin.network)


def before_password(account: str, origin: Origin, *, is_owner: bool = False) -> None:
    """Before a password is hashed. `is_owner`: in a running session of this account. Raises TooMany."""
    with transaction.atomic():
        if is_owner or origin.is_known_to(account):
            PASSWORD_OWN.count(_own(account, origin, is_owner))
            return
        PASSWORD_PAIR.count(f"{account}|{origin.network}")
        is_quiet = PASSWORD_CALM.is_free(origin.network)
        if not is_quiet:
            tickets.require("password", account, origin)
            PASSWORD_NETWORK.count(origin.network)
        if not PASSWORD_ACCOUNT.is_free(account) and is_quiet:
            tickets.require("password", account, origin)


def may_try_second(account: str, origin: Origin) -> bool:
    """After the right password: counts one, or says no without a word of why.

    This bounds what a guesser wins with any number of machines, and only somebody who knows the
    password can use it up.
    """
    known = origin.is_known_to(account)
    return SECOND.is_free(f"{account}|{origin.device.id if known else 'strangers'}")


def is_tried_too_often(account: str, origin: Origin) -> bool:
    """After the right password and a wrong second factor: counts one of a stranger's, and says whether the
    owner should hear of it."""
    return not origin.is_known_to(account) and not SECOND_TRIED.is_free(account)


def before_proof(account: str, origin: Origin) -> None:
    """Before a second factor is checked again in a running session."""
    PROOF.count(f"{account}|{origin.network}")


def after_proof(account: str, origin: Origin) -> None:
    """It was right."""
    PROOF.give_back(f"{account}|{origin.network}")


def _own(account: str, origin: Origin, is_owner: bool) -> str:
    return f"{account}|{'session' if is_owner else origin.device.id}"
