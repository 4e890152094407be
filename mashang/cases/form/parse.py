"""What was typed → what is kept, and back. Each reader raises ValueError with a sentence."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.form.fields import Field, Kind
from mashang.cases.form.lists import Choices
from mashang.core.errors import Invalid
from mashang.core.money import parse_yuan, yuan
from mashang.core.numbers import luhn_digit
from mashang.core.privacy.identity import parse_id_number, parse_phone
from mashang.core.privacy.masks import mask_card, mask_id, mask_phone
from mashang.core.typed import one_name, plain, read_day

_MONTH = re.compile(r"(\d{4})\D?(\d{1,2})\D?")
_LIST_KINDS = (Kind.ONE, Kind.MANY, Kind.REGION)


def read(field: Field, typed: Sequence[str], choices: Choices) -> Any:
    """The value that is kept, None for "not given". Raises ValueError with the field's sentence."""
    texts = [tidy for text in typed if (tidy := _tidy(field, text))]
    if not texts:
        if field.required:
            raise ValueError(_missing(field))
        return None
    if field.kind is Kind.MANY:
        return _many(field, texts, choices)
    if field.kind in _LIST_KINDS:
        return _one(field, texts[0], choices)
    try:
        return _READERS[field.kind](field, texts[0])
    except Invalid as refusal:
        raise ValueError(refusal.message) from None


def spell(field: Field, value: Any) -> list[str]:
    """The kept value as it stands in the form."""
    if value is None:
        return []
    if field.kind is Kind.MANY:
        return list(value)
    if field.kind is Kind.MONEY:
        return [yuan(value).replace(",", "").removesuffix(".00")]
    return [str(value)]


def say(field: Field, value: Any, choices: Choices) -> str:
    """The kept value for people; P4 numbers come masked."""
    if value in (None, []):
        return _("没有填")
    if field.kind is Kind.MANY:
        return _("、").join(_(choices.get(code, code)) for code in value)
    if field.kind in _LIST_KINDS:
        return _(choices.get(value, value))
    if masked := _MASKS.get(field.kind):
        return masked(value)
    text = yuan(value) if field.kind is Kind.MONEY else str(value)
    return f"{text} {_(field.unit) if field.unit else ''}".strip()


def _tidy(field: Field, text: str) -> str:
    text = plain(text).replace("\x00", "")
    if field.kind is Kind.LONG:
        return text.strip()
    return one_name(text) if field.kind is Kind.NAME else " ".join(text.split())


def _missing(field: Field) -> str:
    if field.kind in _LIST_KINDS:
        return _("请选择“%(label)s”") % {"label": _(field.label)}
    if field.kind is Kind.MONEY:
        return _("请填写“%(label)s”，没有就填 0") % {"label": _(field.label)}
    return _("请填写“%(label)s”") % {"label": _(field.label)}


def _one(field: Field, code: str, choices: Choices) -> str:
    if code not in choices:
        raise ValueError(_("请在列出的选项里选择“%(label)s”") % {"label": _(field.label)})
    return code


def _many(field: Field, codes: Sequence[str], choices: Choices) -> list[str]:
    chosen = [code for code in choices if code in codes]
    if len(chosen) != len(set(codes)):
        raise ValueError(_("请在列出的选项里选择“%(label)s”") % {"label": _(field.label)})
    if len(chosen) > field.most:
        words = _("最多选 %(most)d 项，现在选了 %(now)d 项，请去掉几项")
        raise ValueError(words % {"most": field.most, "now": len(chosen)})
    return chosen


def _text(field: Field, text: str) -> str:
    if len(text) > field.most:
        words = _("最多 %(most)d 个字，现在有 %(now)d 个字，请写短一点")
        raise ValueError(words % {"most": field.most, "now": len(text)})
    return text


def _id_number(field: Field, text: str) -> str:
    return parse_id_number(text).number


def _phone(field: Field, text: str) -> str:
    return parse_phone(text)


def _card(field: Field, text: str) -> str:
    digits = _squeezed(text)
    if not re.fullmatch(r"[0-9]{12,19}", digits):
        raise ValueError(N_("卡号是 12 到 19 位数字，请看着银行卡核对"))
    if luhn_digit(digits[:-1]) != digits[-1]:
        raise ValueError(N_("卡号有一位不对，请看着银行卡逐位核对"))
    return digits


def _day(field: Field, text: str) -> str:
    try:
        day = read_day(text)
    except ValueError:
        raise ValueError(N_("日期请写成 2026-03-15 的样子")) from None
    return _not_later(day).isoformat()


def _month(field: Field, text: str) -> str:
    match = _MONTH.fullmatch(_squeezed(text))
    if not match or not 1 <= int(match[2]) <= 12:
        raise ValueError(N_("请写成年和月，例如 2005-03"))
    return f"{_not_later(date(int(match[1]), int(match[2]), 1)):%Y-%m}"


def _year(field: Field, text: str) -> str:
    digits = _squeezed(text).removesuffix("年")
    if not re.fullmatch(r"[0-9]{4}", digits):
        raise ValueError(N_("请填四位数的年份，例如 2023"))
    return str(_not_later(date(int(digits), 1, 1)).year)


def _not_later(day: date) -> date:
    today = timezone.localdate()
    if day > today:
        raise ValueError(N_("这个日期还没有到，请核对"))
    if day.year < today.year - 100:
        raise ValueError(N_("这个日期太早了，请核对年份"))
    return day


def _money(field: Field, text: str) -> int:
    return parse_yuan(text)


def _count(field: Field, text: str) -> int:
    digits = _squeezed(text).removesuffix(field.unit)
    if not re.fullmatch(r"[0-9]{1,6}", digits):
        raise ValueError(_("“%(label)s”请只填数字，例如 2") % {"label": _(field.label)})
    if not 1 <= int(digits) <= field.most:
        words = _("“%(label)s”应在 1 到 %(most)d 之间，请核对")
        raise ValueError(words % {"label": _(field.label), "most": field.most})
    return int(digits)


def _area(field: Field, text: str) -> str:
    digits = _squeezed(text).removesuffix("平方米").removesuffix("m2")
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,2})?", digits):
        raise ValueError(N_("面积请只填数字，例如 68.5"))
    if not 1 <= Decimal(digits) <= field.most:
        raise ValueError(_("面积应在 1 到 %(most)d 平方米之间，请核对") % {"most": field.most})
    return digits


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


_READERS: dict[Kind, Callable[[Field, str], Any]] = {
    Kind.TEXT: _text,
    Kind.NAME: _text,
    Kind.LONG: _text,
    Kind.ID_NUMBER: _id_number,
    Kind.PHONE: _phone,
    Kind.CARD: _card,
    Kind.DAY: _day,
    Kind.MONTH: _month,
    Kind.YEAR: _year,
    Kind.MONEY: _money,
    Kind.COUNT: _count,
    Kind.AREA: _area,
}
_MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.ID_NUMBER: mask_id,
    Kind.PHONE: mask_phone,
    Kind.CARD: mask_card,
}
