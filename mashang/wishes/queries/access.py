"""依据: why a colleague or a giver may see the household of a wish now."""

from django.db.models import QuerySet
from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Access, Holder
from mashang.cases.queries.access import Ground
from mashang.unions.roles import Permission, permissions_at
from mashang.unions.scope import posts_of
from mashang.wishes.eligibility import case_of
from mashang.wishes.models import Claim, Complaint, Wish
from mashang.wishes.offices import office_of
from mashang.wishes.queries import moderation
from mashang.wishes.queries.homes import may_go_home

Basis = Access.Basis


def _live_wishes(holder: Holder) -> QuerySet[Wish]:
    """A claimed one may still hang on a half that was merged in."""
    rows = Wish.objects.unscoped(why="only asked whose turn it is")
    return rows.filter(holder__in=Holder.objects.halves_of(holder)).live().select_related("union")


def _moderates(user: User, holder: Holder) -> bool:
    """A wish of the household waits for this colleague, or hangs where they may take it down."""
    return any(moderation.may(user, wish).moderate for wish in _live_wishes(holder))


def _assists(user: User, holder: Holder) -> bool:
    """代发心愿: at the union that keeps the file and its office; or for a living wish where it hangs."""
    if any(
        Permission.WISH_ASSIST in permissions_at(user, wish.union) for wish in _live_wishes(holder)
    ):
        return True
    case = case_of(holder)
    if case is None or Permission.WISH_ASSIST not in permissions_at(user, case.union):
        return False
    return any(post.union in (case.union, office_of(case.union)) for post in posts_of(user))


def _answers(user: User, holder: Holder) -> bool:
    """A complaint about a wish of the household waits for its answer."""
    waiting = Complaint.objects.unscoped(why="only asked at which unions they wait").filter(
        wish__holder__in=Holder.objects.halves_of(holder), state=Complaint.State.OPEN
    )
    return any(
        Permission.CLAIM_MANAGE in permissions_at(user, complaint.wish.union)
        for complaint in waiting.select_related("wish__union")
    )


def _may_send_home(user: User, holder: Holder) -> bool:
    """The giver of a live claim, as long as the family agrees and nothing bars the way."""
    today = timezone.localdate()
    claims = Claim.objects.of_giver(user).filter(wish__holder__in=Holder.objects.halves_of(holder))
    related = claims.select_related("wish__holder__data_key", "union", "organisation")
    return any(may_go_home(claim, today) for claim in related)


MODERATING = Ground(Basis.WISH, _moderates)
ASSISTING = Ground(Basis.WISH, _assists)
ANSWERING = Ground(Basis.WISH, _answers)
CLAIMED = Ground(Basis.CLAIM, _may_send_home)
