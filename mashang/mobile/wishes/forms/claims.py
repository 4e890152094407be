"""Forms of a giver: in whose name to claim."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.givers.models import Organisation
from mashang.web.forms import Form

MYSELF = "me"


class ClaimForm(Form):
    """The choice is asked only of those who act for an organisation."""

    giver = forms.ChoiceField(label=_("以谁的名义认领"), widget=forms.RadioSelect, required=False)

    def __init__(self, data: Any, organisations: Sequence[Organisation]) -> None:
        super().__init__(data, initial={"giver": MYSELF})
        self.organisations = {str(one.pk): one for one in organisations}
        names = [(key, one.name) for key, one in self.organisations.items()]
        self.fields["giver"].choices = [(MYSELF, _("我个人")), *names]  # type: ignore[attr-defined]

    @property
    def organisation(self) -> Organisation | None:
        return self.organisations.get(self.cleaned_data["giver"])
