"""Forms of signing in at the desk."""

import secrets
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.web.forms import Form, NumberField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def _password(label: "Words", autocomplete: str, help_text: "Words" = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=128,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _second(help_text: "Words" = "") -> forms.CharField:
    return forms.CharField(
        label=_("动态口令"),
        max_length=24,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )


def _username() -> forms.CharField:
    return forms.CharField(
        label=_("登录名"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "off"}),
    )


class SignInForm(Form):
    username = _username()
    password = _password(_("密码"), "current-password")
    second = _second(_("认证器上的 6 位数字；手机不在身边时可填一个备用码"))


class ConfirmForm(Form):
    second = _second(_("认证器上的 6 位数字，或一个备用码"))


class EnrolmentForm(Form):
    username = _username()
    enrolment = forms.CharField(
        label=_("启用码"), max_length=24, help_text=_("发到您本人手机上的 16 位字母数字")
    )


class NewPasswordForm(Form):
    username = forms.CharField(widget=forms.HiddenInput, max_length=40)
    enrolment = forms.CharField(widget=forms.HiddenInput, max_length=24)
    seed = forms.CharField(
        widget=forms.HiddenInput, min_length=16, max_length=64, initial=secrets.token_urlsafe
    )
    password = _password(
        _("设置密码"), "new-password", _("至少 10 位，不要全是数字，不要用姓名生日")
    )
    password2 = _password(_("再输一次密码"), "new-password")
    second = _second(_("扫码后，认证器显示的 6 位数字"))

    def clean(self) -> None:
        check_alike(self)


class ChangePasswordForm(Form):
    old_password = _password(_("原密码"), "current-password")
    password = _password(_("新密码"), "new-password", _("至少 10 位，不要全是数字，不要用姓名生日"))
    password2 = _password(_("再输一次新密码"), "new-password")
    second = _second()

    def clean(self) -> None:
        check_alike(self)


def check_alike(form: forms.Form) -> None:
    typed = form.cleaned_data
    if "password" in typed and typed["password"] != typed.get("password2"):
        form.add_error("password2", _("两次输入的密码不一样，请重新输入"))


class RelativeForm(Form):
    relation = forms.ChoiceField(
        label=_("与我的关系"),
        choices=[
            (word, word)
            for word in (
                N_("本人"),
                N_("配偶"),
                N_("父母"),
                N_("子女"),
                N_("兄弟姐妹"),
                N_("祖父母"),
                N_("孙子女"),
                N_("配偶的父母"),
                N_("其他近亲属"),
            )
        ],
    )
    id_number = NumberField(
        label=_("身份证号"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReplacePhoneForm(Form):
    id_number = NumberField(
        label=_("本人身份证号"),
        max_length=24,
        help_text=_("照本人出示的身份证原件输入，只用来核对，不保存"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    new_phone = NumberField(
        label=_("新手机号码"), max_length=20, widget=forms.TextInput(attrs={"type": "tel"})
    )
    why = forms.CharField(
        label=_("原号码怎么了"), max_length=100, help_text=_("例如“手机丢了，卡已补不回来”")
    )
    has_seen = forms.BooleanField(label=_("我已当面核对身份证原件，确认是本人"))
