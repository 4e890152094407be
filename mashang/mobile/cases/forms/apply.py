"""Shapes of the pages that are not plain fields: consents, a photo, a signature."""

from collections.abc import Collection

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.form.consents import VERSION, Asked
from mashang.cases.form.sheets import Worded


class ConsentForm(Worded):
    """One tick for each purpose; those given before are shown as given, none is ticked for anyone."""

    version = VERSION

    def __init__(
        self, asked: list[Asked], given: Collection[str], missing: Collection[Asked] = ()
    ) -> None:
        words = _("“%(title)s”需要您勾选同意，工会才能办理")
        wrong = {a.purpose: words % {"title": _(a.title)} for a in missing}
        super().__init__(wrong=wrong or None)
        self.asked = asked
        for one in asked:
            ticked = {"checked": True} if one.purpose in given else {}
            field = forms.BooleanField(label=N_("我同意"), widget=forms.CheckboxInput(attrs=ticked))
            field.is_optional = not one.is_needed  # type: ignore[attr-defined]
            self.fields[one.purpose] = field

    def rows(self) -> list[tuple[Asked, forms.BoundField]]:
        return [(one, self[one.purpose]) for one in self.asked]


class _Photos(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotoForm(Worded):
    photo = forms.FileField(label=N_("照片"), widget=_Photos(attrs={"multiple": True}))

    def __init__(self, wrong: str = "") -> None:
        super().__init__(wrong={"photo": wrong} if wrong else None)


class SignatureForm(Worded):
    signature = forms.CharField(label=N_("在下面签名"), widget=forms.HiddenInput)
    photo = forms.FileField(label=N_("纸上签名的照片"), required=False)

    def __init__(self, signature: str = "", wrong: str = "") -> None:
        """`signature`: what was drawn before, which goes out again unless it is drawn anew."""
        typed = {"signature": [signature]} if signature else None
        super().__init__(typed, {"signature": wrong} if wrong else None)


class PaperForm(Worded):
    """A further paper: what it is, and its photo."""

    kind = forms.ChoiceField(label=N_("这是什么材料"))
    photo = forms.FileField(label=N_("照片"), widget=_Photos(attrs={"multiple": True}))

    def __init__(
        self, choices: list[tuple[str, str]], kind: str = "", wrong: dict[str, str] | None = None
    ) -> None:
        super().__init__({"kind": [kind]}, wrong)
        self.fields["kind"] = forms.ChoiceField(label=N_("这是什么材料"), choices=choices)


class ClaimForm(Worded):
    """The ID number, for finding what a colleague has filled in."""

    number = forms.CharField(
        label=N_("您的身份证号码"),
        help_text=N_("还要和当时留的手机号码一致"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, number: str = "", wrong: dict[str, str] | None = None) -> None:
        super().__init__({"number": [number]}, wrong)
