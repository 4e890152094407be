"""待复核帮扶、待接收档案: the second person's lists."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.aid import actions as aid
from mashang.aid.models import Aid, AidProposal
from mashang.cases.actions import transfers
from mashang.cases.models import Transfer
from mashang.codes import actions as codes
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.desk.files import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_room(branch_a["own"])


@pytest.fixture
def proposal(room):
    today = timezone.localdate()
    return aid.propose(
        room.case.holder, project="living", fund="own_union", amount_fen=50_000, given_on=today,
        by=room.clerk,
    )  # fmt: skip


@pytest.fixture
def transfer(room, branch_b):
    return transfers.ask(room.now(), to=branch_b["own"], why="搬家", by=room.reviewer)


def test_the_treasurer_confirms_into_the_ledger(signed_in, room, proposal) -> None:
    desk = signed_in(room.treasurer)
    page = desk.get("/desk/aid/").text
    assert "500.00 元" in page and "李*" in page and "李春燕" not in page

    desk.post(f"/desk/aid/{proposal.pk}/confirm/")
    assert Aid.objects.get().second_by == room.treasurer
    assert desk.post(f"/desk/aid/{proposal.pk}/confirm/").status_code == 409


def test_the_treasurer_sends_back(signed_in, room, proposal) -> None:
    signed_in(room.treasurer).post(f"/desk/aid/{proposal.pk}/reject/")
    assert AidProposal.objects.get().state == "rejected" and not Aid.objects.exists()


def test_only_treasurers_of_the_branch_confirm(signed_in, room, proposal, branch_b) -> None:
    assert signed_in(room.clerk).get("/desk/aid/").status_code == 403
    desk = signed_in(make_staff("别处财务", branch_b["own"], Role.TREASURER))
    assert "李*" not in desk.get("/desk/aid/").text
    assert desk.post(f"/desk/aid/{proposal.pk}/confirm/").status_code == 404


def test_the_other_union_takes_the_file(signed_in, room, transfer, branch_b) -> None:
    desk = signed_in(make_staff("林春生", branch_b["county"], Role.REVIEWER))
    page = desk.get("/desk/transfers/").text
    assert room.case.case_no in page and "李春燕" not in page

    desk.post(f"/desk/transfers/{transfer.pk}/accept/")
    assert room.now().union == branch_b["own"]
    assert desk.post(f"/desk/transfers/{transfer.pk}/accept/").status_code == 409


def test_the_card_waits_in_the_new_unions_queue(signed_in, room, transfer, branch_b) -> None:
    card = codes.issue_for(room.case.holder, by=room.clerk).card
    workflows.accept_transfer(transfer, by=make_staff("林春生", branch_b["county"], Role.REVIEWER))

    clerk = make_staff("陆敏", branch_b["own"], Role.CLERK)
    assert card.serial in signed_in(clerk).get("/desk/cards/").text
    assert card.serial not in signed_in(room.clerk).get("/desk/cards/").text
    codes.print_cards([card.pk], by=clerk)


def test_the_other_union_leaves_it(signed_in, room, transfer, branch_a, branch_b) -> None:
    desk = signed_in(make_staff("林春生", branch_b["county"], Role.REVIEWER))
    desk.post(f"/desk/transfers/{transfer.pk}/decline/")

    assert Transfer.objects.get().state == "declined"
    assert room.now().union == branch_a["own"]


def test_the_giving_side_does_not_take_for_the_other(signed_in, room, transfer) -> None:
    desk = signed_in(room.keeper)
    assert room.case.case_no not in desk.get("/desk/transfers/").text
    assert desk.post(f"/desk/transfers/{transfer.pk}/accept/").status_code == 404


def test_empty_lists_say_so(signed_in, room) -> None:
    assert "没有等待复核的帮扶" in signed_in(room.treasurer).get("/desk/aid/").text
    assert "没有等待接收的档案" in signed_in(room.reviewer).get("/desk/transfers/").text


def test_the_queue_of_aid_costs_the_same_for_one_line_and_for_many(
    signed_in, room, proposal, django_assert_max_num_queries
) -> None:
    desk = signed_in(room.treasurer)
    desk.get("/desk/aid/")
    for days in range(10):
        aid.propose(
            room.case.holder, project="living", fund="own_union", amount_fen=10_000,
            given_on=timezone.localdate() - timedelta(days=days), by=room.clerk,
        )  # fmt: skip
    with django_assert_max_num_queries(7):
        assert desk.get("/desk/aid/").text.count("复核入账") > 10
