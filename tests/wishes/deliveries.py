"""Claims on their way, as they stand after the room's own actions, for tests of what follows."""

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Case, Pairing
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.actions import confirmations, consents, deliveries
from mashang.wishes.models import Claim, Handover, Parcel
from tests.builders import make_staff
from tests.cases.households import make_case
from tests.wishes.builders import make_claim, make_wish

Branch = dict[str, Union]
GOOD = {"matches": True, "is_new": True, "is_fresh": True}


def claimed(branch: Branch, giver: User | None = None, **wish: object) -> Claim:
    """A wish of a family of the branch with its giver's word."""
    return make_claim(make_wish(make_case(branch["own"]).holder, **wish), giver)


def to_home(branch: Branch, giver: User | None = None, **wish: object) -> Claim:
    """A claim of a wish that the family agrees to have sent straight to its home."""
    claim = claimed(branch, giver, delivery_mode="to_home", **wish)
    holder = claim.wish.holder
    consents.settle_address(holder, "to_home", agrees=True, by=holder.user)
    return claim


def sent(claim: Claim, **told: str) -> Parcel:
    told = {"mode": "in_person", "goods": "电饭煲一个", **told}
    return deliveries.send(claim, by=claim.giver, **told)


def received(claim: Claim, clerk: User) -> Claim:
    deliveries.pass_parcel(sent(claim), by=clerk, **GOOD)
    return fresh(claim)


def handed_over(claim: Claim, clerk: User) -> Handover:
    received(claim, clerk)
    return deliveries.hand_over(claim, handed_on=timezone.localdate(), by=clerk)


def fulfilled(claim: Claim, clerk: User) -> Claim:
    handed_over(claim, clerk)
    return confirmations.confirm(claim, by=claim.wish.holder.user)


def make_helper(claim: Claim, helper: User) -> User:
    """Paired with the claim's family since today."""
    case = Case.objects.get(holder=claim.wish.holder_id)
    Pairing.objects.create(
        case=case,
        helper=helper,
        proposed_by=make_staff("提出人", case.union, Role.REVIEWER),
        confirmed_by=make_staff("确认人", case.union, Role.APPROVER),
        from_on=timezone.localdate(),
    )
    return helper


def fresh(claim: Claim) -> Claim:
    return Claim.objects.select_related("wish").get(pk=claim.pk)
