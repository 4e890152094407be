"""Form of the yearly notice: shape only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mashang.web.forms import Form


def _next_year() -> int:
    return timezone.localdate().year + 1


class HolidayNoticeForm(Form):
    year = forms.IntegerField(label=_("年份"), min_value=2026, max_value=2100, initial=_next_year)
    text = forms.CharField(
        label=_("通知原文"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "从“一、元旦：”到“七、国庆节：”，每条一行，照通知贴进来；放假和调休上班的日子由系统读出，请第二人逐日核对"
        ),
    )
    source = forms.CharField(
        label=_("依据"), max_length=120, help_text=_("例如“国办发明电〔2025〕7 号”")
    )
