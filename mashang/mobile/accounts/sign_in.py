"""登录与确认: a phone and the code that was sent to it; what was typed before comes back after it."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from mashang.accounts.actions import phones
from mashang.accounts.models import PhoneCode, User
from mashang.core.privacy.masks import mask_phone
from mashang.mobile.accounts.forms import CodeForm, ConfirmForm, PhoneForm
from mashang.web import request as asking
from mashang.web.forms import refusals_in
from mashang.web.policies import Level, anyone_act, anyone_form, own_form
from mashang.web.request import SignedIn
from mashang.web.sign_in_pages import go_on, sign_in_page

ELDER_COOKIE = "elder"
ELDER_SECONDS = 365 * 24 * 3600


@anyone_form(Level.P3)
def sign_in(request: HttpRequest, stashed: str = "") -> HttpResponse:
    """手机号登录: first the phone, then the code; `stashed` is a form that arrived signed out."""
    if stashed or request.method == "GET":
        return _ask_phone(request, PhoneForm(), stashed=stashed)
    if request.user.is_authenticated:
        return _go_on(request, request.user)
    form = CodeForm(request.POST)
    if "sms_code" not in request.POST:
        return _send_code(request)
    if not form.is_valid():
        return _ask_code(request, form, 422)
    with refusals_in(form, "sms_code") as refused:
        user = phones.sign_in(
            form.cleaned_data["phone"], form.cleaned_data["sms_code"], origin=asking.origin(request)
        )
        asking.sign_in(request, user, as_staff=False)
        answer = keep_letters(request, _go_on(request, user), user.is_elder)
        return asking.keep_device(request, answer, user.phone_index or "")
    return _ask_code(request, form, refused.status)


def _send_code(request: HttpRequest) -> HttpResponse:
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _ask_phone(request, form, 422)
    with refusals_in(form, "phone") as refused:
        is_sent = phones.ask_code(form.cleaned_data["phone"], origin=asking.origin(request))
        code_form = CodeForm(initial={"phone": form.cleaned_data["phone"]})
        page = _ask_code(request, code_form, 200, is_short=not is_sent)
        return asking.keep_device(request, page)
    return asking.keep_device(request, _ask_phone(request, form, refused.status))


def _ask_phone(
    request: HttpRequest, form: Form, status: int = 200, *, stashed: str = ""
) -> HttpResponse:
    return _render(request, "sign_in", {"form": form}, status, stashed)


def _ask_code(
    request: HttpRequest, form: Form, status: int, *, is_short: bool = False
) -> HttpResponse:
    phone = form["phone"].value() or ""
    context = {"form": form, "phone": phone, "to": mask_phone(phone), "is_short": is_short}
    return _render(request, "code", context, status)


@own_form(Level.P3)
def confirm(request: SignedIn, stashed: str = "") -> HttpResponse:
    """确认本人: a code to one's own phone, before what cannot be undone.

    At the desk that proves nothing: whoever is in with the second factor is asked for it again.
    """
    if request.user.is_staff:
        return HttpResponseRedirect(reverse("desk:confirm"))
    phone = request.user.phone.reveal() if request.user.phone else ""
    context = {"form": ConfirmForm(), "to": mask_phone(phone)}
    if stashed or request.method == "GET":
        return _render(request, "confirm", context, 200, stashed)
    who = asking.origin(request)
    if "sms_code" not in request.POST:
        phones.ask_code(phone, origin=who, purpose=PhoneCode.Purpose.CONFIRM)
        return asking.keep_device(request, _render(request, "confirm", {**context, "sent": True}))
    form = ConfirmForm(request.POST)
    if form.is_valid():
        with refusals_in(form, "sms_code"):
            phones.check_code(
                phone,
                form.cleaned_data["sms_code"],
                origin=who,
                purpose=PhoneCode.Purpose.CONFIRM,
            )
            asking.proved(request)
            return _go_on(request, request.user)
    return _render(request, "confirm", {**context, "form": form, "sent": True}, 422)


@anyone_act(Level.P2)
def sign_out(request: HttpRequest) -> HttpResponse:
    asking.sign_out(request)
    return HttpResponseRedirect(reverse("mobile:home"))


def keep_letters(request: HttpRequest, answer: HttpResponse, on: bool) -> HttpResponse:
    """A device on which nobody has chosen yet takes the letters that the account prefers."""
    if ELDER_COOKIE not in request.COOKIES and on:
        set_letters(answer, on)
    return answer


def set_letters(answer: HttpResponse, on: bool) -> None:
    """The script on the page reads this cookie too, so it is not closed to scripts."""
    answer.set_cookie(ELDER_COOKIE, "1" if on else "0", max_age=ELDER_SECONDS, samesite="Lax")


def _go_on(request: HttpRequest, user: User) -> HttpResponse:
    return go_on(request, user, resume_page="mobile/accounts/resume.html", home="mobile:home")


def _render(
    request: HttpRequest, page: str, context: dict, status: int = 200, stashed: str = ""
) -> HttpResponse:
    return sign_in_page(request, f"mobile/accounts/{page}.html", context, status, stashed)
