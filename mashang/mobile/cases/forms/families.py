"""Forms of the paired helper."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mashang.web.forms import Form


class NoteForm(Form):
    talked_on = forms.DateField(
        label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    body = forms.CharField(
        label=_("了解到什么"),
        help_text=_("家里有什么变化、还需要什么。不要写身份证号、银行卡号"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_talked_on(self) -> object:
        day = self.cleaned_data["talked_on"]
        if day > timezone.localdate():
            raise ValidationError(_("日期不能晚于今天"))
        return day
