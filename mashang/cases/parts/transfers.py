"""接收档案: the half of this room; `workflows.accept_transfer` calls it."""

from mashang.accounts.models import User
from mashang.cases import notices
from mashang.cases.actions.files import current_answers, lock_now, require_active, write_version
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.actions.transfers import answered, refuse_unsettled
from mashang.cases.models import Case, Holder, Transfer
from mashang.cases.refusals import SamePerson
from mashang.core.audit.trail import record
from mashang.core.db.locks import locked
from mashang.unions.roles import Permission
from mashang.unions.second_person import require_two


def accept(transfer: Transfer, *, by: User) -> None:
    """同意接收: the file and its holder move; code, card, versions and aid go with them."""
    require_no_conflict(by, Permission.CASE_TRANSFER, transfer.case.holder, at=transfer.to_union)
    require_two(transfer.asked_by, by, SamePerson)
    case = lock_now(transfer.case)
    require_active(case)
    locked(Holder.objects.filter(pk=case.holder_id)).get()  # whoever writes down aid waits
    refuse_unsettled(case)
    transfer.transition_to(Transfer.State.DONE, **answered(by))
    place = {"union": transfer.to_union, "union_path": transfer.to_union.path}
    Case.objects.filter(pk=case.pk).update(**place)
    Holder.objects.filter(pk=case.holder_id).update(**place)
    case.refresh_from_db()
    write_version(case, current_answers(case), why=f"由{transfer.from_union.name}转入", by=by)
    record("transfer.accepted", transfer, by=by, union=transfer.to_union)
    notices.holder_told(case, notices.TRANSFERRED)
