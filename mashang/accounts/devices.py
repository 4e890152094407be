"""设备: from where somebody knocks, so that limits hit the one who knocks and nobody else.

Every browser carries a signed cookie with a random number and the marks of the accounts that have
signed in there. A stranger who tries somebody else's account fills the limits of the stranger's own
device and network; the owner's device is known and does not meet them.
"""

import re
import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.utils.translation import gettext_noop as N_

from mashang.core.privacy.keys import mac

COOKIE = "device"
COOKIE_SECONDS = 365 * 24 * 3600
REMEMBERED = 8  # a device in a union's hall forgets the account that came first
_SYSTEMS = ("iPhone", "iPad", "Android", "HarmonyOS", "Windows", "Macintosh", "Linux")
_PROGRAMS = {"MicroMessenger": N_("微信"), "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome"}


@dataclass(frozen=True)
class Device:
    """A browser: its random number and the accounts that it knows."""

    id: str
    knows: tuple[str, ...] = ()

    def mark(self, account: str) -> str:
        return mac("device", f"{self.id}|{account}".encode()).hex()[:16]

    def remember(self, account: str) -> "Device":
        mark = self.mark(account)
        others = tuple(known for known in self.knows if known != mark)
        return replace(self, knows=(*others, mark)[-REMEMBERED:])

    def to_cookie(self) -> str:
        return signing.dumps([self.id, *self.knows], salt=COOKIE)


def new_device() -> Device:
    return Device(secrets.token_hex(16))


def from_cookie(cookie: str | None) -> Device:
    """The device of this cookie; a new one if it is missing or not ours."""
    try:
        first, *knows = signing.loads(cookie or "", salt=COOKIE)
    except signing.BadSignature:
        return new_device()
    return Device(first, tuple(knows))


@dataclass(frozen=True)
class Origin:
    """Who knocks: a device on a network, with the ticket that it brings. The unit of every limit on signing in."""

    device: Device
    network: str
    ticket: str = ""  # of `accounts.tickets`, and what was reckoned for it
    work: str = ""

    def is_known_to(self, account: str) -> bool:
        """Whether this account has signed in on this device before."""
        return self.device.mark(account) in self.device.knows


def device_label(user_agent: str) -> str:
    """“iPhone · 微信”: enough for its owner to recognise it in a list."""
    system = _first(user_agent, {name: name for name in _SYSTEMS}) or N_("未知设备")
    program = _first(user_agent, _PROGRAMS)
    return f"{system} · {program}" if program else system


def _first(text: str, names: dict[str, Any]) -> str:
    return next((label for word, label in names.items() if re.search(rf"\b{word}", text)), "")
