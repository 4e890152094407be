"""转移: both unions agree, the file moves, nothing is lost."""

import pytest

from mashang import workflows
from mashang.cases.actions import transfers
from mashang.cases.models import Case, Transfer
from mashang.cases.refusals import TransferOpen
from mashang.core.errors import NotAllowed, WrongState
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make_branch()


@pytest.fixture
def there(here):
    return make_branch(here["province"], word="绿水")


@pytest.fixture
def giver(here):
    return make_staff("甲", here["county"], Role.KEEPER)


@pytest.fixture
def taker(there):
    return make_staff("乙", there["county"], Role.KEEPER)


def test_a_file_moves_when_both_sides_agree(here, there, giver, taker):
    case = make_case(here["own"])
    transfer = transfers.ask(case, to=there["own"], why="换了单位", by=giver)
    assert case in Case.objects.visible_to(giver) and case not in Case.objects.visible_to(taker)
    assert transfer in Transfer.objects.coming_to(taker)

    workflows.accept_transfer(transfer, by=taker)

    assert case not in Case.objects.visible_to(giver) and case in Case.objects.visible_to(taker)
    case.refresh_from_db()
    assert case.holder.union == there["own"] and case.versions.count() == 2


def test_only_the_taking_side_accepts(here, there, giver):
    transfer = transfers.ask(make_case(here["own"]), to=there["own"], why="", by=giver)

    with pytest.raises(NotAllowed):
        workflows.accept_transfer(transfer, by=giver)


def test_a_declined_transfer_leaves_the_file_and_can_be_asked_again(here, there, giver, taker):
    case = make_case(here["own"])
    transfer = transfers.ask(case, to=there["own"], why="", by=giver)
    with pytest.raises(TransferOpen):
        transfers.ask(case, to=there["own"], why="", by=giver)

    transfers.decline(transfer, by=taker)

    case.refresh_from_db()
    assert case.union == here["own"]
    with pytest.raises(WrongState):
        workflows.accept_transfer(Transfer.objects.get(pk=transfer.pk), by=taker)
    transfers.ask(case, to=there["own"], why="再次申请", by=giver)


def test_a_file_is_not_sent_to_where_it_is(here, giver):
    with pytest.raises(NotAllowed):
        transfers.ask(make_case(here["own"]), to=here["own"], why="", by=giver)
