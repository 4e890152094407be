"""限次: an app is counted by its token, who brings none by the network, and what is changed by itself."""

from django.db import transaction
from django.http import HttpRequest

from mashang.accounts.models import ApiToken
from mashang.core.requests import rate_limits
from mashang.web import request as asking

MINUTE = 60
LOOKS = 300  # of one token
ACTS = 60  # of one token
HALL = 600  # of one network: a hall full of people
RUSH = 600  # on one thing: a hall full of people wants it at once


def count_call(request: HttpRequest, token: ApiToken | None) -> None:
    """One call. Raises TooMany; what was counted for it then does not count."""
    if request.method == "GET" and token:
        rate_limits.count(f"api looks|{token.pk}", LOOKS, MINUTE)
        return
    with transaction.atomic():  # one commit for all of them
        count_network(asking.origin(request).network)
        if token:
            rate_limits.count(f"api acts|{token.pk}", ACTS, MINUTE)
            rate_limits.count(f"api rush|{request.path}", RUSH, MINUTE)


def count_network(network: str) -> None:
    rate_limits.count(f"api network|{network}", HALL, MINUTE)
