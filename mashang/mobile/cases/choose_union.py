"""向哪个工会申请: the county first, then the employer's union, or the union of the place."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from mashang.cases.actions import applications
from mashang.cases.form import forms
from mashang.cases.form.fields import Step
from mashang.cases.models import Application
from mashang.cases.queries import places
from mashang.core.errors import Invalid, Missing
from mashang.mobile.cases.steps import draw, go_on, step_url
from mashang.unions.models import Union
from mashang.web.policies import Level, own_form
from mashang.web.request import SignedIn


@own_form(Level.P3)
def begin(request: SignedIn, kind: str) -> HttpResponse:
    """开始申请: choosing the union makes the draft."""
    if kind not in forms.FORMS:
        raise Missing
    if request.method == "GET":
        return _draw_first(request, kind)
    try:
        application = applications.start(
            request.user, kind=kind, union=_union_chosen(request), by=request.user
        )
    except Invalid as refusal:
        return _draw_first(request, kind, refusal)
    following = forms.next_step(kind, "where", application.answers.reveal())
    return HttpResponseRedirect(step_url(following.key))


def page(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    """The same step in a draft that has begun: another union may be chosen."""
    if request.method == "GET":
        return draw(request, "where", application, step, **_found(request, application.union))
    try:
        applications.move(application, union=_union_chosen(request), by=request.user)
    except Invalid as refusal:
        context = _found(request, application.union, refusal)
        return draw(request, "where", application, step, status=422, **context)
    return go_on(request, application, step)


def _draw_first(request: SignedIn, kind: str, refusal: Invalid | None = None) -> HttpResponse:
    step = forms.FORMS[kind][0]
    context = {
        "step": step,
        "number": 1,
        "total": len(forms.steps_of(kind, {})),
        "back": reverse("mobile:apply"),
        **_found(request, None, refusal),
    }
    return render(request, "mobile/apply/where.html", context, status=422 if refusal else 200)


def _found(
    request: SignedIn, chosen: Union | None, refusal: Invalid | None = None
) -> dict[str, Any]:
    """What the page offers for the county and the words that were asked for."""
    asked = request.POST if request.method == "POST" else request.GET
    region = asked.get("region") or (chosen.region_code[:6] if chosen else "")
    words = asked.get("words", "").strip()
    return {
        "regions": places.region_choices(),
        "region": region,
        "words": words,
        "chosen": chosen,
        "employers": places.unions_of_employers(region, words) if region else (),
        "places": places.unions_of_place(region) if region else (),
        "error": refusal.fields.get("union", refusal.message) if refusal else "",
    }


def _union_chosen(request: SignedIn) -> Union:
    wanted = request.POST.get("union", "")
    union = Union.objects.filter(code=wanted).first() if wanted else None
    if union is None:
        raise Invalid(fields={"union": N_("请选一个工会，再点“下一步”")})
    return union
