"""演示入口: steps a newcomer into each role. It exists in the demo only; elsewhere it is not there."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mashang.accounts.actions import phones
from mashang.accounts.models import User
from mashang.codes.queries import live_code_of
from mashang.demo.entrances import FAMILY, PHONES, SEATS, person_in, visitor
from mashang.web import request as asking
from mashang.web.policies import Level, anyone_act, anyone_page

SHOWN_TEXTS = 8


@anyone_page(Level.P1)
def demo(request: HttpRequest) -> HttpResponse:
    """演示入口: one button for each role, and the text messages that would have gone out."""
    is_planted = person_in(SEATS[0].key) is not None
    context = {
        "people": PHONES,
        "seats": SEATS,
        "is_planted": is_planted,
        "code": _a_code(),
        "texts": _last_texts(),
    }
    return render(request, "demo/demo.html", context)


@anyone_act(Level.P2)
def step_in(request: HttpRequest, key: str) -> HttpResponse:
    """进入角色: signs the visitor in as this made-up person."""
    if comes_by_phone := visitor(key):
        user = phones.get_or_create_account(comes_by_phone.phone)
        asking.sign_in(request, user, as_staff=False)
        return HttpResponseRedirect(reverse("mobile:home"))
    if (person := person_in(key)) is None:
        raise Http404
    asking.sign_in(request, person[1], as_staff=True)
    return HttpResponseRedirect(reverse("desk:home"))


def _a_code() -> str:
    """Where the code of the family on file leads, for trying it from several places."""
    family = User.objects.filter(phone_index=phones.phone_index(FAMILY.phone)).first()
    code = live_code_of(family) if family else None
    return reverse("mobile:scan", args=[code.url.rpartition("/")[2]]) if code and code.url else ""


def _last_texts() -> list[dict[str, str]]:
    """What the console driver wrote, newest first."""
    path = settings.MASHANG_SMS_FILE
    lines = path.read_text(encoding="utf-8").splitlines()[-SHOWN_TEXTS:] if path.exists() else []
    return [
        dict(zip(("at", "phone", "text"), line.split("\t"), strict=True)) for line in lines[::-1]
    ]
