"""A step as a Django form, so that both doors draw its fields by their own components.

It only carries what was typed and the sentences beside it; the rules are in `checks`.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_noop as N_

from mashang.cases.form.checks import Typed, choices_of, typed_of, veiled_names
from mashang.cases.form.fields import Answers, Field, Kind, Step, When
from mashang.cases.form.lists import Choices
from mashang.core.errors import SURE

IS_SURE = N_("核对过了，没有填错")
KEPT = N_("已经填好，这里不显示；要改才重新填")
FEW = 7  # choices up to this number are shown as buttons, more as a list
_KEYBOARDS = {
    Kind.PHONE: {"inputmode": "tel"},
    Kind.CARD: {"inputmode": "numeric"},
    Kind.MONEY: {"inputmode": "decimal"},
    Kind.AREA: {"inputmode": "decimal"},
    Kind.COUNT: {"inputmode": "numeric"},
    Kind.YEAR: {"inputmode": "numeric"},
    Kind.MONTH: {"inputmode": "numeric", "placeholder": "2005-03"},
    Kind.DAY: {"type": "date"},
}


class Worded(forms.Form):
    """A form that judges nothing: its sentences come from the rooms."""

    use_required_attribute = False

    def __init__(self, typed: Typed | None = None, wrong: Mapping[str, str] | None = None) -> None:
        lists = {name: list(texts) for name, texts in (typed or {}).items()}
        is_bound = typed is not None or wrong is not None
        super().__init__(MultiValueDict(lists) if is_bound else None)
        self.wrong = wrong or {}

    def full_clean(self) -> None:
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict(
            {name: self.error_class([sentence]) for name, sentence in self.wrong.items()}
        )


class Sheet(Worded):
    """One step: what was typed, or else what is kept, and what is wrong with it."""

    def __init__(
        self,
        step: Step,
        answers: Answers,
        regions: Choices,
        *,
        typed: Typed | None = None,
        wrong: Mapping[str, str] | None = None,
        veiled: bool = False,
    ) -> None:
        """`veiled`: what is kept under P4 is not shown; left empty it stays (`checks.unveiled`)."""
        hidden = veiled_names(step, answers) if veiled else set()
        stored = {n: t for n, t in typed_of(step, answers).items() if n not in hidden}
        shown = typed if typed is not None else stored
        super().__init__(shown, wrong)
        self.step = step
        for field in step.fields:
            if _may_be_asked(field, step, answers):
                form_field = _form_field(field, choices_of(field, regions), _hangs_on(field, step))
                form_field.unit, form_field.has_idpad = field.unit, field.kind is Kind.ID_NUMBER
                if field.name in hidden:
                    form_field.help_text = KEPT
                self.fields[field.name] = form_field
        if SURE in self.wrong:
            self.fields[SURE] = sure_field()


def sure_field() -> forms.BooleanField:
    """The tick beneath what was asked back (`core.errors.AskedBack`)."""
    return forms.BooleanField(label=IS_SURE)


def _may_be_asked(field: Field, step: Step, answers: Answers) -> bool:
    """A field that hangs on another one of the same page is drawn too; the page hides it."""
    return field.is_asked(answers) or _hangs_on(field, step) is not None


def _hangs_on(field: Field, step: Step) -> When | None:
    names = {other.name for other in step.fields}
    return field.when if isinstance(field.when, When) and field.when.field in names else None


def _form_field(field: Field, choices: Choices, hangs_on: When | None) -> Any:
    attrs = _attrs(field, hangs_on)
    common: dict[str, Any] = {
        "label": field.label,
        "help_text": field.hint,
        "required": field.required,
    }
    if field.kind is Kind.MANY:
        many = forms.CheckboxSelectMultiple(attrs=attrs)
        return forms.MultipleChoiceField(choices=list(choices.items()), widget=many, **common)
    if field.kind in (Kind.ONE, Kind.REGION):
        return _choice(field, choices, attrs, common)
    widget = forms.Textarea if field.kind is Kind.LONG else forms.TextInput
    return forms.CharField(widget=widget(attrs=attrs), **common)


def _choice(
    field: Field, choices: Choices, attrs: dict[str, str], common: dict[str, Any]
) -> forms.Field:
    if len(choices) <= FEW and field.kind is Kind.ONE:
        radio = forms.RadioSelect(attrs=attrs)
        return forms.ChoiceField(choices=list(choices.items()), widget=radio, **common)
    listed = [("", N_("请选择")), *choices.items()]
    return forms.ChoiceField(choices=listed, widget=forms.Select(attrs=attrs), **common)


def _attrs(field: Field, hangs_on: When | None) -> dict[str, str]:
    """`hangs_on`: the answer of this page that shows the field. One of another page has been given before."""
    attrs = dict(_KEYBOARDS.get(field.kind, {}))
    attrs["autocomplete"] = field.autocomplete or "off"
    if hangs_on:
        attrs["data-when"] = hangs_on.field
        attrs["data-when-is"] = " ".join(hangs_on.values)
    return attrs
