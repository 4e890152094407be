"""结束结对: the half of this room; `workflows.end_pairing` calls it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import facts, notices
from mashang.cases.actions.files import lock_case, write_fact
from mashang.cases.models import Case, Pairing
from mashang.core.audit.trail import record
from mashang.core.errors import WrongState
from mashang.unions.roles import Permission


def end(pairing: Pairing, *, why: str, by: User) -> None:
    """结束结对: the helper sees nothing from this moment on."""
    lock_case(pairing.case, Permission.CASE_PAIR, by=by)
    ended = Pairing.objects.filter(pk=pairing.pk, to_on=None).update(
        to_on=timezone.localdate(), ended_why=why
    )
    if not ended:
        raise WrongState(message=N_("这次结对已经结束，请刷新后再看"))
    write_fact(pairing.case, facts.HELPER, _helper_now(pairing.case), by=by)
    record("pairing.ended", pairing, by=by, union=pairing.case.union)
    if pairing.confirmed_by_id:
        notices.holder_told(pairing.case, notices.PAIRING_ENDED)
        notices.helper_told(pairing, notices.PAIRING_ENDED)
    else:
        asker = pairing.proposed_by
        notices.asker_refused(pairing.case.holder, asker, notices.PAIRING, by=by)


def _helper_now(case: Case) -> dict[str, Any]:
    """Whoever helps now, the latest first; a mere proposal that ends takes nobody away."""
    live = case.pairings.filter(to_on=None, confirmed_by__isnull=False).select_related("helper")
    latest = live.order_by("-from_on", "-created_at").first()
    return facts.helper_body(latest) if latest else facts.no_helper_body()
