"""拒绝放进表单: a room's sentence stands beside its field, and the view goes on to draw the form again."""

import pytest
from django import forms

from mashang.core.errors import Invalid, NotAllowed, TooMany, WrongState
from mashang.core.money import parse_yuan
from mashang.web.forms import read_as, refusals_in, status_of


class PhoneForm(forms.Form):
    phone = forms.CharField()


@pytest.fixture
def form():
    form = PhoneForm({"phone": "13800000000"})
    assert form.is_valid()
    return form


def test_a_sentence_stands_beside_the_field_that_the_room_names(form):
    with refusals_in(form):
        raise Invalid(fields={"phone": "号码不对"})

    assert form.errors == {"phone": ["号码不对"]}


def test_a_sentence_that_names_no_field_of_the_form_stands_on_top(form):
    with refusals_in(form):
        raise Invalid(fields={"licence": "照片打不开"})

    assert form.non_field_errors() == ["照片打不开"]


@pytest.mark.parametrize(
    "refusal", [Invalid(fields={"new_phone": "已有账号"}), WrongState(message="已有账号")]
)
def test_the_field_of_the_view_takes_what_has_none_in_the_form(form, refusal):
    with refusals_in(form, "phone"):
        raise refusal

    assert form.errors == {"phone": ["已有账号"]}


def test_what_was_not_meant_for_the_form_goes_up_to_the_door(form):
    with pytest.raises(NotAllowed), refusals_in(form, only=Invalid):
        raise NotAllowed

    with pytest.raises(ZeroDivisionError), refusals_in(form):
        raise ZeroDivisionError

    assert not form.errors


def test_of_two_kinds_each_gets_its_field(form):
    with refusals_in(form), refusals_in(form, "phone", only=TooMany):
        raise TooMany

    assert form.errors == {"phone": [TooMany.message]}


def test_the_status_of_the_refusal_is_told_to_who_asks(form):
    with refusals_in(form) as refused:
        raise TooMany

    assert (refused.status, status_of(form)) == (429, 422)


def test_without_a_refusal_nothing_is_added(form):
    with refusals_in(form) as refused:
        pass

    assert (form.errors, refused.status, status_of(form)) == ({}, 422, 200)


def test_a_field_is_read_as_the_room_reads_it():
    assert read_as(parse_yuan, "12.5") == 1250

    with pytest.raises(forms.ValidationError) as refusal:
        read_as(parse_yuan, "十二")

    assert refusal.value.messages == ["金额请只填数字，例如 1234.50"]
