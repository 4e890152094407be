"""回避: whoever works for the union has nothing to do with the file of their own family."""

from datetime import date

import pytest

from mashang import workflows
from mashang.accounts.actions import profile
from mashang.aid import actions as aid
from mashang.cases.actions import changes, files, pairings, transfers
from mashang.cases.models import Case
from mashang.core.errors import NotAllowed
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
AID = {"project": "living", "fund": "own_union", "given_on": DAY, "amount_fen": 100}


@pytest.fixture
def case(branch_a):
    return make_case(branch_a["own"])


@pytest.fixture
def brother(case, branch_a):
    """Holds every role at the county, and has declared the holder as kin."""
    roles = (Role.CLERK, Role.REVIEWER, Role.TREASURER, Role.KEEPER)
    brother = make_staff("李春林", branch_a["county"], *roles)
    profile.declare_relative(case.holder.id_number.reveal(), "兄弟姐妹", by=brother)
    return brother


ACTS = {
    "change": lambda case, by: changes.change(case, {"employer": "新厂"}, why="换工作", by=by),
    "check a fact": lambda case, by: files.check_fact(case, "income", by=by),
    "close": lambda case, by: workflows.close_case(case, reason="已解困脱困", by=by),
    "pair": lambda case, by: pairings.propose(case, helper=make_worker("黄志强"), by=by),
    "plan": lambda case, by: changes.set_plan(
        case, measures=["skills"], text="学厨师", target_on=DAY, progress="", by=by
    ),
    "give aid": lambda case, by: aid.propose(case.holder, **AID, by=by),
    "transfer": lambda case, by: transfers.ask(case, to=case.union.parent, why="搬家", by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_works_on_the_file_of_a_relative(case, brother, act):
    with pytest.raises(NotAllowed, match="回避"):
        ACTS[act](case, brother)


@pytest.mark.parametrize("act", ACTS)
def test_nobody_works_on_their_own_file(case, branch_a, act):
    roles = (Role.CLERK, Role.REVIEWER, Role.TREASURER, Role.KEEPER)
    self_served = make_staff("李春燕", branch_a["county"], *roles)
    case.holder.user = self_served
    case.holder.save()

    with pytest.raises(NotAllowed, match="回避"):
        ACTS[act](Case.objects.select_related("holder", "union").get(pk=case.pk), self_served)


def test_the_second_person_is_no_relative_either(case, brother, branch_a):
    clerk = make_staff("陈静", branch_a["county"], Role.CLERK, Role.REVIEWER)
    transfer = transfers.ask(case, to=branch_a["town"], why="搬家", by=clerk)
    proposal = aid.propose(case.holder, **AID, by=clerk)
    pair = pairings.propose(case, helper=make_worker("黄志强"), by=clerk)

    for act, row in (
        (aid.confirm, proposal), (aid.reject, proposal), (pairings.confirm, pair),
        (workflows.accept_transfer, transfer), (transfers.decline, transfer),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="回避"):
            act(row, by=brother)
