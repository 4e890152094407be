"""Forms of the dated rules, the region table and the living standards: shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.cases.rules import COST_KINDS, FACTS
from mashang.core.money import parse_yuan
from mashang.desk.unions.forms.tree import day_field
from mashang.web.forms import Form, read_as


class RuleForm(Form):
    """What every card says; the kinds below add what they reckon with."""

    label = forms.CharField(label=_("名称"), max_length=40)
    text = forms.CharField(
        label=_("说明"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("测算结果里会照原文显示，请写得职工看得懂"),
    )
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名称、文号、第几条"))
    valid_from = day_field(_("生效日期"))

    def card(self, kind: str, code: str) -> dict[str, Any]:
        """The card as `cases.rules` reads it."""
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return {**values, "kind": kind, "code": code, "valid_from": str(values["valid_from"])}


class SafeguardForm(Form):
    """A number; its bounds are asked where it is set."""

    value = forms.IntegerField(label=_("数值"), min_value=0)
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名称、文号、第几条"))
    valid_from = day_field(_("生效日期"))


class CategoryForm(RuleForm):
    times = forms.CharField(
        label=_("低保标准的倍数"),
        max_length=10,
        help_text=_("人均月净收入低于低保标准的几倍，例如 1.5"),
    )
    cost_percent = forms.IntegerField(
        label=_("相关花费占全年收入的百分比"), required=False, min_value=1, max_value=1000
    )
    accident_only = forms.BooleanField(label=_("只用于意外致困"), required=False)


class DeductionForm(RuleForm):
    cost = forms.ChoiceField(label=_("支出种类"), choices=list(COST_KINDS.items()))


class ExclusionForm(RuleForm):
    fact = forms.ChoiceField(label=_("情形"), choices=list(FACTS.items()))
    at_least = forms.IntegerField(label=_("从几起算"), min_value=1, initial=1)
    effect = forms.ChoiceField(
        label=_("怎么处理"), choices=[("exclude", _("不予建档")), ("ask", _("由工会核实后认定"))]
    )


RULE_FORMS: dict[str, type[RuleForm]] = {
    "category": CategoryForm,
    "deduction": DeductionForm,
    "exclusion": ExclusionForm,
}


class LastDayForm(Form):
    last_day = day_field(_("最后一天"))


class RegionForm(Form):
    code = forms.CharField(label=_("区划代码"), max_length=12)
    name = forms.CharField(label=_("名称"), max_length=60)
    valid_from = day_field(_("启用日期"))
    source = forms.CharField(
        label=_("依据"), max_length=120, help_text=_("国务院或省政府批复的文号")
    )


class EndRegionForm(Form):
    last_day = day_field(_("最后一天"))
    successor_code = forms.CharField(label=_("并入的区划代码"), max_length=12, required=False)
    source = forms.CharField(label=_("依据"), max_length=120)


class StandardForm(Form):
    monthly = forms.CharField(
        label=_("每人每月（元）"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    valid_from = day_field(_("执行日期"))
    source = forms.CharField(label=_("公布单位"), max_length=120)
    document = forms.CharField(label=_("文号"), max_length=80, required=False)

    def clean_monthly(self) -> int:
        """In fen."""
        return read_as(parse_yuan, self.cleaned_data["monthly"])
