"""掩码: what may be shown of a person."""

import pytest

from mashang.core.privacy.masks import Masked, mask_card, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("masked", "text"),
    [
        (mask_name("张三"), "张*"),
        (mask_name("欧阳修齐"), "欧*"),
        (mask_phone("13812348000"), "138****8000"),
        (mask_id("350102199001011123"), "35*************123"),
        (mask_card("6217001234567890123"), "**** **** **** 0123"),
    ],
)
def test_a_mask_keeps_what_the_owner_recognises(masked, text):
    assert masked == text
    assert isinstance(masked, Masked)


@pytest.mark.parametrize("mask", [mask_name, mask_phone, mask_id, mask_card])
def test_nothing_stays_nothing(mask):
    assert mask(None) == mask("") == ""


@pytest.mark.parametrize("mask", [mask_phone, mask_id, mask_card])
def test_what_is_too_short_to_hide_behind_its_ends_is_hidden_whole(mask):
    assert not set("1234567") & set(mask("1234567"))
