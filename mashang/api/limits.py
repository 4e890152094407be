"""限次: whoever brings a token is counted as the person behind it, anybody else by the network.

Ten tokens of one person count as one, and a call that is badly made counts against its own caller. Nothing
is counted over all people together: a crowd that wants one wish is told who was first.
"""

from django.http import HttpRequest

from mashang.accounts.models import ApiToken
from mashang.core.requests.limits import MINUTE, Limit
from mashang.web import request as asking

LOOKS = Limit("api-looks", "calls of one person's apps that look", 300, MINUTE)
ACTS = Limit("api-acts", "calls of one person's apps that act", 60, MINUTE)
NETWORK = Limit("api-network", "calls without a good token by one network", 600, MINUTE)


def count_call(request: HttpRequest, token: ApiToken | None) -> None:
    """One call. Raises TooMany."""
    if token is None:
        count_network(asking.origin(request).network)
        return
    (LOOKS if request.method == "GET" else ACTS).count(token.user_id)


def count_network(network: str) -> None:
    NETWORK.count(network)
