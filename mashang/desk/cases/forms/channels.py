"""Form of the second colleague: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.web.forms import Form


class DecideForm(Form):
    """Who confirms says that they made sure in another way; who declines need not."""

    CONFIRM, DECLINE = "confirm", "decline"

    has_checked = forms.BooleanField(
        label=_("我已另行核实：当面见过本人，或打过家属、单位的电话"), required=False
    )
    decision = forms.ChoiceField(choices=[(CONFIRM, ""), (DECLINE, "")], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == self.CONFIRM and not cleaned.get("has_checked"):
            self.add_error("has_checked", _("请先另行核实，再勾选这一项；核实不了的，不要确认"))
        return cleaned
