"""Fairs of a branch, as they stand after the room's own actions."""

from django.utils import timezone

from mashang.accounts.models import User
from mashang.unions.models import Union
from mashang.wishes.actions import fairs
from mashang.wishes.models import Fair, FairWish, Stock, Wish
from tests.wishes.builders import make_wish


def make_fair(union: Union, clerk: User) -> Fair:
    """Planned for today."""
    return fairs.plan(
        union, name="金秋解忧超市", place="工人文化宫", held_on=timezone.localdate(), by=clerk
    )


def make_running(union: Union, clerk: User, *wishes: Wish) -> Fair:
    """Under way, with these wishes."""
    fair = make_fair(union, clerk)
    for wish in wishes:
        fairs.add_wish(fair, wish, by=clerk)
    fairs.start(fair, by=clerk)
    return fair


def placed_at(fair: Fair, wish: Wish) -> FairWish:
    """The newest card of the wish there."""
    rows = FairWish.objects.select_related("fair__union", "wish__holder__user", "wish__union")
    return rows.filter(fair=fair, wish=wish).latest("created_at")


def make_offer(union: Union, clerk: User, below: Union) -> FairWish:
    """An open wish of a family below, offered at a fair that is under way."""
    wish = make_wish(union=below)
    return placed_at(make_running(union, clerk, wish), wish)


def make_stock(fair: Fair, clerk: User, bought: int = 3) -> Stock:
    return fairs.add_stock(fair, item="电饭煲", price_fen=19_900, bought=bought, by=clerk)
