"""家庭成员: who lives with the worker; each person on a few short pages of their own."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import applications
from mashang.cases.form import forms, lists
from mashang.cases.form.checks import is_filled
from mashang.cases.form.conditions import members_of
from mashang.cases.form.fields import Answers, Page, Step
from mashang.cases.form.sheets import Sheet
from mashang.cases.models import Application
from mashang.cases.queries import drafts
from mashang.core.errors import Invalid, Missing
from mashang.mobile.cases.steps import draw, editable_application, go_on, step_named, step_url
from mashang.web.policies import Level, own_act, own_form
from mashang.web.request import SignedIn

MEMBERS = Page.MEMBERS.value


def page(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    """The list, with “再加一位” and “填完了”."""
    answers = application.answers.reveal()
    people = [_card(member) for member in members_of(answers)]
    shown = {
        "people": people,
        "new": drafts.new_member_key(),
        "alone": answers.get(forms.NO_ONE_ELSE),
    }
    if request.method == "GET":
        return draw(request, "members", application, step, **shown)
    if error := _unfinished(people, alone=bool(request.POST.get("alone"))):
        return draw(request, "members", application, step, status=422, error=error, **shown)
    application = applications.say_alone(application, alone=not people, by=request.user)
    return go_on(request, application, step)


def _unfinished(people: list[dict[str, Any]], *, alone: bool) -> str:
    """The sentence that keeps one on the list; empty if one may go on."""
    if not people and not alone:
        return N_("还没有填家人。如果家里只有您自己，请勾选“只有我一个人”")
    names = [person["name"] for person in people if not person["is_whole"]]
    return _("%(names)s 还没有填完，请点开补齐") % {"names": _("、").join(names)} if names else ""


@own_form(Level.P4)
def part(request: SignedIn, key: str, part: str) -> HttpResponse:
    """填写家人: one page about one person."""
    application = editable_application(request)
    step, member = step_named(application, MEMBERS), _member(application, key)
    shown = next((p for p in forms.parts_of(member) if p.key == part), None)
    if shown is None:
        raise Missing
    if request.method == "GET":
        return _draw(request, application, step, shown, member, Sheet(shown, member, {}))
    typed = dict(request.POST.lists())
    try:
        application = applications.fill_member(application, key, shown, typed, by=request.user)
    except Invalid as refusal:
        sheet = Sheet(shown, member, {}, typed=typed, wrong=refusal.fields)
        return _draw(request, application, step, shown, member, sheet, status=422)
    following = drafts.next_part(_member(application, key), shown)
    return HttpResponseRedirect(part_url(key, following.key) if following else step_url(MEMBERS))


@own_act(Level.P4)
def remove(request: SignedIn, key: str) -> HttpResponse:
    """移除家人."""
    applications.remove_member(editable_application(request), key, by=request.user)
    return HttpResponseRedirect(step_url(MEMBERS))


def part_url(key: str, part: str) -> str:
    return reverse("mobile:apply-member", args=[key, part])


def _member(application: Application, key: str) -> dict[str, Any]:
    return drafts.member_named(application.answers.reveal(), key)


def _card(member: Answers) -> dict[str, Any]:
    """One person of the list: relation and what they do; the number stays in the form."""
    parts = forms.parts_of(member)
    unfilled = [part for part in parts if not is_filled(part, member, {})]
    return {
        "key": member["key"],
        "name": member.get("name", ""),
        "relation": lists.RELATION.get(member.get("relation", ""), ""),
        "identity": lists.IDENTITY.get(member.get("identity", ""), ""),
        "is_whole": not unfilled,
        "open_at": (unfilled or parts)[0].key,
    }


def _draw(
    request: SignedIn,
    application: Application,
    step: Step,
    part: Step,
    member: Answers,
    sheet: Sheet,
    status: int = 200,
) -> HttpResponse:
    keys = [p.key for p in forms.parts_of(member)]
    place = keys.index(part.key)
    back = part_url(member["key"], keys[place - 1]) if place else step_url(MEMBERS)
    return draw(
        request, "member", application, step, status=status, form=sheet, part=part, member=member,
        back=back,
    )  # fmt: skip
