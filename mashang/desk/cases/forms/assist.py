"""Forms of the counter: whom to help and why, and the photos of the papers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as N_

from mashang.cases.form.papers import KINDS
from mashang.cases.models import Application
from mashang.unions.models import Union
from mashang.web.forms import Form, NumberField

MOST_OFFERED = 200
REASON: dict[str, Any] = {
    "label": N_("代办原因"),
    "max_length": 100,
    "help_text": N_("例如：没有智能手机、眼睛看不清、住院；本人看得到这句话"),
    "error_messages": {
        "required": N_("请写明为什么由工会代办，例如“没有智能手机”"),
        "max_length": N_("最多 100 个字，请写短一点"),
    },
}
CHOOSE = {"required": N_("请选一项"), "invalid_choice": N_("请在列出的选项里选")}


class BeginForm(Form):
    use_required_attribute = False

    number = NumberField(
        label=N_("申请人身份证号码"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": N_("请填写身份证号码")},
    )
    kind = forms.ChoiceField(
        label=N_("申请种类"),
        choices=Application.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    union = forms.ModelChoiceField(
        Union.objects.none(), label=N_("受理工会"), empty_label=N_("请选择"), error_messages=CHOOSE
    )
    reason = forms.CharField(**REASON)

    def __init__(self, unions: QuerySet[Union], data: Any = None, words: str = "") -> None:
        """Every union of the branch may be chosen; those named so are offered, 200 at most."""
        super().__init__(data)
        field: Any = self.fields["union"]
        field.queryset = unions
        offered = unions.filter(name__icontains=words)[:MOST_OFFERED]
        field.choices = [("", N_("请选择")), *((union.pk, union.name) for union in offered)]


class ReasonForm(Form):
    use_required_attribute = False

    reason = forms.CharField(**REASON)
    photo = forms.FileField(
        label=N_("本人签字的纸（照片）"),
        error_messages={
            "required": N_("请拍一张本人签字的委托书或撤回申请"),
            "empty": N_("没有收到照片"),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, with_proof: bool = False) -> None:
        super().__init__(data, files)
        if not with_proof:
            del self.fields["photo"]


class PaperForm(Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label=N_("材料种类"), choices=[("", N_("请选择")), *KINDS.items()], error_messages=CHOOSE
    )
    photo = forms.FileField(
        label=N_("照片"),
        error_messages={"required": N_("请选一张照片"), "empty": N_("没有收到照片")},
    )
