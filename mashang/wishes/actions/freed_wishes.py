"""放回心愿墙: where a wish goes whose claim came to nothing. The household may have moved on meanwhile."""

from uuid import UUID

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.cases.queries.access import surviving
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.wishes import wish_notices
from mashang.wishes.eligibility import case_of
from mashang.wishes.models import Claim, Wish

FILE_ENDED = N_("帮扶档案已办结")
HAS_ANOTHER = N_("重复档案已合并，您家里还有一个心愿在办，一户同时只能有一个")


@action
def hang_again(claim: Claim, *, by: User | None) -> None:
    """Open again at the union that keeps the household's file now; closed with a reason if the file has
    ended meanwhile, or the household that it was merged into has a living wish of its own."""
    wish = claim.wish
    home = _home_of(wish)
    place = {"holder": home, "union": home.union, "union_path": home.union_path}
    if why := _why_not(wish, home):
        wish.transition_to(Wish.State.CLOSED, closed_why=why, **place)
        say_closed(wish, by)
    else:
        wish.transition_to(Wish.State.OPEN, **place)


def say_closed(wish: Wish, by: User | None) -> None:
    wish_notices.family_told(wish, wish_notices.CLOSED)
    record("wish.closed", wish, by=by, union=wish.union)


def _home_of(wish: Wish) -> Holder:
    """The household that goes on, locked, so that a move or a merge of this moment is over."""
    (pk,) = Wish.objects.filter(pk=wish.pk).values_list("holder_id", flat=True)
    home = surviving(_locked(pk))
    return _locked(home.pk)


def _locked(pk: UUID) -> Holder:
    return Holder.objects.select_for_update(of=("self",)).select_related("union").get(pk=pk)


def _why_not(wish: Wish, home: Holder) -> str:
    if case_of(home) is None:
        return FILE_ENDED
    others = Wish.objects.of_household(home).live().exclude(pk=wish.pk)
    return HAS_ANOTHER if others.exists() else ""
