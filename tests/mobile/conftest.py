"""A family on file with its code, and its helper; an enterprise and the phone of its buyer."""

import pytest
from django.utils import timezone

from mashang.accounts.models import Consent
from mashang.cases.actions import pairings
from mashang.codes import actions, token
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker, sign_in
from tests.cases.households import make_case
from tests.wishes.builders import make_organisation


@pytest.fixture
def case(branch_a):
    case = make_case(branch_a["own"])
    actions.issue_for(case.holder, by=case.holder.user)
    return case


@pytest.fixture
def address(case):
    return f"/S/{token.mint(case.holder_id, 1)}"


@pytest.fixture
def helper(case, branch_a):
    helper = make_worker("黄志强")
    live = pairings.propose(
        case, helper=helper, by=make_staff("甲", branch_a["county"], Role.REVIEWER)
    )
    pairings.confirm(live, by=make_staff("乙", branch_a["county"], Role.APPROVER))
    Consent.objects.create(
        subject_id=case.holder_id,
        purpose=Consent.Purpose.HELPER,
        version="1",
        recorded_by=case.holder.user,
        given_at=timezone.now(),
    )
    return helper


@pytest.fixture
def wang():
    return make_worker("王丽")


@pytest.fixture
def phone(wang):
    return sign_in(wang)


@pytest.fixture
def organisation(branch_a, wang):
    return make_organisation(branch_a["county"], wang)
