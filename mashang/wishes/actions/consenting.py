"""同意上墙、撤回同意: the seventh consent; what it takes off the wall when it is withdrawn."""

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.accounts.queries import live_consents
from mashang.cases.actions.kin import require_apart
from mashang.cases.catalogue.consents import VERSION
from mashang.cases.models import Holder
from mashang.core.acts import action
from mashang.core.trail import record
from mashang.unions.roles import Permission
from mashang.wishes import wall_changes
from mashang.wishes import wish_notices as notices
from mashang.wishes.models import Wish

PURPOSE = Consent.Purpose.WISH


@action
def agree(holder: Holder, *, by: User) -> None:
    """同意上墙: by the worker, or on paper through the union. What was hidden may be read again."""
    way = _way_of(holder, by)
    consents.give(holder.pk, PURPOSE, version=VERSION, by=by, way=way, union=holder.union)
    Wish.objects.filter(holder=holder, is_hidden=True).update(is_hidden=False)
    wall_changes.note()


@action
def take_back(holder: Holder, *, by: User) -> None:
    """撤回同意: at once off the wall. A wish that nobody has claimed is withdrawn; one that somebody
    prepares is still delivered, and no longer shown."""
    _way_of(holder, by)
    consents.withdraw(holder.pk, PURPOSE, by=by, union=holder.union)
    rows = Wish.objects.select_for_update(of=("self",)).select_related("holder__user", "union")
    for wish in rows.filter(holder=holder, state__in=(*Wish.LIVE, Wish.State.FULFILLED)):
        _take_down(wish, by)


@action
def hand_on(duplicate: Holder, into: Holder, *, by: User) -> None:
    """合并: two files of one person; what was agreed to for the one's wish holds in the other."""
    given = live_consents(PURPOSE)
    agreed = given.filter(subject_id=duplicate.pk).first()
    if agreed and not given.filter(subject_id=into.pk).exists():
        version, way = agreed.version, agreed.way
        consents.give(into.pk, PURPOSE, version=version, by=by, way=way, union=into.union)


def _way_of(holder: Holder, by: User) -> str:
    """By the worker's own tick, or on paper through the union; anybody else is refused."""
    if holder.user_id == by.pk:
        return Consent.Way.SELF
    require_apart(by, Permission.WISH_ASSIST, holder, at=holder.union)
    return Consent.Way.PAPER


def _take_down(wish: Wish, by: User) -> None:
    if wish.state in Wish.EDITABLE:
        wish.move_to(Wish.State.WITHDRAWN)
    else:
        Wish.objects.filter(pk=wish.pk).update(is_hidden=True)
        wall_changes.note()
    if wish.state != Wish.State.FULFILLED:
        notices.family_told(wish, notices.TAKEN_DOWN)
    record("wish.taken_down", wish, by=by, union=wish.union)
