"""我帮扶的家庭: what a paired helper sees, the button to call, and a note afterwards."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import access, pairings
from mashang.cases.models import Case, HelperNote
from mashang.cases.queries.access import PAIRED, PAIRED_CASE, families_of
from mashang.cases.queries.files import six_facts
from mashang.codes.refusals import HelperNotAgreed
from mashang.mobile.cases.forms.families import NoteForm
from mashang.web.forms import posted, status_of
from mashang.web.policies import paired_form, paired_page
from mashang.web.request import SignedIn
from mashang.wishes.queries.deliveries import arriving


@paired_page()
def families(request: SignedIn) -> HttpResponse:
    """The families whose helper I am: a file number and a town, no names."""
    return render(request, "mobile/families/families.html", {"cases": families_of(request.user)})


@paired_page()
def family(request: SignedIn, case_id: UUID) -> HttpResponse:
    """六条基础信息: read after the look is written down; withdrawn consent closes the page."""
    case = paired_case(request, case_id)
    access.log_access(case.holder, by=request.user, among=[PAIRED], what=N_("六条基础信息"))
    context = {
        "case": case,
        "facts": six_facts(case),
        "phone": case.holder.phone.reveal(),
        "wish": arriving(case.holder),
        "back": reverse("mobile:families"),
    }
    return render(request, "mobile/families/family.html", context)


@paired_form()
def note(request: SignedIn, case_id: UUID) -> HttpResponse:
    """帮扶手记: when, and what was found; the form says what is wrong beside the field."""
    case = paired_case(request, case_id)
    form = NoteForm(*posted(request), initial={"talked_on": timezone.localdate()})
    if form.is_valid():
        pairings.note(case, by=request.user, **form.cleaned_data)
        return HttpResponseRedirect(reverse("mobile:notes", args=[case.pk]))
    context = {"case": case, "form": form, "back": reverse("mobile:family", args=[case.pk])}
    return render(request, "mobile/families/note.html", context, status=status_of(form))


@paired_page()
def notes(request: SignedIn, case_id: UUID) -> HttpResponse:
    """What I wrote about this family."""
    case = paired_case(request, case_id)
    access.log_access(case.holder, by=request.user, among=[PAIRED], what=N_("帮扶手记"))
    written = HelperNote.objects.of_case(case).filter(by=request.user).order_by("-talked_on")
    items = [
        {"title": N_("帮扶手记"), "at": one.talked_on, "words": one.body.reveal(), "state": "done"}
        for one in written
    ]
    context = {"case": case, "items": items, "back": reverse("mobile:family", args=[case.pk])}
    return render(request, "mobile/families/notes.html", context)


def paired_case(request: SignedIn, case_id: UUID) -> Case:
    """The case of a family whose helper asks, and which agrees to be read by them."""
    case = PAIRED_CASE.first(helper=request.user.pk, pk=case_id)
    if case is None:
        raise Http404
    if not case.is_agreed:
        raise HelperNotAgreed
    return cast(Case, case)
