"""Who gives, who approves."""

import pytest

from mashang.core.privacy.identity import credit_check_digit
from mashang.givers import actions
from mashang.givers.actions import Particulars
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.pictures import make_jpeg

FIRST_17 = "91450100MA5K00001"


@pytest.fixture
def wang():
    """王: applies for an organisation."""
    return make_worker("王丽")


@pytest.fixture
def approver(branch_a):
    return make_staff("县审批", branch_a["county"], Role.APPROVER)


@pytest.fixture
def told(branch_a):
    code = FIRST_17 + credit_check_digit(FIRST_17)
    return Particulars(
        union=branch_a["county"],
        kind="enterprise",
        name="青山食品有限公司",
        credit_code=code,
        contact_name="王丽",
        contact_phone="12000000001",
    )


@pytest.fixture
def applied(told, wang):
    return actions.apply_for(told, licence=make_jpeg(), by=wang)


@pytest.fixture
def approved(applied, approver):
    actions.approve(applied, by=approver)
    applied.refresh_from_db()
    return applied
