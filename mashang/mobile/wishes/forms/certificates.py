"""The number of a certificate, as it is read off the paper."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mashang.core.numbers import is_number
from mashang.web.forms import Form
from mashang.wishes.actions.certificates import PREFIX


class NumberForm(Form):
    number = forms.CharField(
        label=_("证书编号"),
        max_length=24,
        help_text=_("印在证书左下角，以 ZS 开头"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_number(self) -> str:
        number = "".join(self.cleaned_data["number"].split()).upper()
        if not is_number(number, PREFIX):
            raise ValidationError(_("编号不对，请对照证书再输一遍"))
        return number
