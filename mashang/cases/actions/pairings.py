"""结对帮扶: one person proposes the helper, another confirms; it lasts from a day to a day."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of
from mashang.cases import facts, notices
from mashang.cases.actions.files import lock_active, lock_case, write_fact
from mashang.cases.models import Case, HelperNote, Pairing
from mashang.cases.refusals import SamePerson
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Missing, NotAllowed, WrongState
from mashang.unions.roles import Permission
from mashang.unions.second_person import require_two


@action
def propose(case: Case, *, helper: User, by: User) -> Pairing:
    """提出结对: nothing is shown to the helper before a second person has confirmed."""
    case = lock_active(case, Permission.CASE_PAIR, by=by)
    if helper.pk == case.holder.user_id:
        raise NotAllowed(message=N_("帮扶责任人不能是建档人本人，请另选一位同志"))
    with refusing():
        pairing = Pairing.objects.create(
            case=case, helper=helper, proposed_by=by, from_on=timezone.localdate()
        )
    record("pairing.proposed", pairing, by=by, union=case.union)
    return pairing


@action
def confirm(pairing: Pairing, *, by: User) -> None:
    """确认结对: by somebody who neither proposed it nor is the helper.

    From now on the helper sees the six facts, and the worker sees who helps.
    """
    lock_case(pairing.case, Permission.CASE_PAIR, by=by)
    pairing = Pairing.objects.select_for_update(of=("self",)).get(pk=pairing.pk)
    if pairing.to_on or pairing.confirmed_by_id:
        raise WrongState(message=N_("这次结对已经确认或结束，请刷新后再看"))
    require_two(pairing.proposed_by, by, SamePerson)
    if pairing.helper_id in accounts_of(by):
        raise NotAllowed(message=N_("帮扶责任人不能确认自己的结对，请另一位同志来确认"))
    pairing.confirmed_by, pairing.from_on = by, timezone.localdate()
    pairing.save(update_fields=["confirmed_by", "from_on"])
    write_fact(pairing.case, facts.HELPER, facts.helper_body(pairing), by=by)
    record("pairing.confirmed", pairing, by=by, union=pairing.case.union)
    notices.holder_told(pairing.case, notices.PAIRED)
    notices.helper_told(pairing, notices.HELPS)


@action
def note(case: Case, *, body: str, talked_on: date, by: User) -> HelperNote:
    """帮扶手记: what the helper writes after a talk or a visit; only while paired."""
    if not Pairing.objects.live().filter(case=case, helper=by).exists():
        raise Missing
    written = HelperNote.objects.create(case=case, by=by, body=body, talked_on=talked_on)
    record("pairing.noted", written, by=by, union=case.union)
    return written
