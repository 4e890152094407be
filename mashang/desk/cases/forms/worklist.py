"""What the work list may be narrowed to."""

from django import forms
from django.utils.translation import gettext_noop as N_

from mashang.reviews.models import Flow, FlowStep
from mashang.web.forms import Form


class NarrowForm(Form):
    """Every field stands in the address, so that a narrowed list can be kept as a bookmark."""

    whose = forms.ChoiceField(choices=[("mine", ""), ("branch", "")], required=False)
    due = forms.ChoiceField(choices=[("soon", ""), ("overdue", "")], required=False)
    work = forms.ChoiceField(label=N_("环节"), choices=FlowStep.Work, required=False)
    kind = forms.ChoiceField(label=N_("类型"), choices=Flow.Kind, required=False)
