"""The form beside a public notice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.cases.actions.publicity import LONGEST
from mashang.web.forms import Form


class ObjectionForm(Form):
    body = forms.CharField(
        label=_("您了解的情况"),
        help_text=_("写明什么事、什么时候；工会不会告诉别人是谁说的"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
