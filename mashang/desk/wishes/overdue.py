"""心愿督办: what waits too long, and the union's own fund for what nobody claimed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.desk.wishes.forms.fairs import ChosenForm
from mashang.unions.roles import Permission, holds
from mashang.web.policies import Level, staff_act, staff_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import union_fund
from mashang.wishes.models import Claim, Fair, Wish
from mashang.wishes.queries import board as boards


@staff_page(Permission.WISH_READ, Level.P2)
def wish_board(request: SignedIn) -> HttpResponse:
    """One page: five counts, and of each what waits longest."""
    context = {
        "board": boards.board(request.user, timezone.localdate()),
        "may_fund": holds(request.user, Permission.WISH_FUND),
        "may_deliver": holds(request.user, Permission.CLAIM_MANAGE),
        "fairs": _fairs(request),
    }
    return render(request, "desk/board/board.html", context)


@staff_act(Permission.WISH_FUND, Level.P2, fresh=True)
def fund_wishes(request: SignedIn) -> HttpResponse:
    """工会兜底: the ticked wishes, all or none."""
    form = ChosenForm(request.POST, Wish.objects.visible_to(request.user))
    if not form.is_valid():
        messages.error(request, _("请先选好要兜底的心愿"))
    else:
        made = union_fund.fund(form.cleaned_data["wishes"], by=request.user)
        messages.success(
            request, _("已由工会兜底 %(n)d 个，等财务复核后采购、转交") % {"n": len(made)}
        )
    return redirect("desk:wish-board")


@staff_act(Permission.WISH_FUND, Level.P2)
def put_back(request: SignedIn, claim_id: UUID) -> HttpResponse:
    """放回心愿墙: after the spending was turned down."""
    rows = Claim.objects.visible_to(request.user).select_related("wish__holder__user", "union")
    union_fund.put_back(get_object_or_404(rows, pk=claim_id), by=request.user)
    messages.success(request, _("心愿已放回心愿墙"))
    return redirect("desk:wish-board")


def _fairs(request: SignedIn) -> list[Fair]:
    """Those that a wish may still be put into, for who may do so."""
    if not holds(request.user, Permission.FAIR_MANAGE):
        return []
    return list(Fair.objects.visible_to(request.user).alive().order_by("held_on"))
