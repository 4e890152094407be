"""我的：本人设置: one's own phone, devices, letters and consents."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.accounts import queries as accounts
from mashang.accounts.actions import consents, devices, phones, profile
from mashang.accounts.models import Consent
from mashang.cases.form import consents as wording
from mashang.cases.form.retention import TERMS
from mashang.cases.models import Holder
from mashang.core.errors import Missing, TooMany
from mashang.core.privacy.masks import mask_phone
from mashang.mobile.accounts.forms import ChangeCodesForm, NewPhoneForm
from mashang.mobile.accounts.sign_in import set_letters
from mashang.mobile.navigation import Visitor, blocks_of
from mashang.web import request as asking
from mashang.web.forms import refusals_in
from mashang.web.policies import Level, anyone_act, own_act, own_form, own_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import consents as consent_actions


@own_page(Level.P3)
def me(request: SignedIn) -> HttpResponse:
    context = {
        "phone": mask_phone(phones.phone_of(request.user)),
        "tab": "me",
        "blocks": blocks_of(Visitor(request)),
    }
    return render(request, "mobile/settings/me.html", context)


@own_page(Level.P2)
def sign_ins(request: SignedIn) -> HttpResponse:
    """登录设备: where this account is signed in now, and which apps may act for it."""
    rows = accounts.sign_ins(request.user, request.session.session_key)
    tokens = accounts.tokens_of(request.user)
    return _page(request, "sign_ins", {"rows": rows, "tokens": tokens})


@own_act(Level.P2)
def end_sign_in(request: SignedIn, key: str) -> HttpResponse:
    devices.end(key, by=request.user)
    messages.success(request, _("已结束那台设备的登录"))
    return redirect("mobile:sign-ins")


@own_act(Level.P2)
def end_other_sign_ins(request: SignedIn) -> HttpResponse:
    ended = devices.end_others(by=request.user, keep=request.session.session_key or "")
    messages.success(
        request, _("已结束其他 %(n)d 台设备的登录；发过应用令牌的，也已停用") % {"n": ended}
    )
    return redirect("mobile:sign-ins")


@anyone_act(Level.P1)
def elder(request: HttpRequest) -> HttpResponse:
    """长辈版: kept on this device, and with the account of who is signed in."""
    on = request.POST.get("elder") == "1"
    if request.user.is_authenticated:
        profile.set_elder(request.user, on)
    answer = HttpResponseRedirect(asking.next_page(request) or reverse("mobile:home"))
    set_letters(answer, on)
    return answer


class NoMessages(TooMany):
    code = "no_messages"
    message = N_("今天的验证码快发完了，新号码暂时收不到；请明天这个时候再试，或到工会窗口办")


@own_form(Level.P3)
def change_phone(request: SignedIn) -> HttpResponse:
    """更换手机号: first the new number, then the codes that came to both phones."""
    if "new_phone" not in request.POST:
        return _ask_new_phone(request, NewPhoneForm())
    if "old_code" in request.POST:
        return _finish_change(request)
    form = NewPhoneForm(request.POST)
    if not form.is_valid():
        return _ask_new_phone(request, form, 422)
    with refusals_in(form, "new_phone") as refused:
        typed = form.cleaned_data["new_phone"]
        if not phones.ask_change(request.user, typed, origin=asking.origin(request)):
            raise NoMessages
        codes = ChangeCodesForm(initial={"new_phone": typed})
        return asking.keep_device(request, _ask_codes(request, codes))
    return _ask_new_phone(request, form, refused.status)


def _finish_change(request: SignedIn) -> HttpResponse:
    form = ChangeCodesForm(request.POST)
    if not form.is_valid():
        return _ask_codes(request, form, 422)
    with refusals_in(form) as refused:
        phones.change(request.user, **form.cleaned_data, origin=asking.origin(request))
        devices.end_all(request.user, keep=request.session.session_key or "")
        messages.success(request, _("手机号已更换，下次请用新号码登录"))
        return redirect("mobile:me")
    return _ask_codes(request, form, refused.status)


def _ask_new_phone(request: SignedIn, form: NewPhoneForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "old": mask_phone(phones.phone_of(request.user))}
    return _page(request, "change_phone", context, status)


def _ask_codes(request: SignedIn, form: ChangeCodesForm, status: int = 200) -> HttpResponse:
    new_phone = str(form["new_phone"].value() or "")
    context = {
        "form": form,
        "old": mask_phone(phones.phone_of(request.user)),
        "new": mask_phone(new_phone),
        "new_phone": new_phone,
    }
    return _page(request, "change_codes", context, status)


@own_page(Level.P3)
def my_consents(request: SignedIn) -> HttpResponse:
    """我的授权: what I agreed to, when and to which wording; each may be withdrawn."""
    holder = Holder.objects.own(request.user).first()
    given = accounts.consents_of(holder.pk) if holder else {}
    said = accounts.purposes_said(holder.pk) if holder else set()
    rows = [
        {
            "asked": asked,
            "consent": given.get(asked.purpose),
            "effect": wording.effect_of(asked.purpose) if asked.purpose in said else "",
            "is_given_here": asked.purpose != Consent.Purpose.ADDRESS,
        }
        for asked in wording.ALL
        if asked.purpose in said or asked.purpose in wording.LATER
    ]
    return _page(request, "consents", {"rows": rows if holder else [], "terms": TERMS})


@own_form(Level.P3)
def withdraw_consent(request: SignedIn, purpose: str) -> HttpResponse:
    """撤回授权: asks once and names the effect."""
    holder, asked = _own_holder(request), _asked(purpose)
    if request.method == "GET":
        context = {"asked": asked, "effect": wording.effect_of(purpose)}
        return _page(request, "withdraw", context, back="mobile:consents")
    workflows.withdraw_consent(holder, purpose, by=request.user)
    messages.success(request, _("已撤回：%(title)s") % {"title": _(asked.title)})
    return redirect("mobile:consents")


@own_act(Level.P3)
def give_consent(request: SignedIn, purpose: str) -> HttpResponse:
    """同意. The address is given with one wish, when it is posted, and not here."""
    holder, asked = _own_holder(request), _asked(purpose)
    if purpose == Consent.Purpose.ADDRESS:
        raise Missing
    if purpose == Consent.Purpose.WISH:
        consent_actions.agree(holder, by=request.user)
    else:
        version, union = wording.VERSION, holder.union
        consents.give(holder.pk, purpose, version=version, by=request.user, union=union)
    messages.success(request, _("已同意：%(title)s") % {"title": _(asked.title)})
    return redirect("mobile:consents")


def _own_holder(request: SignedIn) -> Holder:
    holder = Holder.objects.own(request.user).select_related("union").first()
    if holder is None:
        raise Missing
    return holder


def _asked(purpose: str) -> wording.Asked:
    asked = next((each for each in wording.ALL if each.purpose == purpose), None)
    if asked is None:
        raise Missing
    return asked


def _page(
    request: SignedIn, page: str, context: dict, status: int = 200, back: str = "mobile:me"
) -> HttpResponse:
    whole = {**context, "back": reverse(back), "tab": "me"}
    return render(request, f"mobile/settings/{page}.html", whole, status=status)
