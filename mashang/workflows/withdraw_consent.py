"""撤回同意: from now on; what was done before stays lawful. What stops with which one: `cases.form.consents`."""

from django.utils.translation import gettext_noop as N_

from mashang.accounts import parts as accounts
from mashang.accounts.models import Consent, User
from mashang.cases import notices
from mashang.cases.actions import access
from mashang.cases.form.consents import asked_for
from mashang.cases.models import Holder
from mashang.cases.parts import consents as cases
from mashang.core.db.action import action
from mashang.wishes.actions.consents import way_of
from mashang.wishes.parts import consents as wishes
from mashang.wishes.parts import households
from mashang.wishes.queries.access import ASSISTING

Purpose = Consent.Purpose


@action
def withdraw_consent(holder: Holder, purpose: str, *, by: User, assist_reason: str = "") -> None:
    """撤回同意: by the worker, or on paper through the union where that is offered.

    Without the first nothing is worked on any more: applications under way are withdrawn, the file ends.
    Without the seventh no wish of theirs stays on the wall; without the eighth nobody reads the address.
    With `assist_reason` a colleague does it for the worker, who reads so under 谁看过我的档案.
    """
    if assist_reason:
        what = N_("代撤回同意") + "·" + asked_for(purpose).title
        access.log_access(holder, by=by, among=[ASSISTING], what=what, reason=assist_reason)
    if purpose == Purpose.WISH:
        wishes.take_back(holder, by=by)
    elif purpose == Purpose.ADDRESS:
        wishes.take_back_address(holder, by=by)
    else:
        way_of(holder, by)
        accounts.withdraw(holder.pk, purpose, by=by, union=holder.union)
    if purpose == Purpose.FILE:
        cases.stop_applications(holder, by=by)
        for case in cases.end_file(holder, by=by):
            households.end_with_file(case, by=by)
    elif purpose in (Purpose.CHECK, Purpose.BANK):
        notices.union_asked_to_call(holder)
