"""撤回同意: by the worker themselves, or on paper through the union; by nobody else."""

import pytest

from mashang import workflows
from mashang.accounts.actions import consents
from mashang.accounts.queries import live_consents
from mashang.core.errors import NotAllowed
from tests.builders import make_worker
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("purpose", ["wish", "helper", "bank"])
def test_a_stranger_withdraws_nothing(branch_a, purpose):
    room = make_wish_room(branch_a)
    consents.give(room.holder.pk, purpose, version="1", by=room.worker)

    with pytest.raises(NotAllowed):
        workflows.withdraw_consent(room.holder, purpose, by=make_worker("陌生人"))

    assert live_consents(purpose).filter(subject_id=room.holder.pk).exists()


@pytest.mark.parametrize("purpose", ["wish", "helper", "bank"])
def test_the_worker_withdraws_each(branch_a, purpose):
    room = make_wish_room(branch_a)
    consents.give(room.holder.pk, purpose, version="1", by=room.worker)

    workflows.withdraw_consent(room.holder, purpose, by=room.worker)

    assert not live_consents(purpose).filter(subject_id=room.holder.pk).exists()
