"""销档、返困恢复、合并: the halves of this room; `workflows` call them."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import facts, notices
from mashang.cases.actions.files import (
    current_answers,
    list_members,
    lock_case,
    write_fact,
    write_version,
)
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.models import Application, Case, Holder
from mashang.core.audit.trail import record
from mashang.core.db.locks import locked
from mashang.core.errors import NotAllowed, WrongState
from mashang.unions.roles import Permission


def close_case(case: Case, *, reason: str, by: User) -> None:
    """销档: out of hardship, moved away, died, or not qualified; nothing is deleted."""
    case = lock_case(case, Permission.CASE_CHANGE, by=by)
    case.transition_to(Case.State.CLOSED, closed_on=timezone.localdate(), close_reason=reason)
    case.holder.members.update(is_on_live_file=False)
    _end_pairings(case, why=N_("销档"))
    record("case.closed", case, by=by, union=case.union)
    notices.holder_told(case, notices.CLOSED)


def _end_pairings(case: Case, *, why: str) -> None:
    ending = list(case.pairings.filter(to_on=None).select_related("helper", "case"))
    case.pairings.filter(to_on=None).update(to_on=timezone.localdate(), ended_why=why)
    for pairing in ending:
        if pairing.confirmed_by_id:
            notices.helper_told(pairing, notices.PAIRING_ENDED)


def reopen_case(case: Case, *, why: str, by: User) -> None:
    """返困恢复: the household is back in hardship; the same file and the same code go on."""
    case = lock_case(case, Permission.CASE_CHANGE, by=by)
    if case.holder.merged_into_id:
        raise WrongState(message=N_("这份档案已经与另一份合并，请在合并后的那份档案上办理"))
    case.transition_to(Case.State.ACTIVE, closed_on=None, close_reason="")
    list_members(case.holder)
    write_version(case, current_answers(case), why=why, by=by)
    # Whoever helped before the file was closed does not any more.
    write_fact(case, facts.HELPER, facts.no_helper_body(), by=by)
    record("case.reopened", case, by=by, union=case.union)
    notices.holder_told(case, notices.REOPENED)


def merge(duplicate: Holder, *, into: Holder, by: User) -> None:
    """合并: two files of one household become one; both printed codes find the survivor."""
    duplicate, into = _locked(duplicate, into)
    for holder in (duplicate, into):
        require_no_conflict(by, Permission.CASE_TRANSFER, holder, at=holder.union)
    _check_mergeable(duplicate, into)
    case = Case.objects.filter(holder=duplicate, state=Case.State.ACTIVE).first()
    if case:
        case.transition_to(
            Case.State.CLOSED, closed_on=timezone.localdate(), close_reason=N_("与重复档案合并")
        )
        duplicate.members.update(is_on_live_file=False)
        _end_pairings(case, why=N_("与重复档案合并"))
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    Holder.objects.filter(merged_into=duplicate).update(merged_into=into)  # no chains
    _hand_on_account(duplicate, into)
    record("holder.merged", duplicate, by=by, union=into.union, into=str(into.pk))


def _locked(*holders: Holder) -> list[Holder]:
    """Both as they stand now with their files, so that two who merge, or one who closes, wait for each other."""
    list(
        locked(Case.objects.filter(holder__in=holders))
    )  # files before households, as in a transfer
    keys = [holder.pk for holder in holders]
    rows = Holder.objects.filter(pk__in=keys).select_related("union", "user")
    now = {row.pk: row for row in locked(rows)}
    return [now[key] for key in keys]


def _hand_on_account(duplicate: Holder, into: Holder) -> None:
    """The worker signs in as before and finds the file that goes on."""
    worker = duplicate.user
    if worker is None or into.user is not None:
        return
    duplicate.user, into.user = None, worker
    duplicate.save(update_fields=["user"])
    into.save(update_fields=["user"])


def _is_active(holder: Holder) -> bool:
    return Case.objects.filter(holder=holder, state=Case.State.ACTIVE).exists()


def _check_mergeable(duplicate: Holder, into: Holder) -> None:
    if duplicate.pk == into.pk or duplicate.merged_into_id or into.merged_into_id:
        raise WrongState(message=N_("这两份档案不能合并：其中一份已经合并过，请刷新后再看"))
    if duplicate.applications.filter(state__in=Application.LIVE).exists():
        raise WrongState(message=N_("另一份还有正在办理的申请，请先办结那份申请，再来合并"))
    if _is_active(duplicate) and not _is_active(into):
        raise WrongState(
            message=N_("要留下的那份不在档，另一份还在档；请反过来合并，或先恢复要留下的那份")
        )
    if not duplicate.id_index or duplicate.id_index != into.id_index:
        raise NotAllowed(message=N_("两份档案的建档人不是同一身份证号，不能合并；请先核实身份"))
