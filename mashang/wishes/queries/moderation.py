"""心愿待办: what waits for whom, and what a colleague sees of one wish."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mashang.accounts.models import User
from mashang.unions.models import Union
from mashang.unions.queries import no_second_for, unions_where
from mashang.unions.roles import Permission, permissions_at
from mashang.unions.scope import posts_of
from mashang.wishes.models import Wish
from mashang.wishes.models.wishes import WishQuerySet
from mashang.wishes.offices import OPEN_KINDS, office_of

MINE = "mine"


def wishes_in(user: User, shown: str) -> QuerySet[Wish]:
    """The wishes of the branch in one state, or those that wait for this colleague; longest first."""
    rows = Wish.objects.visible_to(user).select_related("union")
    rows = waiting_for(rows, user) if shown == MINE else rows.filter(state=shown)
    return rows.order_by("created_at", "pk")


def waiting_for(rows: WishQuerySet, user: User) -> WishQuerySet:
    """初审 lies with whoever checks there; 终审 with the office of the county."""
    checks = Q(state=Wish.State.SUBMITTED, union__in=unions_where(user, Permission.WISH_CHECK))
    opens = Q(state=Wish.State.CHECKED, union__in=_opened_by(user)) & ~Q(
        checked_by__in=no_second_for(user)
    )
    return rows.filter(checks | opens)


def _opened_by(user: User) -> QuerySet[Union]:
    """The branches of the counties (or wider) at which this colleague opens wishes."""
    seated = {post.union_id for post in posts_of(user) if post.union.kind in OPEN_KINDS}
    tops = unions_where(user, Permission.WISH_OPEN).filter(pk__in=seated)
    branches = Q(pk__in=[])
    for union in tops:
        branches |= Q(path__gte=union.path, path__lt=union.path + "~")
    return Union.objects.filter(branches)


@dataclass(frozen=True)
class May:
    """Which buttons a colleague is shown on the page of one wish; the actions ask again."""

    check: bool
    open: bool
    send_back: bool
    close: bool
    assist: bool
    take_back: bool
    hide: bool
    show_again: bool

    @property
    def moderate(self) -> bool:
        """Ties the colleague to the household: its aid and its wishes so far may be read."""
        return self.check or self.open or self.send_back or self.close


def may(user: User, wish: Wish) -> May:
    here = permissions_at(user, wish.union)
    watches = Permission.WISH_CHECK in here
    shows = Permission.WISH_OPEN in permissions_at(user, office_of(wish.union))
    checks, opens = (one and not wish.is_posted_for_by(user) for one in (watches, shows))
    state, states = wish.state, Wish.State
    early = state in (states.SUBMITTED, states.RETURNED)
    return May(
        check=checks and state == states.SUBMITTED,
        open=opens and state == states.CHECKED and wish.checked_by_id not in no_second_for(user),
        send_back=(checks and state == states.SUBMITTED) or (opens and state == states.CHECKED),
        close=(checks and early) or (opens and state in (states.CHECKED, states.OPEN)),
        assist=Permission.WISH_ASSIST in here and state in Wish.EDITABLE,
        take_back=Permission.WISH_ASSIST in here and state in Wish.LIVE,
        hide=(watches or shows) and state in Wish.ON_WALL and not wish.hidden_why,
        show_again=shows and bool(wish.hidden_why),
    )
