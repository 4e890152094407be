"""认领管理: the claims of the branch by what is the matter with them; revoking, and bringing back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.core.errors import Invalid
from mashang.desk.wishes.forms.claims import RevokeForm, ShownForm
from mashang.unions.roles import Permission
from mashang.web.forms import refusals_in, status_of
from mashang.web.policies import Level, staff_form, staff_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import claims as claim_actions
from mashang.wishes.models import Claim
from mashang.wishes.queries.claims import SHOWS, claims_in, days_left

PAGE = 50


@staff_page(Permission.CLAIM_MANAGE, Level.P2)
def claims(request: SignedIn) -> HttpResponse:
    """认领清单: what is promised, what is overdue, what has lapsed."""
    form, today = ShownForm(request.GET), timezone.localdate()
    form.is_valid()  # an unknown word shows what is under way
    show = form.cleaned_data.get("show") or "live"
    rows = claims_in(request.user, show, today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    lines = [(claim, days_left(claim, today)) for claim in page]
    context = {"page": page, "lines": lines, "show": show, "shows": SHOWS.items()}
    return render(request, "desk/claims/list.html", context)


@staff_form(Permission.CLAIM_MANAGE, Level.P2)
def revoke_claim(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """撤销认领: names the effect, asks for the reason that the giver reads."""
    claim, form = _claim(request, claim_id), RevokeForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form, only=Invalid):
            claim_actions.revoke(claim, why=form.cleaned_data["why"], by=request.user)
            messages.success(request, _("已撤销，已告知认领人，心愿回到心愿墙"))
            return redirect("desk:claims")
    context = {"claim": claim, "form": form}
    return render(request, "desk/claims/revoke.html", context, status=status_of(form))


@staff_form(Permission.CLAIM_MANAGE, Level.P2)
def reinstate_claim(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """恢复认领: the goods came after all, and the wish still hangs on the wall."""
    claim = _claim(request, claim_id)
    if request.method == "GET":
        return render(request, "desk/claims/reinstate.html", {"claim": claim})
    claim_actions.reinstate(claim, by=request.user)
    messages.success(request, _("已恢复，已告知认领人新的最晚送达日"))
    return redirect(f"{reverse('desk:claims')}?show=live")


def _claim(request: SignedIn, claim_id: UUID) -> Claim:
    rows = Claim.objects.visible_to(request.user)
    rows = rows.select_related("wish__holder__user", "union", "giver__data_key", "organisation")
    return get_object_or_404(rows, pk=claim_id)
