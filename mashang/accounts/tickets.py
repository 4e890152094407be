"""排队号: what an unknown device brings where strangers knock too often: some work of its own, or a wait.

Nobody is shut out for what others did. Where the count of a network, a phone, an account or of the
whole house stands high, the form comes back with a ticket. A script on the page reckons for it, which
a person does not notice; without a script the ticket is good after some minutes. It is signed, holds
for one thing that was asked from one network, serves once and ends by itself.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from mashang.accounts.devices import Origin
from mashang.core.errors import TooMany
from mashang.core.privacy.keys import mac
from mashang.core.requests.limits import Limit

SALT = "ticket"
LASTS = 900  # seconds
WAIT = 120  # seconds, for whoever has no script
PARTS, BITS = (
    8,
    11,
)  # eight small riddles: the time for all of them varies less than for a large one
LONGEST_WORK = 200  # characters
USED = Limit("ticket", "uses of one ticket", 1, LASTS)


@dataclass(frozen=True)
class Ticket:
    """As the page carries it: `text` comes back with the form, the rest is for the script."""

    text: str
    seed: str
    seconds: int  # that the script waits too, before it sends the form again
    parts: int
    bits: int


class ComeAgain(TooMany):
    """请再来一次: nothing was tried or sent. The form is good as it is, with its ticket."""

    code = "come_again"

    def __init__(self, ticket: Ticket) -> None:
        wait = max(WAIT, ticket.seconds)
        words = _("现在人多，请过 %(n)d 分钟再按一次按钮") % {"n": -(-wait // 60)}
        super().__init__(message=words, retry_after=wait)
        self.ticket = ticket


def require(what: str, account: str, origin: Origin) -> None:
    """Uses up the ticket that came along, or raises ComeAgain with a new one."""
    if not _is_good(what, account, origin):
        raise ComeAgain(issue(what, account, origin))


def issue(what: str, account: str, origin: Origin, seconds: int = 0) -> Ticket:
    seed = secrets.token_hex(8)
    told = [seed, _purpose(what, account, origin), int(time.time())]
    return Ticket(signing.dumps(told, salt=SALT), seed, seconds, PARTS, BITS)


def is_worked(seed: str, work: str) -> bool:
    """Whether each part's number gives a hash that begins with so many zero bits."""
    numbers = work.split(".") if len(work) <= LONGEST_WORK else []
    if len(numbers) != PARTS:
        return False
    hashes = (
        hashlib.sha256(f"{seed}.{part}.{number}".encode()).digest()
        for part, number in enumerate(numbers)
    )
    return all(int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0 for digest in hashes)


def _is_good(what: str, account: str, origin: Origin) -> bool:
    try:
        seed, purpose, issued_at = signing.loads(origin.ticket, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return False
    if not constant_time_compare(purpose, _purpose(what, account, origin)):
        return False
    if time.time() - issued_at < WAIT and not is_worked(seed, origin.work):
        return False
    return USED.is_free(seed)


def _purpose(what: str, account: str, origin: Origin) -> str:
    return mac("ticket", f"{what}|{account}|{origin.network}".encode()).hex()[:32]
