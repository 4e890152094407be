"""显示隐藏信息: for a purpose that is chosen each time, within the limits, whichever page it is asked on."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access, limits
from mashang.cases.models import Holder
from mashang.cases.reasons import Purpose
from mashang.web.policies import prove_again, proved_at
from mashang.web.request import SignedIn


def answer(
    request: SignedIn, holder: Holder, *, label: str, mask: str, plain: Callable[[], str], back: str
) -> HttpResponse:
    """One hidden value of the household, once it was said for what; written down with that.

    A press that says nothing is asked for what, and shows and counts nothing. `plain` is called when nothing
    stands against it any more; `back` is where the page without scripts leads. Raises TooMany.
    """
    purpose = request.POST.get("purpose", "")
    context = {"label": label, "mask": mask, "action": request.path, "back": back}
    if purpose not in Purpose.values:
        return _drawn(request, context | {"purposes": Purpose.choices})
    if limits.needs_new_proof(request.user, proved_at(request)):
        return prove_again(request)
    limits.count_reveal(request.user)
    why = Purpose(purpose).label
    access.log_access(
        holder, by=request.user, what=N_("显示%(label)s") % {"label": label}, reason=why
    )
    return _drawn(request, context | {"shown": plain(), "purpose": why})


def _drawn(request: SignedIn, context: Mapping[str, object]) -> HttpResponse:
    is_swap = request.headers.get("HX-Request")
    return render(request, f"desk/cases/{'_reveal' if is_swap else 'revealed'}.html", context)
