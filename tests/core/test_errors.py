"""拒绝: a code for programs, a sentence for people, facts for the door."""

import pytest

from mashang.core import errors


class WishTaken(errors.DomainError):
    code = "wish_taken"
    message = "来晚一步"


def test_a_room_names_its_own_refusal():
    refusal = WishTaken(wish="7")

    assert (refusal.code, str(refusal), refusal.status) == ("wish_taken", "来晚一步", 409)
    assert refusal.facts == {"wish": "7"}


def test_a_refusal_may_be_spoken_on_the_spot():
    refusal = errors.NotAllowed("not_your_case", "这份档案不在您的管辖范围")

    assert (refusal.code, refusal.status) == ("not_your_case", 403)
    assert errors.NotAllowed().code == "not_allowed"


def test_invalid_input_carries_a_sentence_for_each_field():
    refusal = errors.Invalid(fields={"phone": "请填写手机号码"})

    assert refusal.fields == {"phone": "请填写手机号码"}
    assert errors.Invalid().fields == {}


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (errors.DomainError, 409),
        (errors.NotAllowed, 403),
        (errors.Missing, 404),
        (errors.WrongState, 409),
        (errors.Gone, 410),
        (errors.Invalid, 422),
        (errors.TooMany, 429),
        (errors.Busy, 503),
        (errors.OutcomeUnknown, 503),
    ],
)
def test_each_kind_has_its_status_and_a_chinese_sentence(refusal, status):
    assert refusal().status == status
    assert not refusal().message.isascii()
