"""先声明: no page of the desk opens for a colleague who has not said who their kin are.

Asked once for a session, and again when the day in it is over: a page of the desk pays no statement for it.
"""

from django.http import HttpRequest
from django.utils import timezone

from mashang.cases.safeguards import kin_declared_until

UNTIL = "kin_declared_until"  # in the session: an ISO day


def has_declared(request: HttpRequest) -> bool:
    """Whether the colleague at the keyboard has answered, and not too long ago."""
    if request.session.get(UNTIL, "") >= timezone.localdate().isoformat():
        return True
    until = kin_declared_until(request.user)  # type: ignore[arg-type]
    if until is None:
        return False
    request.session[UNTIL] = until.isoformat()
    return True
