"""防重: one key, one act, one answer."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from mashang.core.errors import Invalid, WrongState
from mashang.core.models import DataKey, IdempotencyKey
from mashang.core.privacy.keys import new_data_key
from mashang.core.requests import idempotency
from mashang.core.requests.idempotency import Answer, KeyReused, once
from tests.crowd import press_at_once

KEY = "form-0001"


def opens_a_file() -> Answer:
    """An act whose doing twice would show."""
    return Answer(303, location=f"/cases/{new_data_key().pk}/")


def test_a_repeated_form_gets_the_answer_of_the_first_time(db):
    anna = uuid4()
    first = once(anna, KEY, b"body", opens_a_file)
    again = once(anna, KEY, b"body", opens_a_file)

    assert (again.status, again.location) == (first.status, first.location)
    assert again.replayed and not first.replayed
    assert DataKey.objects.count() == 1
    assert IdempotencyKey.objects.get().replays == 1


def test_the_same_key_with_other_content_is_refused_and_changes_nothing(db):
    anna = uuid4()
    once(anna, KEY, b"body", opens_a_file)

    with pytest.raises(KeyReused) as refusal:
        once(anna, KEY, b"other", opens_a_file)

    assert (refusal.value.code, refusal.value.status) == ("key_reused", 422)
    assert DataKey.objects.count() == 1


def test_two_people_may_have_the_same_key(db):
    once(uuid4(), KEY, b"body", opens_a_file)
    once(uuid4(), KEY, b"body", opens_a_file)

    assert DataKey.objects.count() == 2


def test_a_refused_act_leaves_the_key_free(db):
    anna = uuid4()

    def refused() -> Answer:
        opens_a_file()
        raise WrongState

    with pytest.raises(WrongState):
        once(anna, KEY, b"body", refused)
    assert not DataKey.objects.exists()

    assert not once(anna, KEY, b"body", opens_a_file).replayed


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_form_without_a_proper_key_is_refused(db, key):
    with pytest.raises(Invalid):
        once(uuid4(), key, b"body", opens_a_file)


def test_old_keys_are_forgotten(db):
    once(uuid4(), KEY, b"body", opens_a_file)
    assert idempotency.forget() == 0

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert idempotency.forget() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_thumbs_at_once_make_one_act_and_ten_equal_answers():
    anna = uuid4()

    answers = press_at_once([partial(once, anna, KEY, b"body", opens_a_file)] * 10)

    assert len({answer.location for answer in answers}) == 1
    assert sum(answer.replayed for answer in answers) == 9
    assert DataKey.objects.count() == 1
