"""Forms of the counter: whom to help and why, and the photos of the papers."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from mashang.cases.form.papers import KINDS
from mashang.cases.models import Application
from mashang.unions.models import Union

MOST_OFFERED = 200
REASON: dict[str, Any] = {
    "label": "代办原因",
    "max_length": 100,
    "help_text": "例如：没有智能手机、眼睛看不清、住院；本人看得到这句话",
    "error_messages": {
        "required": "请写明为什么由工会代办，例如“没有智能手机”",
        "max_length": "最多 100 个字，请写短一点",
    },
}
CHOOSE = {"required": "请选一项", "invalid_choice": "请在列出的选项里选"}


class BeginForm(forms.Form):
    use_required_attribute = False

    number = forms.CharField(
        label="申请人身份证号码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写身份证号码"},
    )
    kind = forms.ChoiceField(
        label="申请种类",
        choices=Application.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    union = forms.ModelChoiceField(
        Union.objects.none(), label="受理工会", empty_label="请选择", error_messages=CHOOSE
    )
    reason = forms.CharField(**REASON)

    def __init__(self, unions: QuerySet[Union], data: Any = None, words: str = "") -> None:
        """Every union of the branch may be chosen; those named so are offered, 200 at most."""
        super().__init__(data)
        field: Any = self.fields["union"]
        field.queryset = unions
        offered = unions.filter(name__icontains=words)[:MOST_OFFERED]
        field.choices = [("", "请选择"), *((union.pk, union.name) for union in offered)]


class ReasonForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(**REASON)
    photo = forms.FileField(
        label="本人签字的纸（照片）",
        error_messages={"required": "请拍一张本人签字的委托书或撤回申请", "empty": "没有收到照片"},
    )

    def __init__(self, data: Any = None, files: Any = None, *, with_proof: bool = False) -> None:
        super().__init__(data, files)
        if not with_proof:
            del self.fields["photo"]


class PaperForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label="材料种类", choices=[("", "请选择"), *KINDS.items()], error_messages=CHOOSE
    )
    photo = forms.FileField(
        label="照片", error_messages={"required": "请选一张照片", "empty": "没有收到照片"}
    )
