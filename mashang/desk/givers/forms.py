"""Forms about givers: a reason that the organisation reads, and how a pledge is matched."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mashang.desk.unions.forms.tree import day_field
from mashang.givers.models import Organisation
from mashang.web.forms import Form
from mashang.wishes.actions.delivery_plans import WAYS, Arrangement
from mashang.wishes.models import Pledge, Wish


class OrganisationsForm(Form):
    state = forms.ChoiceField(choices=Organisation.State, required=False)


class PledgesForm(Form):
    state = forms.ChoiceField(choices=Pledge.State, required=False)


class WhyForm(Form):
    why = forms.CharField(
        label=_("原因"),
        max_length=100,
        help_text=_("对方看得到"),
        widget=forms.Textarea({"rows": 2}),
    )


class MatchForm(Form):
    """对接: the ticked wishes; the first time also how and when."""

    wishes = forms.ModelMultipleChoiceField(
        Wish.objects.none(),
        label=_("心愿"),
        error_messages={"required": _("请至少选一个心愿，再对接")},
    )
    delivery_mode = forms.ChoiceField(label=_("怎样送到工会"), choices=WAYS)
    deliver_on = day_field(_("计划哪天送到"))

    def __init__(self, data: Any, wishes: "QuerySet[Wish]", has_delivery_plan: bool) -> None:
        super().__init__(data)
        self.fields["wishes"].queryset = wishes  # type: ignore[attr-defined]
        if has_delivery_plan:
            del self.fields["delivery_mode"], self.fields["deliver_on"]

    def arrangement(self) -> Arrangement | None:
        if "deliver_on" not in self.fields:
            return None
        return Arrangement(self.cleaned_data["delivery_mode"], self.cleaned_data["deliver_on"])
