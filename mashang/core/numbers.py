"""编号: numbers that people read out on the phone. From no sequence, so they tell no counts."""

import secrets

from django.db import models
from stdnum import luhn

DIGITS = 10


def luhn_digit(digits: str) -> str:
    """The check digit (ISO/IEC 7812-1 annex B) that finds one wrong digit and most swaps."""
    return luhn.calc_check_digit(digits)


def fresh_number(model: type[models.Model], field: str, prefix: str = "") -> str:
    """`prefix` + ten random digits + a check digit, not yet in `model.field`.

    The unique constraint of the column stays the last word between two who draw at once.
    """
    while True:
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        number = f"{prefix}{digits}{luhn_digit(digits)}"
        if not model._base_manager.filter(**{field: number}).exists():
            return number


def is_number(text: str, prefix: str = "") -> bool:
    """Whether `text` can be such a number: right length, right check digit."""
    digits = text.removeprefix(prefix)
    well_formed = len(digits) == DIGITS + 1 and digits.isascii() and digits.isdigit()
    return text.startswith(prefix) and well_formed and luhn_digit(digits[:-1]) == digits[-1]
