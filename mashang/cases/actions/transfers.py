"""档案转移: the union that has the file asks, the one that takes it agrees; the code stays."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import notices
from mashang.cases.actions.files import lock_active
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.models import Application, Case, Transfer
from mashang.cases.settle_first import unsettled
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import NotAllowed, WrongState
from mashang.unions.locks import lock_standing
from mashang.unions.models import Union
from mashang.unions.roles import Permission


@action
def ask(case: Case, *, to: Union, why: str, by: User, seen: str | None = None) -> Transfer:
    """申请转出: until the other side agrees, the file stays where it is."""
    case = lock_active(case, Permission.CASE_TRANSFER, by=by, seen=seen)
    refuse_unsettled(case)
    to = lock_standing(to)
    if to.pk == case.union_id:
        raise NotAllowed(message=N_("请选择另一个仍在运行的工会作为接收方"))
    with refusing():
        transfer = Transfer.objects.create(
            case=case, from_union=case.union, to_union=to, why=why, asked_by=by
        )
    record("transfer.asked", transfer, by=by, union=case.union)
    return transfer


@action
def decline(transfer: Transfer, *, by: User) -> None:
    """不予接收: the file stays where it is."""
    require_no_conflict(by, Permission.CASE_TRANSFER, transfer.case.holder, at=transfer.to_union)
    transfer.transition_to(Transfer.State.DECLINED, **answered(by))
    record("transfer.declined", transfer, by=by, union=transfer.from_union)
    _tell_asker(transfer, by)


@action
def withdraw(transfer: Transfer, *, by: User) -> None:
    """撤回转出: by whoever could have asked; the file stays where it is and may be offered to another union."""
    related = ("case__holder", "from_union")
    transfer = locked(Transfer.objects.filter(pk=transfer.pk).select_related(*related)).get()
    require_no_conflict(by, Permission.CASE_TRANSFER, transfer.case.holder, at=transfer.from_union)
    transfer.transition_to(Transfer.State.WITHDRAWN, **answered(by))
    record("transfer.withdrawn", transfer, by=by, union=transfer.from_union)
    _tell_asker(transfer, by)


def _tell_asker(transfer: Transfer, by: User) -> None:
    notices.asker_refused(transfer.case.holder, transfer.asked_by, notices.TRANSFER, by=by)


def refuse_unsettled(case: Case) -> None:
    """An application stays with those who review it, a sum with those who pay it; so the file waits."""
    if refusal := what_bars_transfer(case):
        raise refusal


def what_bars_transfer(case: Case) -> WrongState | None:
    """What has to be settled where the file lies before it may move; None where nothing is."""
    if case.holder.applications.filter(state__in=Application.UNDER_WAY).exists():
        return WrongState(message=N_("这户还有正在办理的申请，请等那份申请办结，再转移档案"))
    if waiting := unsettled(case.holder):
        words = _("这户在原来的工会还有 %(what)s，请等那边办结，再转移档案")
        return WrongState(message=words % {"what": _("、").join(waiting)})
    return None


def answered(by: User) -> dict[str, Any]:
    return {"answered_by": by, "answered_at": timezone.now()}
