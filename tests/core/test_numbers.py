"""Numbers that people read out: a slip of one digit is found, a number is drawn once."""

import secrets
from collections.abc import Iterator

import pytest

from mashang.core.numbers import fresh_number, is_number, luhn_digit
from mashang.unions.models import Union

pytestmark = pytest.mark.django_db


def test_the_check_digit_is_the_standard_one():
    assert luhn_digit("7992739871") == "3"


def test_every_single_wrong_digit_is_noticed():
    number = fresh_number(Union, "code", "A")
    for place in range(1, len(number)):
        for digit in set("0123456789") - {number[place]}:
            assert not is_number(number[:place] + digit + number[place + 1 :], "A")
    assert is_number(number, "A")


@pytest.mark.parametrize("text", ["", "A", "A123", "B79927398713", "A7992739871３"])
def test_other_text_is_no_number(text: str):
    assert not is_number(text, "A")


def test_a_number_that_is_taken_is_drawn_again(monkeypatch):
    Union.objects.create(
        path="45", code="A79927398713", name="甲", kind="province", region_code="45"
    )
    drawn: Iterator[int] = iter([7992739871, 5])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(drawn))

    assert fresh_number(Union, "code", "A") == "A0000000005" + luhn_digit("0000000005")
