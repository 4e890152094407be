"""金额: whole fen, read from what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashang.core.errors import Invalid
from mashang.core.money import MOST_FEN, parse_yuan, yuan


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (123450, "1,234.50"),
        (100_000_000, "1,000,000.00"),
        (-123450, "-1,234.50"),
    ],
)
def test_fen_are_written_as_yuan_with_separators(fen, text):
    assert yuan(fen) == text


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1,234.5", 123450),
        ("１２３４．５", 123450),
        ("¥ 1，234.50 元", 123450),
        ("0", 0),
        ("0.07", 7),
        ("12.", 1200),
        ("007", 700),
    ],
)
def test_what_people_type_is_read_as_fen(typed, fen):
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount_missing"),
        ("元", "amount_missing"),
        ("-5", "amount_negative"),
        ("−5", "amount_negative"),
        ("1.234", "amount_too_fine"),
        ("1,23", "amount_unreadable"),
        ("1.2.3", "amount_unreadable"),
        ("一百", "amount_unreadable"),
        ("1e5", "amount_unreadable"),
        ("٣", "amount_unreadable"),
        (".5", "amount_unreadable"),
        ("9" * 5000, "amount_too_large"),
        ("100000000.01", "amount_too_large"),
    ],
)
def test_what_cannot_be_an_amount_is_told_so(typed, code):
    with pytest.raises(Invalid) as refusal:
        parse_yuan(typed)

    assert refusal.value.code == code


@given(st.integers(0, MOST_FEN))
def test_what_is_written_is_read_back(fen):
    assert parse_yuan(yuan(fen)) == fen
