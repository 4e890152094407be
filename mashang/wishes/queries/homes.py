"""直接送到家: when a giver may see where the family lives, and whether goods are on their way there.

The default is the union's hand-over. All of it must hold at once: the family's tick for this wish, the
union's rule, no minor, the giver's live claim, and an account that was not linked a short while ago.
"""

from dataclasses import dataclass
from datetime import date

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import live_consents
from mashang.cases.form.conditions import OF_AGE
from mashang.cases.models import Access, Case, Holder
from mashang.cases.queries.versions import answers_of
from mashang.cases.safeguards import newly_linked_until
from mashang.givers.models import Organisation
from mashang.reference.queries import lineage
from mashang.reference.workdays import add_workdays
from mashang.wishes.models import Claim, Complaint, DeliveryMode, ForWhom, Parcel, Wish
from mashang.wishes.queries.descriptions import years_of
from mashang.wishes.rules import WishRules, rules_at

AT_UNION = (Parcel.State.REJECTED, Parcel.State.RETURNED)  # what does not reach the family


@dataclass(frozen=True)
class Home:
    """Where to send, and to whom."""

    name: str
    phone: str
    address: str


def is_for_a_minor(for_whom: str, holder: Holder) -> bool:
    """A wish for a child counts as one, however old; so does a worker's who is, or may be, under eighteen."""
    if for_whom == ForWhom.CHILD:
        return True
    years = years_of(holder)
    return years is None or years < OF_AGE


def may_go_home(claim: Claim, today: date, rules: WishRules | None = None) -> bool:
    """Whether the giver of this claim may read the address today, and send there.

    `rules`: those of today at the claim's union, where the caller has read them already.
    """
    if not _may_be_sent_home(claim.wish):
        return False
    rules = rules or rules_at(claim.union, today)
    return (
        _is_owed(claim, rules, today)
        and bool(rules.may_go_home)
        and has_agreed(claim.wish.holder)
        and not _is_disputed(claim)
        and newly_linked_until(claim.wish.holder) is None
    )


def has_agreed(holder: Holder) -> bool:
    return live_consents(Consent.Purpose.ADDRESS).filter(subject_id=holder.pk).exists()


def has_looked(claim: Claim, user: User) -> bool:
    """Whether this person knows the family's door already."""
    looks = Access.objects.of_household(claim.wish.holder).filter(basis=Access.Basis.CLAIM)
    return looks.filter(viewer=user).exists()


def is_going_home(claim: Claim) -> bool:
    """Everything that is under way goes straight to the family, past the union."""
    if claim.state != Claim.State.UNDER_WAY:
        return False
    parcels = Parcel.objects.of_claim(claim).exclude(state__in=AT_UNION)
    return set(parcels.values_list("mode", flat=True)) == {DeliveryMode.TO_HOME}


def home_of(case: Case) -> Home:
    """In plain: only behind an access row."""
    holder, answers = case.holder, answers_of(case)
    county = lineage(str(answers.get("address_region", "")))
    parts = [*(region.name for region in county), str(answers.get("address", ""))]
    return Home(holder.name, holder.phone.reveal(), "".join(parts))


def _may_be_sent_home(wish: Wish) -> bool:
    is_wanted = wish.delivery_mode == DeliveryMode.TO_HOME and not wish.is_hidden
    return is_wanted and not is_for_a_minor(wish.for_whom, wish.holder)


def _is_owed(claim: Claim, rules: WishRules, today: date) -> bool:
    """The giver of a live claim still has the goods; or has sent them home, and for a few days more
    may have to ask after them."""
    if claim.kind == Claim.Kind.UNION or not _is_trusted(claim.organisation):
        return False
    if claim.state == Claim.State.CLAIMED:
        return claim.due_on >= today
    last_day = add_workdays(claim.due_on, rules.workdays_of_extension)
    return is_going_home(claim) and today <= last_day


def _is_disputed(claim: Claim) -> bool:
    """What the family or its helper says is wrong waits for the union's answer."""
    complaints = Complaint.objects.of_wish(claim.wish).filter(state=Complaint.State.OPEN)
    return complaints.exclude(raised_by=None).exclude(raised_by=claim.giver_id).exists()


def _is_trusted(organisation: Organisation | None) -> bool:
    return organisation is None or organisation.state == Organisation.State.APPROVED
