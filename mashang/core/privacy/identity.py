"""Numbers that name people and bodies: ID number (GB 11643), phone, credit code (GB 32100)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_noop as N_
from stdnum.cn import ric, uscc

from mashang.core.errors import Invalid
from mashang.core.typed import squeezed

Sex = Literal["male", "female"]

# First two digits: the provinces, 81/82/83 for residents from Hong Kong, Macao and Taiwan, 91–96 for
# foreigners' permanent residence cards of 2023 (a 9, then the province that issued it).
_AREAS = {
    *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
    *range(61, 66), 71, 81, 82, 83, *range(91, 97),
}  # fmt: skip
_DEMO_AREA = 99  # made-up people; no real code begins so
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OLDEST = 120


@dataclass(frozen=True)
class IdNumber:
    number: str = field(repr=False)  # 18 characters; kept out of logs and tracebacks
    born_on: date = field(repr=False)
    sex: Sex


def normalise_id(text: str) -> str:
    """One spelling for one number: full-width and spaces gone, x → X, 15 digits → 18."""
    number = squeezed(text).upper()
    if re.fullmatch(r"[0-9]{15}", number):
        number = f"{number[:6]}19{number[6:]}"
        number += id_check_digit(number)
    return number


def normalise_phone(text: str) -> str:
    """One spelling for one phone: full-width, spaces, hyphens, dots, brackets and +86 gone."""
    phone = re.sub(r"[.·。]", "", squeezed(text))
    return re.sub(r"^(?:\+|00)?86(?=1\d{10}$)", "", phone)


def id_check_digit(first_17: str) -> str:
    """ISO 7064 MOD 11-2 over the first 17 digits."""
    last = "0"  # the library expects the whole number, and leaves its last character out
    return ric.calc_check_digit(first_17 + last)


_CUT_SHORT = N_("只填了 15 位；身份证号码应为 18 位（最后一位可以是 X），请对照证件补全")


def parse_id_number(text: str) -> IdNumber:
    """居民身份证号 in 15 or 18 digits → number, birthday, sex. Raises Invalid with a sentence."""
    number = normalise_id(text)
    if not number:
        raise Invalid("id_missing", N_("请填写身份证号码"))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise Invalid("id_length", N_("身份证号码应为 18 位（最后一位可以是 X），请对照证件核对"))
    _check_area(int(number[:2]))
    try:
        born_on = _birthday(number[6:14])
    except Invalid as refusal:
        if len(squeezed(text)) == len(number):
            raise
        # Fifteen digits that hold no birthday are no old number: the end of a new one was left out.
        raise Invalid("id_length", _CUT_SHORT) from refusal
    if id_check_digit(number[:17]) != number[17]:
        raise Invalid("id_check_digit", N_("身份证号码有一位不对，请对照证件逐位核对"))
    return IdNumber(number, born_on, "male" if int(number[16]) % 2 else "female")


def parse_phone(text: str) -> str:
    """手机号码 → 11 digits. Raises Invalid with a sentence."""
    phone = normalise_phone(text)
    if not phone:
        raise Invalid("phone_missing", N_("请填写手机号码"))
    if not re.fullmatch(r"1[0-9]{10}", phone):
        raise Invalid("phone_length", N_("手机号码应为 11 位数字，请核对"))
    if phone[1] in "01" or (phone[1] == "2" and not settings.MASHANG_DEMO):
        raise Invalid("phone_unknown", N_("这不是可用的手机号码，请核对前三位"))
    return phone


def credit_check_digit(first_17: str) -> str:
    """GB 32100-2015 annex: weights 3^i mod 31 over its own alphabet."""
    return uscc.calc_check_digit(first_17)


def check_credit_code(text: str) -> str:
    """统一社会信用代码 → 18 characters, upper-case. Every registering body counts: unions (81, 89),
    villages (N), public institutions (1), others (A, Y). Raises Invalid with a sentence."""
    code = squeezed(text).upper()
    if not code:
        raise Invalid("credit_code_missing", N_("请填写统一社会信用代码"))
    if len(code) != 18:
        raise Invalid("credit_code_length", N_("统一社会信用代码应为 18 位，请对照证书核对"))
    if not set(code) <= set(_CREDIT_ALPHABET):
        raise Invalid(
            "credit_code_letters", N_("统一社会信用代码里不会有字母 I、O、S、V、Z，请核对")
        )
    if credit_check_digit(code[:17]) != code[17]:
        raise Invalid(
            "credit_code_check_digit", N_("统一社会信用代码有一位不对，请对照证书逐位核对")
        )
    return code


def _check_area(area: int) -> None:
    if area == _DEMO_AREA and settings.MASHANG_DEMO:
        return
    if area not in _AREAS:
        raise Invalid("id_area", N_("身份证号码前两位不是有效的地区代码，请对照证件核对"))


def _birthday(digits: str) -> date:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Invalid(
            "id_birthday", N_("身份证号码中的出生日期不存在，请核对第 7 至 14 位")
        ) from None
    today = timezone.localdate()
    if born_on > today or today.year - born_on.year > _OLDEST:
        raise Invalid("id_birthday", N_("身份证号码中的出生日期不合常理，请核对第 7 至 14 位"))
    return born_on
