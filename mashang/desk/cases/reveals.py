"""显示隐藏信息: within the limits, whichever page it is asked on."""

from django.http import HttpResponse

from mashang.cases.actions import limits
from mashang.web.policies import prove_again, proved_at
from mashang.web.request import SignedIn


def counted(request: SignedIn) -> HttpResponse | None:
    """None if one more value may be shown; else the page that asks once more who is there.

    Raises TooMany over the day's limit. Asked before the value is looked up, so that every press counts.
    """
    if limits.needs_new_proof(request.user, proved_at(request)):
        return prove_again(request)
    limits.count_reveal(request.user)
    return None
