"""身份证号码、手机号码、统一社会信用代码: what is wrong is said in a sentence."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashang.core.errors import Invalid
from mashang.core.privacy import identity
from mashang.core.privacy.identity import check_credit_code, parse_id_number, parse_phone


def demo_id(born: str = "19900101", order: str = "123", area: str = "990102") -> str:
    first = f"{area}{born}{order}"
    return first + identity.id_check_digit(first)


def test_an_id_number_tells_birthday_and_sex():
    person = parse_id_number(demo_id("19680229", "124"))

    assert person.number == demo_id("19680229", "124")
    assert person.born_on == date(1968, 2, 29)
    assert person.sex == "female"
    assert parse_id_number(demo_id(order="121")).sex == "male"
    assert person.number not in repr(person)


def test_the_check_digit_is_the_standard_one():
    # the worked example of GB 11643-1999, annex A
    assert identity.id_check_digit("11010519491231002") == "X"
    assert identity.id_check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    "typed",
    [
        "110105194912310 02X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\u200e11010519491231002X ",
    ],
)
def test_every_way_of_typing_it_is_one_number(typed):
    assert parse_id_number(typed).number == "11010519491231002X"


def test_an_id_number_of_15_digits_becomes_one_of_18():
    assert parse_id_number("110105491231002").number == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id_missing"),
        ("   ", "id_missing"),
        ("1101051949123100", "id_length"),
        ("11010519491231002XX", "id_length"),
        ("1101051949123100AX", "id_length"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "id_length"),
        ("110105196805120", "id_length"),  # the end of a number of 18 was left out
        ("110105194912310021", "id_check_digit"),
        ("110105194913310024", "id_birthday"),
        ("110105199002300020", "id_birthday"),
        ("110105190001010028", "id_birthday"),
        ("110105299901010020", "id_birthday"),
        ("100105194912310020", "id_area"),
        ("000000000000000000", "id_area"),
    ],
)
def test_a_wrong_id_number_is_told_what_is_wrong(typed, code):
    with pytest.raises(Invalid) as refusal:
        parse_id_number(typed)

    assert refusal.value.code == code
    assert refusal.value.status == 422


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_one_wrong_digit_is_found(place, shift):
    right = "11010519491231002X"
    wrong = f"{right[:place]}{(int(right[place]) + shift) % 10}{right[place + 1 :]}"

    with pytest.raises(Invalid):
        parse_id_number(wrong)


@given(st.text(max_size=30))
def test_whatever_is_typed_gets_a_sentence_and_no_crash(text):
    for read in (parse_id_number, parse_phone, check_credit_code):
        with suppress(Invalid):
            read(text)


def test_made_up_people_live_in_the_demo_only(settings):
    settings.MASHANG_DEMO = False

    with pytest.raises(Invalid) as refusal:
        parse_id_number(demo_id())
    assert refusal.value.code == "id_area"
    with pytest.raises(Invalid) as refusal:
        parse_phone("12800001234")
    assert refusal.value.code == "phone_unknown"


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "+86 138-0013-8000",
        "86 13800138000",
        "008613800138000",
        "１３８００１３８０００",
    ],
)
def test_every_way_of_typing_a_phone_is_one_number(typed):
    assert parse_phone(typed) == "13800138000"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone_missing"),
        ("1380013800", "phone_length"),
        ("23800138000", "phone_length"),
        ("0771-2345678", "phone_length"),
        ("11000000000", "phone_unknown"),
    ],
)
def test_a_wrong_phone_is_told_what_is_wrong(typed, code):
    with pytest.raises(Invalid) as refusal:
        parse_phone(typed)

    assert refusal.value.code == code


def credit(first_17: str) -> str:
    return first_17 + identity.credit_check_digit(first_17)


def test_the_credit_check_digit_is_the_standard_one():
    assert (
        check_credit_code("91350100M000100Y43") == "91350100M000100Y43"
    )  # GB 32100-2015's example


@pytest.mark.parametrize("prefix", ["81", "89", "11", "52", "91", "A1", "N2", "Y1"])
def test_every_registering_body_counts(prefix):
    code = credit(f"{prefix}450100MA5KX1234"[:17])

    assert check_credit_code(code.lower()) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "credit_code_missing"),
        ("91350100M000100Y4", "credit_code_length"),
        ("91350100M000100Y44", "credit_code_check_digit"),
        ("91350100I000100Y43", "credit_code_letters"),
        ("九1350100M000100Y43", "credit_code_letters"),
    ],
)
def test_a_wrong_credit_code_is_told_what_is_wrong(typed, code):
    with pytest.raises(Invalid) as refusal:
        check_credit_code(typed)

    assert refusal.value.code == code
