"""Events of a branch, as they stand after the room's own actions."""

from django.utils import timezone

from mashang.accounts.models import User
from mashang.unions.models import Union
from mashang.wishes.actions import fairs
from mashang.wishes.models import Fair, FairWish, Stock, Wish
from tests.wishes.builders import make_wish


def make_event(union: Union, clerk: User) -> Fair:
    """Planned for today."""
    return fairs.plan(
        union, name="金秋解忧超市", place="工人文化宫", held_on=timezone.localdate(), by=clerk
    )


def make_running(union: Union, clerk: User, *wishes: Wish) -> Fair:
    """Under way, with these wishes."""
    event = make_event(union, clerk)
    for wish in wishes:
        fairs.add_wish(event, wish, by=clerk)
    fairs.start(event, by=clerk)
    return event


def placed_at(event: Fair, wish: Wish) -> FairWish:
    """The newest card of the wish there."""
    rows = FairWish.objects.select_related("event__union", "wish__holder__user", "wish__union")
    return rows.filter(event=event, wish=wish).latest("created_at")


def make_offer(union: Union, clerk: User, below: Union) -> FairWish:
    """An open wish of a family below, offered at an event that is under way."""
    wish = make_wish(union=below)
    return placed_at(make_running(union, clerk, wish), wish)


def make_stock(event: Fair, clerk: User, bought: int = 3) -> Stock:
    return fairs.add_stock(event, item="电饭煲", price_fen=19_900, bought=bought, by=clerk)
