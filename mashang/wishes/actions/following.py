"""心愿随档案走: what becomes of a household's wish when its file moves or ends."""

from mashang.accounts.models import User
from mashang.cases.actions import filing
from mashang.cases.models import Case, Transfer
from mashang.codes import actions as codes
from mashang.core.acts import action
from mashang.core.trail import record
from mashang.wishes import wish_notices as notices
from mashang.wishes.models import Wish

FILE_ENDED = "帮扶档案已办结"


@action
def accept_transfer(transfer: Transfer, *, by: User) -> None:
    """接收档案: a wish that nobody has claimed goes on at the new union; a claimed one is delivered
    where it was claimed."""
    codes.accept_transfer(transfer, by=by)
    place = {"union": transfer.to_union, "union_path": transfer.to_union.path}
    rows = Wish.objects.filter(holder=transfer.case.holder_id, state__in=Wish.EDITABLE)
    rows.update(**place)


@action
def close_case(case: Case, *, reason: str, by: User) -> None:
    """销档: a wish that nobody has claimed ends with the file; a claimed one is still delivered."""
    filing.close_case(case, reason=reason, by=by)
    rows = Wish.objects.select_for_update(of=("self",)).select_related("holder__user", "union")
    for wish in rows.filter(holder=case.holder_id, state__in=Wish.EDITABLE):
        wish.move_to(Wish.State.CLOSED, closed_why=FILE_ENDED)
        notices.family_told(wish, notices.CLOSED)
        record("wish.closed", wish, by=by, union=wish.union)
