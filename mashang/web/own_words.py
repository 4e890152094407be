"""What a form says when a field cannot be read: our own sentences instead of Django's.

A field that has words of its own keeps them. The kinds are asked from the special to the general.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

_CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)
_CHOOSE: "dict[str, Words]" = {
    "required": _("请选一项"),
    "invalid_choice": _("请在列出的选项里选"),
    "invalid_list": _("请在列出的选项里选"),
    "invalid_pk_value": _("请在列出的选项里选"),
    "list": _("请在列出的选项里选"),
}
_OF_KIND: "list[tuple[Any, dict[str, Words]]]" = [
    (forms.BooleanField, {"required": _("请勾选这一项")}),
    (_CHOSEN, _CHOOSE),
    (
        forms.FileField,
        {
            "required": _("请选一张照片"),
            "missing": _("没有收到照片，请重新选择后再提交"),
            "invalid": _("没有收到照片，请重新选择后再提交"),
            "empty": _("没有收到照片，请重新选择后再提交"),
            "max_length": _("照片的文件名太长，请改短一点再上传"),
            "contradiction": _("又选了照片又要删掉，请只做一样"),
        },
    ),
    (forms.DateField, {"required": _("请填写日期"), "invalid": _("日期请写成 2026-03-15 的样子")}),
    (forms.IntegerField, {"invalid": _("请只填数字，例如 2")}),
    (forms.UUIDField, {"invalid": _("这一页放得太久了，请刷新后再提交")}),
]
_OF_ANY: "dict[str, Words]" = {
    "required": _("请填写这一项"),
    "invalid": _("这一项认不出来，请核对后重新填写"),
    "max_length": _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个字，请写短一点"),
    "min_length": _("至少 %(limit_value)d 个字，现在有 %(show_value)d 个字，请补上"),
    "max_value": _("最大可以填 %(limit_value)s，请核对"),
    "min_value": _("最小可以填 %(limit_value)s，请核对"),
    "null_characters_not_allowed": _("里面有看不见的特殊字符，请删掉这一项重新输入"),
}


def speak(field: forms.Field) -> None:
    """Give the field our words wherever it still has Django's."""
    theirs = _defaults_of(field)
    for code, words in _words_for(field).items():
        if code not in field.error_messages or field.error_messages[code] is theirs.get(code):
            field.error_messages[code] = words
    if isinstance(field, forms.ModelChoiceField):  # asks before its validators do, with their words
        words = _OF_ANY["null_characters_not_allowed"]
        field.validate_no_null_characters = ProhibitNullCharactersValidator(words)  # type: ignore[method-assign]


def _words_for(field: forms.Field) -> "dict[str, Words]":
    words = dict(_OF_ANY)
    for kind, own in _OF_KIND:
        if isinstance(field, kind):
            words |= own
    return words


def _defaults_of(field: forms.Field) -> dict[str, Any]:
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            defaults |= getattr(kind, "default_error_messages", {})
    return defaults
