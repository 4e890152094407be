"""心愿随档案走: what becomes of a household's wish when its file moves, ends or is merged.

Only `mashang.workflows` may import this (pyproject.toml).
"""

from typing import Any

from mashang.accounts.models import User
from mashang.cases.models import Case, Holder, Transfer
from mashang.core.audit.trail import record
from mashang.core.db.locks import locked
from mashang.wishes.actions.freed_wishes import FILE_ENDED, HAS_ANOTHER, say_closed
from mashang.wishes.eligibility import case_of
from mashang.wishes.models import Wish
from mashang.wishes.parts import consents


def follow_transfer(transfer: Transfer) -> None:
    """A wish that nobody has claimed goes on at the new union; a claimed one is delivered
    where it was claimed."""
    place = {"union": transfer.to_union, "union_path": transfer.to_union.path}
    rows = Wish.objects.filter(holder=transfer.case.holder_id, state__in=Wish.EDITABLE)
    rows.update(**place)


def end_with_file(case: Case, *, by: User) -> None:
    """A wish that nobody has claimed ends with the file; a claimed one is still delivered."""
    rows = Wish.objects.filter(holder=case.holder_id, state__in=Wish.EDITABLE)
    for wish in locked(rows.select_related("holder__user", "union")):
        wish.transition_to(Wish.State.CLOSED, closed_why=FILE_ENDED)
        say_closed(wish, by)


def follow_merge(duplicate: Holder, *, into: Holder, by: User) -> None:
    """The household goes on with its wishes, past ones too, which count for the year."""
    into = Holder.objects.select_for_update().get(pk=into.pk)  # whoever posts there waits
    theirs = Wish.objects.select_for_update().filter(holder=duplicate)
    for wish in list(theirs.filter(state__in=Wish.LIVE)):
        _hand_on_living(wish, into, by)
    theirs.exclude(state__in=Wish.LIVE).update(holder=into)


def _hand_on_living(wish: Wish, into: Holder, by: User) -> None:
    """A household has one living wish. A second one ends with a reason; if somebody has claimed it,
    it stays where it is until it is delivered, so that nobody loses."""
    has_another = Wish.objects.of_household(into).live().exclude(pk=wish.pk).exists()
    is_claimed = wish.state == Wish.State.CLAIMED
    if is_claimed and has_another:
        return
    if not is_claimed and (has_another or case_of(into) is None):
        wish.transition_to(Wish.State.CLOSED, closed_why=HAS_ANOTHER if has_another else FILE_ENDED)
        _move(wish, into)
        say_closed(wish, by)
        return
    place = {} if is_claimed else {"union": into.union, "union_path": into.union_path}
    consents.hand_on(wish.holder, into, by=by)
    _move(wish, into, **place)
    record("wish.handed_on", wish, by=by, union=wish.union)


def _move(wish: Wish, into: Holder, **place: Any) -> None:
    Wish.objects.filter(pk=wish.pk).update(holder=into, **place)
    wish.refresh_from_db()
