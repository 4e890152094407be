"""查阅: who may look into a household, why, and that the look is written down first."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import User
from mashang.aid import actions as aid
from mashang.cases.actions import access, changes, pairings, reviews, transfers
from mashang.cases.models import Access, Case
from mashang.cases.queries.access import access_basis
from mashang.core.errors import Invalid, NotAllowed
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.cases.offices import TAKE, application_of, bring_to, make_office, submit

Basis = Access.Basis


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def step(office):
    return submit(office)


@pytest.fixture
def holder(step):
    return application_of(step).holder


def test_whoever_may_take_the_open_step_is_tied_to_it(office, holder):
    assert access_basis(office.clerk, holder) == Basis.REVIEW
    assert access_basis(office.county_clerk, holder) == Basis.REVIEW  # a post above counts


def test_those_whose_turn_it_is_not_are_not(office, holder, lu):
    for stranger in (office.reviewer, office.approver, lu):
        assert access_basis(stranger, holder) is None


def test_an_office_that_took_a_step_stays_tied_while_the_application_lives(office):
    step = bring_to("recheck", office)
    holder = application_of(step).holder
    assert (
        access_basis(office.clerk, holder) == access_basis(office.colleague, holder) == Basis.REVIEW
    )

    reviews.refuse(step, by=office.reviewer, reason_code="N6")
    assert access_basis(office.clerk, holder) is None


def test_the_union_that_keeps_the_file_its_county_and_the_keeper_above_see_it(office):
    step = bring_to("filing", office)
    TAKE["filing"](step, office)
    holder = Case.objects.get().holder
    keeper = make_staff("沈管", office.branch["county"], Role.KEEPER)

    offices = (office.clerk, office.colleague, office.county_reviewer, office.approver, keeper)
    assert {access_basis(one, holder) for one in offices} == {Basis.KEEPING}
    city = make_staff("市里", office.branch["city"], Role.CLERK)
    done = (
        office.reviewer,
        office.county_clerk,
        city,
    )  # their steps are past, nothing waits for them
    assert {access_basis(one, holder) for one in done} == {None}


def test_work_on_a_file_opens_it_until_it_is_done(office):
    step = bring_to("filing", office)
    TAKE["filing"](step, office)
    case = Case.objects.select_related("holder", "union").get()
    treasurer = make_staff("卢财", office.branch["county"], Role.TREASURER)
    assert access_basis(office.county_clerk, case.holder) is None
    assert access_basis(treasurer, case.holder) is None

    request = changes.report_change(case, {"address": "新村 3 号"}, why="搬家", by=case.holder.user)
    proposal = aid.propose(
        case.holder, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=50_000, by=office.clerk,
    )  # fmt: skip
    assert access_basis(office.county_clerk, case.holder) == Basis.TASK
    assert access_basis(treasurer, case.holder) == Basis.TASK

    changes.accept_change(request, by=office.county_clerk)
    aid.confirm(proposal, by=treasurer)
    for user in (office.county_clerk, treasurer):
        assert access_basis(User.objects.get(pk=user.pk), case.holder) is None


def test_an_office_that_the_file_has_left_is_tied_no_longer(office, branch_b):
    step = bring_to("filing", office)
    TAKE["filing"](step, office)
    case = Case.objects.get()
    transfer = transfers.ask(case, to=branch_b["own"], why="搬家", by=office.county_reviewer)
    workflows.accept_transfer(transfer, by=make_staff("蓝接", branch_b["county"], Role.REVIEWER))

    holder = Case.objects.get().holder
    assert access_basis(office.clerk, holder) is access_basis(office.county_clerk, holder) is None
    assert access_basis(make_staff("莫办", branch_b["own"], Role.CLERK), holder) == Basis.KEEPING


def test_a_look_is_written_down_with_its_basis(office, holder):
    access.log_access(holder, by=office.clerk, what="申请")
    look = Access.objects.get()
    assert (look.viewer, look.basis, look.union) == (office.clerk, "review", holder.union)


def test_without_a_tie_nothing_is_opened_and_nothing_written(office, holder):
    with pytest.raises(access.NoAccessBasis):
        access.log_access(holder, by=office.approver, what="申请")
    assert not Access.objects.exists()


def test_if_the_look_cannot_be_written_the_reading_fails(office, holder, monkeypatch):
    def broken(row):
        raise DatabaseError("log store is down")

    monkeypatch.setattr(access.NEW_LOOK, "insert_row", broken)
    with pytest.raises(DatabaseError):
        access.log_access(holder, by=office.clerk, what="申请")


def test_breaking_the_glass_opens_for_half_an_hour_and_tells_every_keeper_above(office, holder):
    keepers = [make_staff("沈管", office.branch[kind], Role.KEEPER) for kind in ("county", "city")]
    access.break_glass(holder, reason="半夜来电求助，需核实住址", by=office.approver)

    assert access_basis(office.approver, holder) == Basis.BREAK_GLASS
    told = Notice.objects.filter(kind="case.glass_broken")
    assert {n.user_id for n in told} == {k.pk for k in keepers}
    assert all("求助" not in n.body and holder.name not in n.body for n in told)


def test_looking_does_not_keep_the_glass_open(office, holder):
    access.break_glass(holder, reason="半夜来电求助，需核实住址", by=office.approver)
    look = access.log_access(holder, by=office.approver, what="申请")
    assert look.basis == Basis.BREAK_GLASS
    late = timezone.now() + timedelta(minutes=31)
    with patch("mashang.cases.queries.access.timezone.now", return_value=late):
        assert access_basis(office.approver, holder) is None


def test_nobody_makes_their_own_way_in(office):
    """What a colleague proposed is a task for others, not for themselves."""
    step = bring_to("filing", office)
    TAKE["filing"](step, office)
    case = Case.objects.select_related("holder", "union").get()
    city = make_staff("市里", office.branch["city"], Role.REVIEWER)
    other = make_staff("也在市里", office.branch["city"], Role.REVIEWER)

    pairings.propose(case, helper=make_worker("韦助"), by=city)

    assert access_basis(city, case.holder) is None
    assert access_basis(other, case.holder) == Basis.TASK


def test_after_half_an_hour_the_glass_is_whole_again(office, holder):
    Access.objects.create(
        holder=holder, viewer=office.approver, basis="break_glass", what="应急查阅",
        reason="半夜来电求助", created_at=timezone.now() - timedelta(minutes=31),
    )  # fmt: skip
    assert access_basis(office.approver, holder) is None


def test_the_reason_has_to_be_told(office, holder):
    with pytest.raises(Invalid):
        access.break_glass(holder, reason="看看", by=office.approver)


def test_who_has_no_such_permission_or_another_branch_may_not(office, holder, branch_b):
    approver_b = make_staff("韦审", branch_b["county"], Role.APPROVER)
    for by in (office.clerk, approver_b):
        with pytest.raises(NotAllowed):
            access.break_glass(holder, reason="半夜来电求助，需核实住址", by=by)
