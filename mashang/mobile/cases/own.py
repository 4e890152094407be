"""本人页: what the worker finds behind the own code: state, aid, helper, cards, and who looked."""

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.accounts.queries import has_withdrawn
from mashang.aid.models import AidProposal
from mashang.aid.queries import received, total_fen
from mashang.cases.actions import access, changes
from mashang.cases.models import Application, Case, ChangeRequest, ChannelChange, Holder, Pairing
from mashang.cases.queries.access import OWN
from mashang.cases.queries.looks import looks_at
from mashang.codes.models import Card, Scan
from mashang.mobile.cases.badges import badges_of
from mashang.mobile.cases.forms.own import ChangeForm
from mashang.web.forms import posted, status_of
from mashang.web.policies import Level, own_form, own_page
from mashang.web.request import SignedIn

MOST_REFUSED = 50


def _own(request: SignedIn) -> Holder | None:
    return Holder.objects.own(request.user).select_related("case__union", "union").first()


@own_page(Level.P3)
def own(request: SignedIn) -> HttpResponse:
    """本人页: one screen; each line leads to more."""
    holder = _own(request)
    if holder is None:
        return render(request, "mobile/own/nothing.html", {"tab": "matters"})
    access.log_access(holder, by=request.user, among=[OWN], what=N_("本人页"))
    context = {
        "holder": holder,
        "applications": badges_of(_current(request), request.user),
        "case": getattr(holder, "case", None),
        **_granted(request, holder),
        "pairings": _helpers_of(holder),
        "total_fen": total_fen(holder),
        "new_numbers": ChannelChange.objects.own(request.user).waiting().exists(),
        "tab": "matters",
    }
    return render(request, "mobile/own/own.html", context)


def _granted(request: SignedIn, holder: Holder) -> dict[str, object]:
    """What was granted and is not paid yet; and whether it waits for the consent to use the account."""
    return {
        "waiting": AidProposal.objects.own(request.user).granted_waiting(),
        "is_taken_back": has_withdrawn(holder.pk, Consent.Purpose.BANK),
    }


def _current(request: SignedIn) -> list[Application]:
    """What is under way; or, for who is on no file, what was handed in last."""
    rows = Application.objects.own(request.user).select_related("holder").order_by("-created_at")
    live = list(rows.live())
    if live or Case.objects.own(request.user).exists():
        return live
    return list(rows[:1])


def _helpers_of(holder: Holder) -> list[dict[str, str]]:
    pairings = (
        Pairing.objects.unscoped(why="of one's own household").live().filter(case__holder=holder)
    )
    return [
        {
            "name": pairing.helper.name,
            "phone": pairing.helper.phone.reveal() if pairing.helper.phone else "",
        }
        for pairing in pairings.select_related("helper__data_key")
    ]


@own_page(Level.P3)
def aid(request: SignedIn) -> HttpResponse:
    """收到的帮扶: every line of the ledger, newest first."""
    holder = get_object_or_404(Holder.objects.own(request.user))
    context = {
        **_granted(request, holder),
        "lines": received(holder),
        "total_fen": total_fen(holder),
        "back": reverse("mobile:own"),
    }
    return render(request, "mobile/own/aid.html", context)


@own_page(Level.P3)
def looks(request: SignedIn) -> HttpResponse:
    """谁看过我的档案: the office, the surname, when, what and why; refused scans, and how often somebody
    held the card who was shown nothing."""
    holder = get_object_or_404(Holder.objects.own(request.user))
    scans = Scan.objects.of_household(holder)
    refused = scans.filter(shown=Scan.Shown.REFUSED)
    strangers = scans.filter(shown=Scan.Shown.NEUTRAL)
    context = {
        "page": looks_at(holder, request.GET.get("page")),
        "refused": refused.order_by("-created_at")[:MOST_REFUSED],
        "refused_times": refused.count(),
        "strangers": strangers.aggregate(times=Count("pk"), last=Max("created_at")),
        "back": reverse("mobile:own"),
    }
    return render(request, "mobile/own/looks.html", context)


@own_page(Level.P3)
def cards(request: SignedIn) -> HttpResponse:
    """我的服务卡: every card that was made for me, and where it is."""
    rows = Card.objects.own(request.user).select_related("union").order_by("-created_at")
    return render(request, "mobile/own/cards.html", {"cards": rows, "back": reverse("mobile:own")})


@own_form(Level.P3)
def change(request: SignedIn) -> HttpResponse:
    """申报变动: address, phone, employer or members; the union checks before the file changes."""
    case = get_object_or_404(Case.objects.own(request.user).select_related("holder__data_key"))
    form = ChangeForm(*posted(request))
    if form.is_valid():
        changes.report_change(case, form.changes(), why=form.cleaned_data["why"], by=request.user)
        messages.success(request, _("已交给工会，核实后会告诉您"))
        return HttpResponseRedirect(reverse("mobile:change"))
    context = {"form": form, "requests": _requests(case), "back": reverse("mobile:own")}
    return render(request, "mobile/own/change.html", context, status=status_of(form))


def _requests(case: Case) -> list[dict[str, object]]:
    rows = ChangeRequest.objects.of_case(case).order_by("-created_at")
    states = {"asked": "now", "done": "done", "declined": "bad"}
    return [
        {
            "title": row.get_state_display(),
            "at": row.answered_at or row.created_at,
            "words": row.answer,
            "state": states[row.state],
        }
        for row in rows
    ]
