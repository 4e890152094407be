"""How many working days, and how many people, each step of a flow takes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.reviews.models import Flow
from mashang.web.forms import Form


class FlowForm(Form):
    """Two numbers for each step, and from when and on what ground they hold."""

    def __init__(self, flow: Flow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = list(flow.steps.all())
        for step in self.steps:
            self._ask(
                f"workdays_{step.order}",
                _("%(step)s：几个工作日内办结") % {"step": _(step.name)},
                step.workdays,
                1,
            )
            if step.people > 1:
                self._ask(
                    f"people_{step.order}",
                    _("%(step)s：至少几人") % {"step": _(step.name)},
                    step.people,
                    2,
                )
        self.fields["valid_from"] = forms.DateField(
            label=N_("生效日期"),
            initial=timezone.localdate() + timedelta(days=1),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        self.fields["source"] = forms.CharField(
            label=N_("依据"), max_length=200, help_text=N_("文件名称和文号")
        )

    def _ask(self, name: str, label: str, now: int, least: int) -> None:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        self.fields[name] = forms.IntegerField(
            label=label, initial=now, min_value=least, max_value=90, widget=widget
        )

    def as_change(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        times = {
            step.order: {
                "workdays": cleaned[f"workdays_{step.order}"],
                "people": cleaned.get(f"people_{step.order}", step.people),
            }
            for step in self.steps
        }
        return {"times": times, "valid_from": cleaned["valid_from"], "source": cleaned["source"]}
