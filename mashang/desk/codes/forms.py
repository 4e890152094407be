"""Forms of the queue of cards."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mashang.codes.actions import RECEIPTS
from mashang.codes.models import Card
from mashang.web.forms import Form

MOST_AT_ONCE = 500


class QueueForm(Form):
    state = forms.ChoiceField(choices=Card.State, required=False)


class HandOverForm(Form):
    receipt = forms.ChoiceField(
        label=_("签收方式"), choices=[("", _("请选择")), *((r, r) for r in RECEIPTS)]
    )


class PrintForm(Form):
    cards = forms.ModelMultipleChoiceField(queryset=Card.objects.none())
    layout = forms.ChoiceField(choices=[("sheet", _("A4 十张")), ("single", _("单张卡"))])

    def clean_cards(self) -> Any:
        chosen = self.cleaned_data["cards"]
        if len(chosen) > MOST_AT_ONCE:
            raise forms.ValidationError(_("一次最多 500 张"))
        return chosen


def printing_form(data: Any, cards: QuerySet[Card]) -> PrintForm:
    """Only cards within the scope may be chosen."""
    form = PrintForm(data)
    form.fields["cards"].queryset = cards  # type: ignore[attr-defined]
    return form
