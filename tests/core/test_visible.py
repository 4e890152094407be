"""看得见的字：转向符、零宽字符不进库."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashang.core.db.fields import VisibleCharField
from mashang.core.visible import visible


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("请打\u202e01657483021\u202c谢谢", "请打01657483021谢谢"),
        ("\u2066想要\u2069一口锅", "想要一口锅"),
        ("\ufeff书\u200b包\u200d", "书包"),
        ("锅\u3164\u2800", "锅"),
        ("一行\r\n两行\u2028三行", "一行\n两行\n三行"),
        ("空 格\t在", "空 格\t在"),
        ("坏\x00掉\x07", "坏掉"),
        ("书包🎒❤️", "书包🎒❤"),
        ("家\u200d家", "家家"),
        ("𠮷野家 café ½ ①", "𠮷野家 café ½ ①"),
    ],
)
def test_only_what_can_be_seen_is_kept(text, kept):
    assert visible(text) == kept


@given(st.text(max_size=60))
def test_whatever_is_written_nothing_unseen_stays_and_once_is_enough(text):
    kept = visible(text)

    assert visible(kept) == kept
    assert not {unicodedata.category(char) for char in kept.replace("\u200d", "")} & {"Cf", "Cs"}
    assert not set(kept) & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\x00"
    )


def test_to_the_database_it_is_a_text_like_any_other():
    assert VisibleCharField(max_length=20).deconstruct()[1] == "django.db.models.CharField"
