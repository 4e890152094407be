"""Forms of the claims at the desk: which of them, and why one is revoked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.web.forms import Form
from mashang.wishes.queries.claims import SHOWS


class ShownForm(Form):
    show = forms.ChoiceField(choices=list(SHOWS.items()), required=False)


class RevokeForm(Form):
    why = forms.CharField(
        label=_("撤销原因"),
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("认领人会看到原话，请写得明白、客气"),
    )
