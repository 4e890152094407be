"""One act is one transaction: what refuses a part refuses the whole, unless the part is an attempt."""

import pytest
from django.db.transaction import TransactionManagementError

from mashang.core.db.action import action, savepoint
from mashang.core.errors import WrongState
from mashang.core.models import RateWindow
from tests.core.test_prepared import make_window

pytestmark = pytest.mark.django_db


@action
def part(row):
    row.save(force_insert=True)
    raise WrongState


def kept():
    return set(RateWindow.objects.values_list("hits", flat=True))


def test_a_refused_part_takes_the_whole_with_it():
    @action
    def whole():
        make_window(hits=1).save(force_insert=True)
        part(make_window(hits=2))

    with pytest.raises(WrongState):
        whole()
    assert kept() == set()


def test_a_refused_attempt_takes_back_only_itself():
    @action
    def whole():
        make_window(hits=1).save(force_insert=True)
        with pytest.raises(WrongState), savepoint():
            part(make_window(hits=2))
        make_window(hits=3).save(force_insert=True)

    whole()

    assert kept() == {1, 3}


def test_nobody_goes_on_after_a_refusal_by_mistake():
    @action
    def whole():
        with pytest.raises(WrongState):
            part(make_window(hits=2))
        make_window(hits=3).save(force_insert=True)

    with pytest.raises(TransactionManagementError):
        whole()
    assert kept() == set()


def test_nor_does_an_act_end_well_after_one():
    @action
    def whole():
        make_window(hits=1).save(force_insert=True)
        with pytest.raises(WrongState):
            part(make_window(hits=2))

    with pytest.raises(TransactionManagementError, match="savepoint"):
        whole()
    assert kept() == set()
