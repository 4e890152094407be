"""Forms of the file: shape only; the rules are in `cases.actions` and `aid.actions`."""

import secrets
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.aid.models import Fund, Project
from mashang.cases.form import lists
from mashang.cases.models import Case, Hardship, Merge
from mashang.cases.models.merges import STANDS_AS
from mashang.cases.queries.case_list import SHOWS
from mashang.core.privacy.identity import parse_id_number, parse_phone
from mashang.desk.cases.forms.reviews import YuanField
from mashang.desk.unions.forms.tree import day_field
from mashang.unions.models import Union
from mashang.web.forms import Form, NameField, NumberField, read_as

# 人员变动、脱困、不符合条件 (A7 of the rules on keeping files)
CLOSE_REASONS = (
    N_("已解困脱困"),
    N_("退休或调离"),
    N_("建档人去世"),
    N_("精准识别不符合条件"),
    N_("本人申请退出"),
    N_("逾期没有复核"),
)


def _words(label: Any, most: int = 100, rows: int = 2, **also: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, widget=widget, **also)


def _choices(rows: lists.Choices, first: Any = "") -> list[tuple[str, Any]]:
    return [("", first), *rows.items()]


class CaseListForm(Form):
    """What the list of files may be narrowed to."""

    state = forms.ChoiceField(
        label=_("状态"), choices=[("active", _("在档")), ("closed", _("已销档"))], required=False
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("全部")), *Hardship.choices], required=False
    )
    level = forms.ChoiceField(
        label=_("级别"), choices=[("", _("全部")), *Case.Level.choices], required=False
    )
    show = forms.ChoiceField(
        label=_("要办的"), choices=[("", _("全部")), *SHOWS.items()], required=False
    )


class ChangeForm(Form):
    """变更: only what is filled in changes."""

    address = forms.CharField(label=_("新住址"), max_length=80, required=False)
    phone = NumberField(label=_("新手机号"), max_length=20, required=False)
    other_contact = forms.CharField(label=_("其他联系方式"), max_length=40, required=False)
    employer = forms.CharField(label=_("新单位"), max_length=60, required=False)
    work_state = forms.ChoiceField(
        label=_("就业状况"), choices=_choices(lists.WORK_STATE, _("不变")), required=False
    )
    housing = forms.ChoiceField(
        label=_("住房"), choices=_choices(lists.HOUSING, _("不变")), required=False
    )
    why = forms.CharField(label=_("变更原因"), max_length=100)

    def clean_phone(self) -> str:
        return _read(parse_phone, self.cleaned_data["phone"])

    def changes(self) -> dict[str, str]:
        return {n: v for n, v in self.cleaned_data.items() if v and n != "why"}

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.changes():
            raise forms.ValidationError(_("请至少填写一项变更，再提交"))
        return self.cleaned_data


class MemberForm(Form):
    name = NameField(label=_("姓名"), max_length=40)
    relation = forms.ChoiceField(
        label=_("与建档人的关系"), choices=_choices(lists.RELATION, _("请选择"))
    )
    id_number = NumberField(label=_("身份证号"), max_length=24)
    identity = forms.ChoiceField(label=_("身份"), choices=_choices(lists.IDENTITY, _("请选择")))
    why = forms.CharField(label=_("新增原因"), max_length=100, help_text=_("例如“母亲搬来同住”"))

    def clean_id_number(self) -> str:
        return _read(lambda text: parse_id_number(text).number, self.cleaned_data["id_number"])

    def person(self) -> dict[str, str]:
        """As the file keeps a member: what the number tells is filled in."""
        person = {name: self.cleaned_data[name] for name in ("name", "relation", "identity")}
        number = parse_id_number(self.cleaned_data["id_number"])
        born_on = number.born_on.isoformat()
        return {**person, "id_number": number.number, "born_on": born_on, "sex": number.sex}


class WhyForm(Form):
    why = forms.CharField(label=_("原因"), max_length=60)


class AnswerForm(Form):
    answer = _words(_("不采纳的原因（职工会看到）"))


class PlanForm(Form):
    """解困脱困计划."""

    measures = forms.MultipleChoiceField(
        label=_("措施"), choices=list(lists.MEASURES.items()), widget=forms.CheckboxSelectMultiple
    )
    text = _words(_("具体安排"), most=300, rows=3)
    target_on = day_field(_("目标日期"))
    progress = _words(_("进展"), most=200, required=False)


class CloseForm(Form):
    reason = forms.ChoiceField(
        label=_("销档原因"), choices=[("", _("请选择")), *((r, r) for r in CLOSE_REASONS)]
    )


class PairForm(Form):
    phone = NumberField(
        label=_("帮扶责任人的手机号"),
        max_length=20,
        help_text=_("本人用这个手机号登录，就能看到结对家庭"),
    )
    name = NameField(label=_("姓名"), max_length=40)

    def clean_phone(self) -> str:
        return _read(parse_phone, self.cleaned_data["phone"])


class AidForm(Form):
    """登记帮扶: money, goods, or both; `key` makes one entry of a form that is sent twice."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=secrets.token_urlsafe)
    project = forms.ChoiceField(label=_("项目"), choices=[("", _("请选择")), *Project.choices])
    fund = forms.ChoiceField(label=_("资金来源"), choices=[("", _("请选择")), *Fund.choices])
    amount_fen = YuanField(label=_("金额（元）"), required=False, help_text=_("没有发钱的填 0"))
    goods = forms.CharField(label=_("物品或服务"), max_length=60, required=False)
    given_on = day_field(_("发放日期"), initial=timezone.localdate)


class TransferForm(Form):
    to = forms.CharField(label=_("接收工会"), max_length=80, help_text=_("写工会的全称或者编号"))
    why = _words(_("转移原因"))

    def clean_to(self) -> Union:
        text = self.cleaned_data["to"].strip()
        standing = Union.objects.filter(closed_on=None)
        unions = list(standing.filter(code=text)[:1]) or list(standing.filter(name=text)[:2])
        if len(unions) != 1:
            words = (
                _("没有找到这个工会，请核对全称") if not unions else _("有几个同名工会，请填编号")
            )
            raise forms.ValidationError(words)
        return unions[0]


class MergeForm(Form):
    """Which two files are laid side by side."""

    other = forms.CharField(label=_("另一份的档案号或申请编号"), max_length=24)
    stands_as = forms.ChoiceField(
        label=_("另一份的建档人是这份建档人的"),
        choices=[*STANDS_AS.items()],
        initial=Merge.SAME,
    )


class AskMergeForm(Form):
    why = _words(
        _("看过什么证明"), help_text=_("例如：户口簿上是夫妻；同一个人换了手机号，又申请了一次")
    )


def _read(reader: Any, text: str) -> str:
    """A number in its tidy form, if there is one."""
    return str(read_as(reader, text)) if text else ""
