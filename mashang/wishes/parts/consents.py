"""撤回同意: what becomes of wishes. Only `mashang.workflows` may import this (pyproject.toml)."""

from mashang.accounts.actions import consents
from mashang.accounts.models import User
from mashang.accounts.parts import withdraw
from mashang.accounts.queries import live_consents
from mashang.cases.models import Holder
from mashang.core.audit.trail import record
from mashang.core.db.locks import locked
from mashang.wishes import wall_changes
from mashang.wishes import wish_notices as notices
from mashang.wishes.actions.consents import ADDRESS, PURPOSE, end_address, way_of
from mashang.wishes.models import DeliveryMode, Wish


def take_back(holder: Holder, *, by: User) -> None:
    """撤回同意: at once off the wall. A wish that nobody has claimed is withdrawn; one that somebody
    prepares is still delivered, and no longer shown."""
    way_of(holder, by)
    withdraw(holder.pk, PURPOSE, by=by, union=holder.union)
    rows = Wish.objects.filter(holder=holder, state__in=(*Wish.LIVE, Wish.State.FULFILLED))
    for wish in locked(rows.select_related("holder__user", "union")):
        _take_down(wish, by)


def take_back_address(holder: Holder, *, by: User) -> None:
    """撤回: at once nobody reads the address any more; the wish goes through the union."""
    way_of(holder, by)
    withdraw(holder.pk, ADDRESS, by=by, union=holder.union)
    rows = Wish.objects.filter(
        holder=holder, state__in=Wish.LIVE, delivery_mode=DeliveryMode.TO_HOME
    )
    for wish in locked(rows.select_related("union")):
        Wish.objects.filter(pk=wish.pk).update(delivery_mode=DeliveryMode.THROUGH_UNION)
        record("wish.address_taken_back", wish, by=by, union=wish.union)


def _take_down(wish: Wish, by: User) -> None:
    if wish.state in Wish.EDITABLE:
        wish.transition_to(Wish.State.WITHDRAWN)
        end_address(wish.holder, by=by)
    else:
        Wish.objects.filter(pk=wish.pk).update(is_hidden=True)
        wall_changes.note()
    if wish.state != Wish.State.FULFILLED:
        notices.family_told(wish, notices.TAKEN_DOWN)
    record("wish.taken_down", wish, by=by, union=wish.union)


def hand_on(duplicate: Holder, into: Holder, *, by: User) -> None:
    """合并: two files of one person; what was agreed to for the one's wish holds in the other."""
    for purpose in (PURPOSE, ADDRESS):
        _hand_on_one(purpose, duplicate, into, by)


def _hand_on_one(purpose: str, duplicate: Holder, into: Holder, by: User) -> None:
    given = live_consents(purpose)
    agreed = given.filter(subject_id=duplicate.pk).first()
    if agreed and not given.filter(subject_id=into.pk).exists():
        version, way = agreed.version, agreed.way
        consents.give(into.pk, purpose, version=version, by=by, way=way, union=into.union)
