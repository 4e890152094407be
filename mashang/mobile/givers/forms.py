"""Forms of givers: how to be named, the organisation that one applies for, what it plans and pledges."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.givers.actions import Particulars
from mashang.givers.models import Giver, Organisation
from mashang.givers.queries import approving_unions
from mashang.mobile.cases.attachments import received
from mashang.unions.models import Union
from mashang.web.forms import Form, NameField, NumberField
from mashang.wishes.actions.delivery_plans import WAYS, Arrangement, Offer
from mashang.wishes.models import Category, ForWhom


class UnionField(forms.ModelChoiceField):
    """A union that approves organisations, by its code."""

    def __init__(self, label: Any, **also: Any) -> None:
        nobody = Union.objects.none()
        super().__init__(nobody, label=label, to_field_name="code", empty_label=_("请选择"), **also)


def _words(label: Any, most: int, **also: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=False, widget=forms.Textarea({"rows": 3}), **also
    )


class IntroduceForm(Form):
    """How one wishes to be named; the name is asked only where the account has none."""

    nickname = forms.CharField(
        label=_("昵称"), max_length=20, help_text=_("2–12 个汉字或字母，例如“山里的风”")
    )
    shown_as = forms.ChoiceField(
        label=_("公开时怎么显示"), choices=Giver.ShownAs.choices, widget=forms.RadioSelect
    )
    name = NameField(
        label=_("姓名"),
        max_length=40,
        required=False,
        help_text=_("选“真实姓名”时填写"),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    is_on_honour_list = forms.BooleanField(label=_("愿意上爱心榜"), required=False)

    def __init__(self, data: Any, giver: Giver | None, name: str) -> None:
        names = ("nickname", "shown_as", "is_on_honour_list")
        values = {one: getattr(giver, one) for one in names} if giver else {"shown_as": "nickname"}
        super().__init__(data, initial=values)
        if name:
            del self.fields["name"]


class OrganisationForm(Form):
    """申请爱心单位: what the licence says, and whom to call."""

    kind = forms.ChoiceField(
        label=_("单位类型"), choices=[("", _("请选择")), *Organisation.Kind.choices]
    )
    name = forms.CharField(label=_("单位名称"), max_length=80, help_text=_("和执照上的一样"))
    credit_code = NumberField(
        label=_("统一社会信用代码"), max_length=24, help_text=_("18 位，在执照上")
    )
    licence = forms.FileField(label=_("执照照片"))
    contact_name = NameField(label=_("联系人"), max_length=40)
    contact_phone = NumberField(
        label=_("联系电话"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
    )
    union = UnionField(_("请哪个工会核实"), help_text=_("选单位所在县（区）的总工会"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["union"].queryset = approving_unions()  # type: ignore[attr-defined]

    def particulars(self) -> Particulars:
        particulars = {
            name: value for name, value in self.cleaned_data.items() if name != "licence"
        }
        return Particulars(**particulars)

    def picture(self) -> bytes:
        return received(self.cleaned_data["licence"])


class InviteForm(Form):
    phone = NumberField(
        label=_("对方的手机号"),
        max_length=20,
        help_text=_("对方用这个手机号登录后，可以接受或谢绝"),
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )


class ChooseForm(Form):
    """What the list of wishes may be narrowed to; lives in the address."""

    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("全部")), *Category.choices], required=False
    )
    union = UnionField(_("地区"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["union"].queryset = approving_unions()  # type: ignore[attr-defined]
        self.fields["union"].empty_label = _("全部")  # type: ignore[attr-defined]


class DeliveryPlanForm(Form):
    """一份送达计划, for all the wishes that were chosen. The key is made when the form is drawn."""

    delivery_mode = forms.ChoiceField(
        label=_("怎样送到工会"), choices=WAYS, widget=forms.RadioSelect
    )
    deliver_on = forms.DateField(
        label=_("计划哪天送到"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    words = _words(_("给工会的说明"), 200, help_text=_("例如“统一采购，贴好编号，一次送到”"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def arrangement(self) -> Arrangement:
        cleaned = self.cleaned_data
        return Arrangement(cleaned["delivery_mode"], cleaned["deliver_on"], cleaned["words"])

    def delivery_plan_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key


class PledgeForm(Form):
    """捐助意向: what, how many, for whom, where."""

    category = forms.ChoiceField(label=_("类别"), choices=[("", _("请选择")), *Category.choices])
    item = forms.CharField(label=_("物品或服务"), max_length=30, help_text=_("例如“棉被”"))
    quantity = forms.IntegerField(
        label=_("数量"),
        min_value=1,
        max_value=500,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    for_whom = forms.ChoiceField(
        label=_("想给谁"), choices=[("", _("都可以")), *ForWhom.choices], required=False
    )
    union = UnionField(_("哪个地区"), help_text=_("由这个工会来对接心愿"))
    words = _words(_("说明"), 200, help_text=_("例如什么时候可以送到"))
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["union"].queryset = approving_unions()  # type: ignore[attr-defined]

    def offer(self) -> Offer:
        return Offer(**{name: value for name, value in self.cleaned_data.items() if name != "key"})
