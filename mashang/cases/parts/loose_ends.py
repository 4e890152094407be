"""随档案办结: what waits on a file and can no longer be done when it closes ends with it, and whoever asked is told.

What stays to be decided all the same (a ledger entry, a new phone, a card, a claimed wish) stands in the table of
tests/workflows/test_what_closing_ends.py, and so does every new kind of thing that hangs on a household.
"""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import notices
from mashang.cases.models import Case, ChangeRequest, Holder, Merge, Transfer
from mashang.core.audit.trail import record
from mashang.core.db.locks import locked

NOT_CHECKED = N_("帮扶档案已经办结，这次申报没有再核实；档案恢复以后，情况仍有变化的请重新申报")


def end_with_file(case: Case, *, pairings_why: str, by: User) -> None:
    """Of a file that was just closed, locked by the caller."""
    _end_pairings(case, pairings_why, by)
    _end_transfers(case, by)
    _end_change_requests(case, by)
    end_merges_into(case.holder, by=by)


def _end_pairings(case: Case, why: str, by: User) -> None:
    ending = list(case.pairings.filter(to_on=None).select_related("helper", "case", "proposed_by"))
    case.pairings.filter(to_on=None).update(to_on=timezone.localdate(), ended_why=why)
    for pairing in ending:
        if pairing.confirmed_by_id:
            notices.helper_told(pairing, notices.PAIRING_ENDED)
        else:
            record("pairing.ended", pairing, by=by, union=case.union)
            notices.asker_told(case, pairing.proposed_by, notices.PAIRING, by=by)


def _end_transfers(case: Case, by: User) -> None:
    asked = Transfer.objects.filter(case=case, state=Transfer.State.ASKED)
    for transfer in locked(asked.select_related("asked_by")):
        transfer.transition_to(Transfer.State.LAPSED, answered_by=by, answered_at=timezone.now())
        record("transfer.lapsed", transfer, by=by, union=case.union)
        notices.asker_told(case, transfer.asked_by, notices.TRANSFER, by=by)


def _end_change_requests(case: Case, by: User) -> None:
    for request in locked(case.change_requests.filter(state=ChangeRequest.State.ASKED)):
        request.transition_to(
            ChangeRequest.State.DECLINED,
            answered_by=by,
            answered_at=timezone.now(),
            answer=NOT_CHECKED,
        )
        record("case.change_declined", case, by=by, union=case.union)
        notices.holder_told(case, notices.CHANGE_DECLINED, url="/own/change/")


def end_merges_into(holder: Holder, *, is_absorbed: bool = False, by: User) -> None:
    """A living file does not go into a closed one, and none into one that was merged away itself: what was asked so
    far has nobody to confirm it."""
    asked = Merge.objects.filter(into=holder, state=Merge.State.ASKED)
    if not is_absorbed:
        living = Case.objects.filter(state=Case.State.ACTIVE)
        asked = asked.filter(duplicate__in=living.values("holder"))
    case = Case.objects.filter(holder=holder).select_related("union").first()
    if case is None:
        return
    for merge in locked(asked.select_related("asked_by")):
        merge.transition_to(Merge.State.LAPSED, answered_by=by, answered_at=timezone.now())
        record("merge.lapsed", merge, by=by, union=case.union)
        notices.asker_told(case, merge.asked_by, notices.MERGE, by=by)
