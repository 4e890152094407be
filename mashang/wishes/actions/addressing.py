"""查看收货地址: by the giver of a live claim, as long as the family agrees; every look is written down."""

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.actions import access
from mashang.cases.models import Access
from mashang.core.acts import action
from mashang.core.errors import Missing
from mashang.core.trail import record
from mashang.wishes.checking import case_of
from mashang.wishes.models import Claim
from mashang.wishes.queries.homes import Home, home_of, may_go_home
from mashang.wishes.refusals import NotToHome

SHOWN = "姓名、电话和收货地址"


@action
def look(claim: Claim, *, by: User) -> Home:
    """查看收货地址. Raises Missing for anybody else's claim, NotToHome where it must stay closed."""
    mine = Claim.objects.of_giver(by).filter(pk=claim.pk)
    claim_now = mine.select_related("wish__holder__data_key", "union", "organisation").first()
    if claim_now is None:
        raise Missing
    case = case_of(claim_now.wish.holder)
    if case is None or not may_go_home(claim_now, timezone.localdate()):
        raise NotToHome
    reason = f"心愿 {claim_now.wish.number}"
    access.open_holder(case.holder, by=by, basis=Access.Basis.CLAIM, what=SHOWN, reason=reason)
    record("claim.address_shown", claim_now, by=by, union=claim_now.union)
    return home_of(case)
