"""What a form says is ours: no sentence of Django's reaches anybody, and what was typed is counted as it is seen."""

import copy
import importlib
import pkgutil
from datetime import date

import pytest
from django import forms
from django.core import validators
from django.http import QueryDict
from django.utils import translation

from mashang import desk, mobile
from mashang.cases.form.sheets import Worded
from mashang.web.forms import Form, NameField, NumberField
from mashang.web.own_words import speak

THEIRS = (
    "确保该变量", "确保这个值", "这个字段是必填项", "输入一个有效的", "请选择一个有效的", "请输入", "选择一个有效的选项",
    "字段没有提交", "未提交文件", "提交的文件是空的", "是空文件", "不允许是用空字符", "Ensure this", "This field is required",
    "Enter a", "Select a valid", "No file was submitted", "The submitted file", "Null characters",
)  # fmt: skip


def modules():
    for door in (desk, mobile):
        for found in pkgutil.walk_packages(door.__path__, f"{door.__name__}."):
            if ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def forms_of_the_doors():
    kinds = {
        kind
        for module in modules()
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, forms.BaseForm)
        and kind.__module__ == module.__name__
    }
    return sorted(kinds, key=lambda kind: (kind.__module__, kind.__name__))


EVERY = forms_of_the_doors()


def test_every_form_of_the_doors_is_one_of_ours():
    assert len(EVERY) > 60
    assert [kind for kind in EVERY if not issubclass(kind, Form | Worded)] == []


def errors_of(field):
    """Whatever the field says to inputs that it cannot take."""
    for typed in (
        None,
        "",
        [],
        "x",
        "字" * 100_000,
        "-1",
        "99999999999",
        "\x00",
        ["x"],
        object(),
        "2026-99-99",
    ):
        try:
            field.clean(typed, None) if isinstance(field, forms.FileField) else field.clean(typed)
        except forms.ValidationError as error:
            yield from error.messages
        except (AttributeError, TypeError):  # no browser sends that to such a field
            continue


@pytest.mark.parametrize(
    "kind", [k for k in EVERY if issubclass(k, Form)], ids=lambda k: f"{k.__module__}.{k.__name__}"
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_field_speaks_djangos_sentences(kind, language):
    with translation.override(language):
        for name, base in kind.base_fields.items():
            field = copy.deepcopy(base)
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.none()
            speak(field)
            said = [words for words in errors_of(field) if any(part in words for part in THEIRS)]
            assert said == [], f"{kind.__name__}.{name}"


DEFAULTS = [
    (kind, code)
    for kind in (
        forms.CharField, forms.ChoiceField, forms.MultipleChoiceField, forms.TypedChoiceField, forms.BooleanField,
        forms.DateField, forms.IntegerField, forms.FileField, forms.UUIDField, forms.ModelChoiceField,
    )
    for code in sorted({code for base in kind.__mro__ for code in getattr(base, "default_error_messages", {})})
]  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), DEFAULTS)
def test_every_sentence_that_a_kind_of_field_brings_is_replaced(kind, code):
    field = kind(queryset=None) if kind is forms.ModelChoiceField else kind()
    theirs = field.error_messages[code]

    speak(field)

    assert field.error_messages[code] is not theirs


def test_a_field_keeps_the_words_that_it_was_given():
    field = forms.CharField(error_messages={"required": "请写明原因"}, max_length=3)
    speak(field)

    with pytest.raises(forms.ValidationError, match="请写明原因"):
        field.clean("")
    with pytest.raises(forms.ValidationError, match="最多 3 个字，现在有 4 个字"):
        field.clean("一二三四")


def test_validators_speak_too():
    for code, validator in (
        ("max_length", validators.MaxLengthValidator), ("min_length", validators.MinLengthValidator),
        ("max_value", validators.MaxValueValidator), ("min_value", validators.MinValueValidator),
    ):  # fmt: skip
        field = forms.CharField()
        speak(field)
        assert str(field.error_messages[validator.code]) != str(validator.message), code


# What is counted -------------------------------------------------------------------------


class Sample(Form):
    words = forms.CharField(max_length=10, widget=forms.Textarea, required=False)
    day = forms.DateField(required=False)
    number = NumberField(max_length=18, required=False)
    name = NameField(max_length=8, required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False)


def sample(**typed):
    data = QueryDict(mutable=True)
    data.update(typed)
    form = Sample(data)
    form.is_valid()
    return form


def test_a_line_break_counts_once():
    assert sample(words="一二三\r\n四五六\r\n七八").cleaned_data["words"] == "一二三\n四五六\n七八"
    assert "现在有 11 个字" in str(sample(words="一二三\r\n四五六\r\n七八九").errors["words"])


@pytest.mark.parametrize(
    "typed", ["2026.12.25", "2026年12月25日", "20261225", "2026/12/25", "２０２６－１２－２５"]
)
def test_a_day_is_read_and_drawn_again_as_the_calendar_knows_it(typed):
    form = sample(day=typed)

    assert form.cleaned_data["day"] == date(2026, 12, 25)
    assert form["day"].value() == "2026-12-25"


def test_what_is_no_day_comes_back_as_it_was_typed():
    form = sample(day="年底前")

    assert form.errors["day"] == ["日期请写成 2026-03-15 的样子"]
    assert form["day"].value() == "年底前"


def test_numbers_are_counted_without_what_stands_between_them():
    form = sample(number=" ".join("11010519491231002X"))

    assert form.cleaned_data["number"] == "11010519491231002X"
    assert "maxlength" not in str(form["number"]), "the browser would stop the typing"


def test_a_name_comes_in_one_spelling():
    assert sample(name="阿依古丽•买买提").cleaned_data["name"] == "阿依古丽·买买提"


def test_what_nobody_sees_is_nothing():
    class Needed(Form):
        item = forms.CharField(max_length=30)

    for unseen in ("\u200d\u200b", "\u3164", "\u2800\u2800"):
        form = Needed(QueryDict(f"item={unseen}"))
        assert form.errors["item"] == ["请填写这一项"]


def test_a_password_is_nobodys_to_change():
    assert sample(password="  a\u200bb ").data["password"] == "  a\u200bb "


def test_a_form_of_plain_data_is_cleaned_too():
    form = Sample({"words": "一\r\n二", "day": "2026.1.2"})

    assert form.is_valid() and form.cleaned_data["day"] == date(2026, 1, 2)
