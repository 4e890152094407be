"""帮扶台账: two people, whole fen, nothing edited."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from mashang import workflows
from mashang.aid import actions
from mashang.aid.models import Aid, AidProposal
from mashang.aid.queries import received, total_fen
from mashang.cases.actions import transfers
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff
from tests.cases.households import make_case
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def holder(branch_a, li):
    return make_holder(branch_a["own"], li)


@pytest.fixture
def treasurer(branch_a):
    return make_staff("财务", branch_a["county"], Role.TREASURER)


@pytest.fixture
def proposal(holder, chen):
    return actions.propose(
        holder, project="living", fund="own_union", given_on=DAY, amount_fen=123_450, by=chen
    )


def test_a_line_enters_the_ledger_when_the_second_person_has_looked(proposal, holder, treasurer):
    assert total_fen(holder) == 0

    line = actions.confirm(proposal, by=treasurer)

    assert total_fen(holder) == 123_450 and list(received(holder)) == [line]
    assert {line.first_by, line.second_by} == {proposal.proposed_by, treasurer}


def test_nobody_confirms_what_they_wrote_down(holder, branch_a):
    both = make_staff("身兼两职", branch_a["county"], Role.CLERK, Role.TREASURER)
    proposal = actions.propose(
        holder, project="goods", fund="donation", given_on=DAY, goods="棉被一床", by=both
    )

    with pytest.raises(actions.NeedsSecondPerson):
        actions.confirm(proposal, by=both)
    assert not Aid.objects.exists()


def test_people_without_the_right_or_of_another_branch_write_nothing(holder, proposal, chen, lu):
    with pytest.raises(NotAllowed):
        actions.propose(holder, project="living", fund="county", given_on=DAY, amount_fen=1, by=lu)
    with pytest.raises(NotAllowed):
        actions.confirm(proposal, by=chen)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount_fen": 0}, "amount_fen"),
        ({"amount_fen": -5}, "amount_fen"),
        ({"amount_fen": 5, "given_on": timezone.localdate() + timedelta(days=1)}, "given_on"),
    ],
)
def test_a_line_that_gives_nothing_or_lies_ahead_gets_a_sentence(holder, chen, given, field):
    values = {"project": "living", "fund": "county", "given_on": DAY, **given}

    with pytest.raises(Invalid) as refusal:
        actions.propose(holder, by=chen, **values)
    assert refusal.value.fields[field]


def test_a_proposal_is_confirmed_or_rejected_once(proposal, treasurer):
    actions.reject(proposal, by=treasurer)

    with pytest.raises(WrongState):
        actions.confirm(AidProposal.objects.get(pk=proposal.pk), by=treasurer)


def test_a_wrong_line_is_reversed_once_and_both_stay_to_be_read(proposal, holder, chen, treasurer):
    line = actions.confirm(proposal, by=treasurer)

    asked = actions.propose_reversal(line, why="金额写错", by=chen)
    assert total_fen(holder) == 123_450
    with pytest.raises(actions.AlreadyReversed):
        actions.propose_reversal(line, why="再点一次", by=chen)
    reversal = actions.confirm(asked, by=treasurer)

    assert total_fen(holder) == 0 and reversal.amount_fen == -123_450
    assert received(holder).count() == 2
    for again in (line, reversal):
        with pytest.raises(actions.AlreadyReversed):
            actions.propose_reversal(again, why="金额写错", by=chen)


def test_nobody_reverses_alone_and_a_rejected_reversal_may_be_asked_again(
    proposal, holder, branch_a, chen, treasurer
):
    line = actions.confirm(proposal, by=treasurer)
    both = make_staff("身兼两职", branch_a["county"], Role.CLERK, Role.TREASURER)
    asked = actions.propose_reversal(line, why="金额写错", by=both)

    with pytest.raises(actions.NeedsSecondPerson):
        actions.confirm(asked, by=both)
    with pytest.raises(NotAllowed):
        actions.propose_reversal(line, why="金额写错", by=treasurer)
    actions.reject(asked, by=treasurer)

    assert actions.propose_reversal(line, why="金额写错", by=chen).reverses == line
    assert total_fen(holder) == 123_450


def test_the_ledger_is_never_rewritten(proposal, treasurer):
    line = actions.confirm(proposal, by=treasurer)

    for rewrite in (lambda: Aid.objects.update(amount_fen=1), line.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite()


@pytest.mark.django_db(transaction=True)
def test_twenty_confirmations_at_once_make_one_line(proposal, treasurer):
    press_at_once(
        [
            lambda: actions.confirm(AidProposal.objects.get(pk=proposal.pk), by=treasurer)
            for _ in range(20)
        ]
    )

    assert Aid.objects.count() == 1


def test_after_a_move_a_wrong_line_is_reversed_by_who_has_the_file_and_confirmed_where_it_was_paid(
    branch_a, branch_b, treasurer
):
    clerk = make_staff("旧经办", branch_a["own"], Role.CLERK)
    case = make_case(branch_a["own"], by=clerk)
    line = actions.confirm(
        actions.propose(
            case.holder, project="living", fund="county", given_on=DAY, amount_fen=100, by=clerk
        ),
        by=treasurer,
    )
    asked = transfers.ask(
        case, to=branch_b["own"], why="搬家", by=make_staff("甲", branch_a["own"], Role.REVIEWER)
    )
    workflows.accept_transfer(asked, by=make_staff("乙", branch_b["own"], Role.REVIEWER))
    line = Aid.objects.get(pk=line.pk)

    with pytest.raises(NotAllowed):
        actions.propose_reversal(line, why="重复发放", by=clerk)
    new_clerk = make_staff("新经办", branch_b["own"], Role.CLERK)
    wrong = actions.propose_reversal(line, why="重复发放", by=new_clerk)
    with pytest.raises(NotAllowed):
        actions.confirm(wrong, by=make_staff("别处财务", branch_b["county"], Role.TREASURER))
    actions.confirm(wrong, by=treasurer)

    assert total_fen(case.holder) == 0
