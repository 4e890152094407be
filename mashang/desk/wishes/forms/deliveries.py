"""Forms of goods that arrive and go on: the check, the hand-over, answers."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mashang.web.forms import Form
from mashang.wishes.models import DeliveryMode

AT_THE_COUNTER = (DeliveryMode.IN_PERSON, DeliveryMode.COURIER, DeliveryMode.THROUGH_UNION)


class CheckForm(Form):
    """What was looked at. All three, or the reason why not.

    No field is called `matches`: it would hide the form element's own method from scripts.
    """

    as_wished = forms.BooleanField(label=_("与心愿相符"), required=False)
    is_new = forms.BooleanField(label=_("全新"), required=False)
    is_fresh = forms.BooleanField(label=_("没有过期"), required=False)
    why = forms.CharField(
        label=_("不合格的原因"),
        max_length=100,
        required=False,
        help_text=_("不合格时填写，认领人会看到"),
    )


class TakeInForm(Form):
    mode = forms.ChoiceField(
        label=_("怎么送来的"), choices=[(mode.value, mode.label) for mode in AT_THE_COUNTER]
    )
    goods = forms.CharField(label=_("收到了什么"), max_length=60)


class HandOverForm(Form):
    handed_on = forms.DateField(
        label=_("转交日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = forms.CharField(
        label=_("转交说明"), max_length=100, required=False, help_text=_("例如“送到家里，本人签收”")
    )


class AnswerForm(Form):
    words = forms.CharField(
        label=_("答复"),
        max_length=200,
        help_text=_("写明核实的情况和怎么处理，反映人会看到"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_accepted = forms.BooleanField(
        label=_("情况属实：还在等家里确认的，退回“待转交”重新办理"), required=False
    )
