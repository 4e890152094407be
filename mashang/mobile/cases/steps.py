"""What every page of the application form shares: whose it is, how far it is, where “back” leads."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_noop as N_

from mashang.cases.form import forms
from mashang.cases.form.fields import Step
from mashang.cases.models import Application
from mashang.cases.queries import drafts
from mashang.core.errors import Missing, WrongState
from mashang.web.request import SignedIn

CHECK = "check"


def live_application(request: SignedIn) -> Application:
    """The one application that this worker fills in now. Raises Missing if there is none."""
    rows = Application.objects.own(request.user).live()
    application = rows.select_related("holder__data_key", "holder__user", "union").first()
    if application is None:
        raise Missing(message=N_("您现在没有正在填写的申请，请从首页重新开始"))
    return application


def editable_application(request: SignedIn) -> Application:
    """The same, if it may still be changed."""
    application = live_application(request)
    if not drafts.may_correct(application):
        raise WrongState(
            message=N_("申请已在办理中，不能再改；要补充情况，请在“我的事项”里添加材料")
        )
    return application


def step_named(application: Application, key: str) -> Step:
    return forms.step_of(application.kind, key, application.answers.reveal())


def step_url(key: str) -> str:
    return reverse("mobile:apply-step", args=[key])


def go_on(request: SignedIn, application: Application, step: Step) -> HttpResponse:
    """To the next step, or back to the check page from which one came to mend something."""
    if request.POST.get("to") == CHECK:
        return HttpResponseRedirect(step_url(CHECK))
    answers = application.answers.reveal()
    return HttpResponseRedirect(step_url(forms.next_step(application.kind, step.key, answers).key))


def draw(
    request: SignedIn,
    template: str,
    application: Application,
    step: Step,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the form, with its progress and the way back."""
    frame = {"application": application, "step": step, **_progress(application, step)}
    frame["to"] = request.POST.get("to") or request.GET.get("to", "")
    frame["back"] = step_url(CHECK) if frame["to"] == CHECK else _back(application, step)
    return render(request, f"mobile/apply/{template}.html", {**frame, **context}, status=status)


def _progress(application: Application, step: Step) -> dict[str, int]:
    keys = [s.key for s in forms.steps_of(application.kind, application.answers.reveal())]
    return {"number": keys.index(step.key) + 1, "total": len(keys)}


def _back(application: Application, step: Step) -> str:
    before = forms.step_before(application.kind, step.key, application.answers.reveal())
    return step_url(before.key) if before else reverse("mobile:apply")
