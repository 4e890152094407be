"""打进来的字: one spelling for what keyboards, pastes and voices give; nothing that nobody sees."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashang.core.errors import Invalid
from mashang.core.privacy.identity import parse_id_number, parse_phone
from mashang.core.typed import name_key, one_name, plain, read_day

TURNING = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C]
UNSEEN = [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x180E, 0x3164, 0x115F, 0x2800, 0xE0061]


@pytest.mark.parametrize("code", [*TURNING, *UNSEEN, 0xFE0F, 0xFE0E, 0xE0100, 0x07, 0x7F])
def test_characters_that_nobody_sees_are_out(code):
    assert plain(f"书包{chr(code)}坏了") == "书包坏了"
    assert plain(chr(code) * 3) == ""


def test_a_number_cannot_be_written_backwards():
    assert plain("请打\u202e90000000021\u202c谢谢") == "请打90000000021谢谢"


def test_a_family_of_joined_people_falls_into_people():
    assert plain("👩\u200d👩\u200d👧") == "👩👩👧"
    assert plain("☎️") == "☎"


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\u2029"])
def test_a_line_break_is_one_character(break_):
    assert plain(f"一{break_}二") == "一\n二"


def test_what_is_refused_further_in_stays_to_be_refused():
    assert plain("a\x00b") == "a\x00b" and plain("书\x00包") == "书\x00包"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_a_name_cleaned_twice_is_cleaned_once(text):
    assert one_name(one_name(text)) == one_name(text)


DOTS = "·•‧・･⋅∙․．.。"


@pytest.mark.parametrize("dot", [*DOTS, " · ", "· ", "\u200b·", " ． "])
def test_a_name_has_one_dot(dot):
    assert one_name(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张 三", "张三"),
        ("张　三丰", "张三丰"),
        ("\u200b陈建国", "陈建国"),
        ("𠮷田", "𠮷田"),
        ("Ａｎｎａ", "Anna"),
        ("John F. Kennedy", "John F. Kennedy"),
        ("J.Smith", "J.Smith"),
        ("·张三·", "张三"),
        ("\u200b\u200d", ""),
        ("  ", ""),
    ],
)
def test_a_name_has_one_spelling(typed, kept):
    assert one_name(typed) == kept


def test_spellings_of_one_name_have_one_key():
    spellings = (
        "阿依古丽·买买提",
        "阿依古丽•买买提",
        "阿依古丽买买提",
        "阿依古丽 买买提",
        "阿依古丽.买买提",
    )

    assert len({name_key(one) for one in spellings}) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "2026-12-25", "2026.12.25", "2026/12/25", "2026年12月25日", "2026 年 12 月 25 日", "20261225",
        "２０２６－１２－２５", "２０２６．１２．２５", "2026、12、25", "2026年12月25", " 2026-12-25 ", "2026。12。25",
        "2026-12-25\u200b", "2026年12月25号", "2026–12–25",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_usual_spelling(typed):
    assert read_day(typed) == date(2026, 12, 25)


@pytest.mark.parametrize("typed", ["2026-1-5", "2026.1.5", "2026年1月5日"])
def test_single_digits_are_months_and_days_too(typed):
    assert read_day(typed) == date(2026, 1, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "明天",
        "2026",
        "2026-13-01",
        "2026-02-30",
        "12-25",
        "26-12-25",
        "2026122",
        "2026-12-25 14:00",
    ],
)
def test_what_is_no_day_is_not_guessed(typed):
    with pytest.raises(ValueError, match=".*"):
        read_day(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "12000000009", "+86 120 0000 0009", "86-120-0000-0009", "0086 12000000009", "（+86）12000000009",
        "(+86)120-0000-0009", "１２００００００００９", "120.0000.0009", "1 2 0 0 0 0 0 0 0 0 9",
        "\u202a12000000009\u202c",
    ],
)  # fmt: skip
def test_a_phone_is_read_in_every_usual_spelling(typed, settings):
    settings.MASHANG_DEMO = True

    assert parse_phone(typed) == "12000000009"


def test_an_id_number_with_a_blank_after_each_digit_is_read():
    assert parse_id_number(" ".join("11010519491231002X")).number == "11010519491231002X"
    with pytest.raises(Invalid):
        parse_id_number(" ".join("11010519491231003X"))
