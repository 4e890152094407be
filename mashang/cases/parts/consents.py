"""撤回第一项授权: without it the union works on nothing of this household. Only `mashang.workflows` may
import this (pyproject.toml); whoever calls has asked whether `by` may."""

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.actions.applications import end_for_family
from mashang.cases.actions.files import lock_now
from mashang.cases.models import Application, Case, Holder
from mashang.cases.parts.files import end_case

TAKEN_BACK = N_("本人撤回授权")


def stop_applications(holder: Holder, *, by: User) -> None:
    """Whatever is under way is withdrawn: its review stops, a draft is thrown away."""
    rows = Application.objects.of_household(holder).live().select_for_update(of=("self",))
    for application in rows.select_related("holder__data_key", "union"):
        end_for_family(application, by=by)


def end_file(holder: Holder, *, by: User) -> list[Case]:
    """The living file ends, as with 销档; returns it, for what hangs on it in other rooms."""
    living = Case.objects.of_holder(holder).filter(state=Case.State.ACTIVE)
    ended = [lock_now(case) for case in living]
    for case in ended:
        end_case(case, reason=TAKEN_BACK, by=by)
    return ended
