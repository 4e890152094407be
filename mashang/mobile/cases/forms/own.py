"""Forms of the worker on file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.web.forms import Form

CHANGES = ("address", "other_contact", "employer", "members_note")


class ChangeForm(Form):
    """What has changed; only what is filled in is reported."""

    address = forms.CharField(label=_("新住址"), max_length=80, required=False)
    employer = forms.CharField(label=_("新单位"), max_length=60, required=False)
    other_contact = forms.CharField(label=_("新的其他联系方式"), max_length=40, required=False)
    members_note = forms.CharField(
        label=_("家里人有什么变化"),
        help_text=_("例如“儿子 9 月上大学”“母亲搬来同住”，工会会联系您补充资料"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    why = forms.CharField(label=_("还要说明的"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        if not self.changes():
            raise forms.ValidationError(_("请至少填写一项变动，再提交"))
        return self.cleaned_data

    def changes(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in CHANGES if self.cleaned_data.get(key)}
