"""步速: how fast one network may read what is public. An office behind one address never meets it;
whoever copies the whole wall does."""

from math import ceil

from mashang.core.requests.rate_limits import too_many
from mashang.core.requests.throttle import Throttle

PUBLIC = Throttle(
    at_once=3_000, per_second=20
)  # pages, of one network, in each process of the house


def is_too_fast(network: str) -> bool:
    """Whether this network is too fast; if not, this page is counted."""
    return PUBLIC.wait(network) > 0


def count_page(network: str) -> None:
    """Counts one page. Raises TooMany."""
    if seconds := PUBLIC.wait(network):
        raise too_many(ceil(seconds))
