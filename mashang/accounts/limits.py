"""限次: how often signing in may be tried, and by whom the count is held.

No count locks an account. Counts are held against the pair of account and knocker, then against
the network, wide enough for a hall full of people. The only count over all knockers together
spares devices that have signed in to the account before, so a stranger cannot use it up for the
owner.
"""

from mashang.accounts.devices import Origin
from mashang.core.requests import rate_limits

TEN_MINUTES, DAY = 600, 86_400
HALL = 600  # people behind one address in ten minutes


def before_code(phone_index: str, origin: Origin) -> None:
    """Before a text message leaves: it costs money and rings in somebody's pocket."""
    _pair("code", phone_index, origin, limit=5)
    rate_limits.count(f"code network|{origin.network}", HALL, TEN_MINUTES)
    if not origin.is_known_to(phone_index):
        rate_limits.count(f"code phone|{phone_index}", 20, DAY)


def before_code_check(phone_index: str, origin: Origin) -> None:
    """A code has five tries of its own; this stops asking for code after code."""
    _pair("code check", phone_index, origin, limit=30)
    rate_limits.count(f"code check network|{origin.network}", 5 * HALL, TEN_MINUTES)


def before_password(account: str, origin: Origin) -> None:
    _pair("password", account, origin, limit=10)
    rate_limits.count(f"password network|{origin.network}", HALL, TEN_MINUTES)
    if not origin.is_known_to(account):
        rate_limits.count(f"password account|{account}", 200, DAY)


def before_proof(account: str, origin: Origin) -> None:
    """Before a second factor is checked again in a running session."""
    _pair("proof", account, origin, limit=10)


def _pair(what: str, account: str, origin: Origin, *, limit: int) -> None:
    """A known device is counted by itself; a new one by its network, since devices cost nothing."""
    known = origin.is_known_to(account)
    knocker = f"device {origin.device.id}" if known else f"network {origin.network}"
    rate_limits.count(f"{what}|{account}|{knocker}", limit, TEN_MINUTES)
