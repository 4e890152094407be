"""查看收货地址: by the giver of a live claim, as long as the family agrees; every look is written down."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.actions import access
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Missing, TooMany
from mashang.core.requests.limits import WEEK, Limit
from mashang.wishes.eligibility import case_of
from mashang.wishes.models import Claim
from mashang.wishes.queries.access import CLAIMED
from mashang.wishes.queries.homes import Home, has_looked, home_of, may_go_home
from mashang.wishes.refusals import NotToHome, TooManyDoors

SHOWN = N_("姓名、电话和收货地址")
NEW_DOORS = Limit("doors", "addresses of different families read by one giver", 3, WEEK)


def look(claim: Claim, *, by: User) -> Home:
    """查看收货地址. Raises Missing for anybody else's claim, NotToHome where it must stay closed,
    TooManyDoors for whoever goes from door to door: to give up afterwards takes no look back."""
    claim = _open_claim(claim, by)
    if not has_looked(claim, by):
        _count_door(by)
    return _look(claim, by=by)


@action
def _look(claim: Claim, *, by: User) -> Home:
    claim = _open_claim(claim, by)
    case = case_of(claim.wish.holder)
    if case is None:
        raise NotToHome
    access.log_access(case.holder, by=by, among=[CLAIMED], what=SHOWN, reason=_reason(claim))
    record("claim.address_shown", claim, by=by, union=claim.union)
    return home_of(case)


def _open_claim(claim: Claim, by: User) -> Claim:
    """The claim as it stands now, of whoever may read on."""
    own_claims = Claim.objects.of_giver(by).filter(pk=claim.pk)
    now = own_claims.select_related("wish__holder__data_key", "union", "organisation").first()
    if now is None:
        raise Missing
    if not may_go_home(now, timezone.localdate()):
        raise NotToHome
    return now


def _count_door(by: User) -> None:
    try:
        NEW_DOORS.count(by.pk)
    except TooMany as late:
        raise TooManyDoors(retry_after=late.facts["retry_after"]) from late


def _reason(claim: Claim) -> str:
    """As the family reads it: an organisation by its own name."""
    wish = f"心愿 {claim.wish.number}"
    return f"{claim.organisation.name}认领的{wish}" if claim.organisation else wish
