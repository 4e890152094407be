"""What a page's script does for a ticket, for tests that walk through the actions."""

import hashlib
from dataclasses import replace
from itertools import count

from mashang.accounts.devices import Origin
from mashang.accounts.tickets import ComeAgain, Ticket


def worked(ticket: Ticket) -> str:
    return ".".join(_number(ticket, part) for part in range(ticket.parts))


def with_work(who: Origin, refusal: ComeAgain) -> Origin:
    return replace(who, ticket=refusal.ticket.text, work=worked(refusal.ticket))


def _number(ticket: Ticket, part: int) -> str:
    for number in count():
        digest = hashlib.sha256(f"{ticket.seed}.{part}.{number}".encode()).digest()
        if int.from_bytes(digest[:4], "big") >> (32 - ticket.bits) == 0:
            return str(number)
    raise AssertionError
