"""What a colleague writes down when a step is passed, sent back or refused, and the work before it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.cases.models import Application, Case, Hardship, IncomeCheck
from mashang.cases.reasons import Reason
from mashang.core.money import parse_yuan
from mashang.reviews.models import FlowStep, Step
from mashang.web.forms import Form, read_as

Work = FlowStep.Work


def _words(label: str, rows: int = 3, most: int = 500, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=most, **more)


def _day(label: str, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, initial=timezone.localdate, **more)


def _number(label: str, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=999, widget=widget, **more)


class YuanField(forms.CharField):
    """An amount as people write it; cleaned to whole fen."""

    def clean(self, value: Any) -> Any:
        return read_as(parse_yuan, super().clean(value))


class ApproveForm(Form):
    """通过: at the deciding step with what is granted."""

    prefix = "approve"
    opinion = _words(N_("审核意见"), required=False)

    def __init__(self, step: Step, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.work != Work.DECISION:
            return
        if application.kind == Application.Kind.FILE:
            self.fields["category"] = forms.ChoiceField(
                label=N_("困难类别"), choices=[("", N_("请选择")), *Hardship.choices]
            )
            self.fields["level"] = forms.ChoiceField(
                label=N_("建档级别"), choices=Case.Level.choices, initial=Case.Level.COUNTY
            )
        else:
            self.fields["granted_fen"] = YuanField(
                label=N_("同意救助金额"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
            )
        self.order_fields(["category", "level", "granted_fen", "opinion"])


class SendBackForm(Form):
    prefix = "send_back"
    missing = _words(N_("要补充或更正的内容"), help_text=N_("一行写一项，申请人会照着补"))
    opinion = _words(N_("说明"), rows=2, required=False)

    def clean_missing(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["missing"].splitlines() if line.strip()]


class RefuseForm(Form):
    prefix = "refuse"
    reason_code = forms.ChoiceField(
        label=N_("原因"),
        choices=[("", N_("请选择")), *Reason.choices],
        help_text=N_("申请人会看到这个原因"),
    )
    opinion = _words(N_("意见"), required=False)


class HomeCheckForm(Form):
    """入户调查: what was seen, by the heads of the printed form 《困难职工家庭入户调查表》."""

    visited_on = _day(N_("入户日期"))
    people = _words(N_("家庭成员与申报是否一致"), rows=2)
    income = _words(N_("收入来源和就业情况"), rows=2)
    housing = _words(N_("住房和财产情况"), rows=2)
    health = _words(N_("健康、就学和主要困难"), rows=2)
    needs = _words(N_("家庭的诉求"), rows=2, required=False)
    agrees = forms.ChoiceField(
        label=N_("结论"),
        choices=[("yes", N_("与申报一致")), ("no", N_("与申报不一致"))],
        widget=forms.RadioSelect,
    )

    def findings(self) -> dict[str, str]:
        heads = ("people", "income", "housing", "health", "needs")
        return {head: self.cleaned_data[head] for head in heads}


class EvaluationForm(Form):
    met_on = _day(N_("评议日期"))
    entitled = _number(N_("应到人数"))
    present = _number(N_("实到人数"), help_text=N_("不少于应到人数的三分之二才有效"))
    agreed = _number(N_("同意人数"), help_text=N_("不少于实到人数的三分之二才通过"))
    against = _number(N_("反对人数"))
    minutes = _words(
        N_("评议纪要"), rows=5, most=2000, help_text=N_("加密保存，只有办理这件申请的人能看")
    )


class PublishForm(Form):
    place = forms.CharField(
        label=N_("同时张贴的地点"), max_length=80, help_text=N_("例如“厂区公告栏”")
    )


class AnswerForm(Form):
    """答复异议."""

    upheld = forms.ChoiceField(
        label=N_("核实结论"),
        choices=[("no", N_("异议不成立")), ("yes", N_("异议成立"))],
        widget=forms.RadioSelect,
    )
    words = _words(N_("核实情况"))


class AskForm(Form):
    asked_on = _day(N_("发函日期"))


class IncomeAnswerForm(Form):
    """登记核对结果."""

    answered_on = _day(N_("回函日期"))
    result = forms.ChoiceField(
        label=N_("核对结果"),
        choices=[c for c in IncomeCheck.Result.choices if c[0] != IncomeCheck.Result.WAITING],
        widget=forms.RadioSelect,
    )
    details = _words(N_("核对情况"), required=False, help_text=N_("与申报不符的，写明哪些内容不符"))


class BreakGlassForm(Form):
    reason = _words(
        N_("原因"), rows=3, most=100, help_text=N_("会记入查阅记录，申请人和档案管理员都能看到")
    )
