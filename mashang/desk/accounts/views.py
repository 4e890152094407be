"""登录与本人账号: password and second factor; enrolment, recovery codes, devices."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from mashang.accounts import queries as accounts
from mashang.accounts import totp
from mashang.accounts.actions import devices, staff
from mashang.accounts.models import User
from mashang.cases.actions import shared_devices
from mashang.core.errors import Invalid
from mashang.desk.accounts.forms import (
    ChangePasswordForm,
    ConfirmForm,
    EnrolmentForm,
    NewPasswordForm,
    SignInForm,
)
from mashang.web import request as asking
from mashang.web.forms import refusals_in
from mashang.web.policies import (
    Level,
    anyone_act,
    anyone_form,
    colleague_act,
    colleague_form,
    colleague_page,
)
from mashang.web.request import SignedIn
from mashang.web.sign_in_pages import go_on, sign_in_page


@anyone_form(Level.P2)
def sign_in(request: HttpRequest, stashed: str = "") -> HttpResponse:
    """登录: `stashed` is a form that arrived signed out; it comes back afterwards."""
    if stashed or request.method == "GET":
        return render_page(request, "sign_in", {"form": SignInForm()}, stashed=stashed)
    if request.user.is_authenticated and request.user.is_staff:
        return go_home(request, request.user)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return render_page(request, "sign_in", {"form": form}, 422)
    with refusals_in(form) as refused:
        origin = asking.origin(request)
        user = staff.sign_in(**form.cleaned_data, origin=origin)
        shared_devices.tell_if_shared(user, device=origin.device)
        asking.sign_in(request, user, as_staff=True)
        mark = staff.account_mark(user.username or "")
        return asking.keep_device(request, go_home(request, user), mark)
    return render_page(request, "sign_in", {"form": form}, refused.status)


@colleague_form(Level.P2, kin_first=False)
def confirm(request: SignedIn, stashed: str = "") -> HttpResponse:
    """再次确认: the second factor again, before what cannot be undone."""
    if stashed or request.method == "GET":
        return render_page(request, "confirm", {"form": ConfirmForm()}, stashed=stashed)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        with refusals_in(form, "second"):
            staff.prove(request.user, form.cleaned_data["second"], origin=asking.origin(request))
            asking.proved(request)
            return go_home(request, request.user)
    return render_page(request, "confirm", {"form": form}, 422)


@anyone_act(Level.P2)
def sign_out(request: HttpRequest) -> HttpResponse:
    asking.sign_out(request)
    return HttpResponseRedirect(reverse("desk:sign-in"))


@anyone_form(Level.P2)
def enrol(request: HttpRequest) -> HttpResponse:
    """启用账号: first the code that was handed over, then password and second factor."""
    if request.method == "GET":
        return render_page(request, "enrol", {"form": EnrolmentForm()})
    if "password" in request.POST:
        return _finish_enrolment(request)
    form = EnrolmentForm(request.POST)
    if not form.is_valid():
        return render_page(request, "enrol", {"form": form}, 422)
    typed = form.cleaned_data
    with refusals_in(form) as refused:
        staff.check_enrolment(typed["username"], typed["enrolment"], origin=asking.origin(request))
        return _ask_password(request, NewPasswordForm(initial=typed), 200)
    return render_page(request, "enrol", {"form": form}, refused.status)


def _finish_enrolment(request: HttpRequest) -> HttpResponse:
    form = NewPasswordForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        bad_password = refusals_in(form, "password", only=Invalid)
        with bad_password, refusals_in(form, "second", only=staff.WrongProof):
            recovery_codes = staff.enrol(
                typed["username"],
                typed["enrolment"],
                typed["password"],
                typed["second"],
                seed=typed["seed"],
                origin=asking.origin(request),
            )
            return render_page(request, "recovery_codes", {"codes": recovery_codes, "is_new": True})
    return _ask_password(request, form, 422)


def _ask_password(request: HttpRequest, form: Form, status: int) -> HttpResponse:
    username, code = form["username"].value() or "", form["enrolment"].value() or ""
    secret = totp.secret_from(staff.tidy(code), form["seed"].value() or "")
    context = {
        "form": form,
        "picture": totp.enrolment_picture(secret, username),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render_page(request, "new_password", context, status)


@colleague_page(Level.P2)
def account(request: SignedIn) -> HttpResponse:
    """本人账号: where one is signed in, and how many recovery codes are left."""
    context = {
        "sign_ins": accounts.sign_ins(request.user, request.session.session_key),
        "recovery_codes": accounts.recovery_codes_left(request.user),
    }
    return render_page(request, "account", context)


@colleague_act(Level.P2)
def end_sign_in(request: SignedIn, key: str) -> HttpResponse:
    devices.end(key, by=request.user)
    messages.success(request, _("已结束那台设备的登录"))
    return redirect("desk:account")


@colleague_act(Level.P2)
def end_other_sign_ins(request: SignedIn) -> HttpResponse:
    ended = devices.end_others(by=request.user, keep=request.session.session_key or "")
    messages.success(request, _("已结束其他 %(n)d 台设备的登录") % {"n": ended})
    return redirect("desk:account")


@colleague_form(Level.P2)
def change_password(request: SignedIn) -> HttpResponse:
    form = ChangePasswordForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render_page(request, "password", {"form": form}, 422 if form.is_bound else 200)
    typed = form.cleaned_data
    with refusals_in(form) as refused, refusals_in(form, "second", only=staff.WrongProof):
        staff.change_password(
            request.user,
            typed["old_password"],
            typed["password"],
            typed["second"],
            keep=request.session.session_key or "",
            origin=asking.origin(request),
        )
        asking.keep_signed_in(request)
        messages.success(request, _("密码已更换，其他设备已退出登录"))
        return redirect("desk:account")
    return render_page(request, "password", {"form": form}, refused.status)


@colleague_act(Level.P2, fresh=True)
def renew_recovery_codes(request: SignedIn) -> HttpResponse:
    return render_page(
        request, "recovery_codes", {"codes": staff.renew_recovery_codes(by=request.user)}
    )


def go_home(request: HttpRequest, user: User) -> HttpResponse:
    return go_on(request, user, resume_page="desk/accounts/resume.html", home="desk:home")


def render_page(
    request: HttpRequest, page: str, context: dict, status: int = 200, stashed: str = ""
) -> HttpResponse:
    return sign_in_page(request, f"desk/accounts/{page}.html", context, status, stashed)
