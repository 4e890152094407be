"""同意与撤回: to be shown on the wall (the seventh), and to give a giver the address (the eighth)."""

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.accounts.parts import withdraw
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.form.consents import ADDRESS_VERSION, VERSION
from mashang.cases.models import Holder
from mashang.core.db.action import action
from mashang.unions.roles import Permission
from mashang.wishes import wall_changes
from mashang.wishes.models import DeliveryMode, Wish
from mashang.wishes.refusals import NotAgreedToAddress

PURPOSE = Consent.Purpose.WISH
ADDRESS = Consent.Purpose.ADDRESS


@action
def agree(holder: Holder, *, by: User) -> None:
    """同意上墙: by the worker, or on paper through the union. What was hidden for want of it may be
    read again; what the union took down may not."""
    way = way_of(holder, by)
    consents.give(holder.pk, PURPOSE, version=VERSION, by=by, way=way, union=holder.union)
    rows = Wish.objects.filter(holder=holder, is_hidden=True, hidden_why="")
    rows.update(is_hidden=False)
    wall_changes.note()


@action
def settle_address(holder: Holder, delivery_mode: str, *, agrees: bool, by: User) -> None:
    """同意告知地址: of this one wish. Where it goes through the union, an earlier tick ends with it."""
    way = way_of(holder, by)
    if delivery_mode != DeliveryMode.TO_HOME:
        withdraw(holder.pk, ADDRESS, by=by, union=holder.union)
        return
    if not agrees:
        raise NotAgreedToAddress
    consents.give(holder.pk, ADDRESS, version=ADDRESS_VERSION, by=by, way=way, union=holder.union)


@action
def end_address(holder: Holder, *, by: User | None) -> None:
    """The wish for which it was given has come true or was ended; a later one asks anew."""
    withdraw(holder.pk, ADDRESS, by=by, union=holder.union)


def way_of(holder: Holder, by: User) -> str:
    """By the worker's own tick, or on paper through the union; anybody else is refused."""
    if holder.belongs_to(by):
        return Consent.Way.SELF
    require_no_conflict(by, Permission.WISH_ASSIST, holder, at=holder.union)
    return Consent.Way.PAPER
