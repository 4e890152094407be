"""Forms of signing in and of one's own account."""

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.accounts.models import ApiToken
from mashang.core.privacy.identity import normalise_phone
from mashang.web.forms import Form, NumberField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class SmsCodeField(forms.CharField):
    """Six digits, however the keyboard spells them; the phone offers what the message brought."""

    def __init__(self, label: "Words") -> None:
        super().__init__(
            label=label,
            max_length=20,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}
            ),
        )

    def clean(self, value: str) -> str:
        return re.sub(r"\D", "", unicodedata.normalize("NFKC", super().clean(value)))


class PhoneField(NumberField):
    """A phone in one spelling, so that its mask shows the phone and not what stood before it."""

    def to_python(self, value: Any) -> str:
        return normalise_phone(super().to_python(value))


def phone_field(label: "Words") -> PhoneField:
    return PhoneField(
        label=label,
        max_length=20,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "numeric", "autocomplete": "tel-national"}
        ),
    )


class PhoneForm(Form):
    phone = phone_field(_("手机号码"))


class CodeForm(Form):
    phone = forms.CharField(widget=forms.HiddenInput, max_length=20)
    sms_code = SmsCodeField(_("短信验证码"))


class ConfirmForm(Form):
    sms_code = SmsCodeField(_("短信验证码"))


class NewPhoneForm(Form):
    new_phone = phone_field(_("新手机号码"))


class TokenForm(Form):
    label = forms.CharField(
        label=_("应用名称"), max_length=40, help_text=_("以后凭它认出这个应用，如“职工之家小程序”")
    )
    scope = forms.ChoiceField(
        label=_("可以做什么"), choices=ApiToken.Scope.choices, widget=forms.RadioSelect
    )


class ChangeCodesForm(Form):
    new_phone = forms.CharField(widget=forms.HiddenInput, max_length=20)
    old_code = SmsCodeField(_("原号码收到的验证码"))
    new_code = SmsCodeField(_("新号码收到的验证码"))
