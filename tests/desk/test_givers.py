"""爱心单位: the union looks, and its look is written down, before it lets anybody give."""

import pytest
from django.urls import reverse

from mashang.core.models import TrailEntry
from mashang.givers import actions
from mashang.givers.actions import Particulars
from mashang.givers.models import Organisation
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker, sign_in
from tests.givers.conftest import FIRST_17, credit_check_digit
from tests.pictures import make_jpeg
from tests.wishes.builders import make_claim, make_organisation, make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def applied(branch_a):
    told = Particulars(
        union=branch_a["county"],
        kind="enterprise",
        name="青山食品有限公司",
        credit_code=FIRST_17 + credit_check_digit(FIRST_17),
        contact_name="王丽",
        contact_phone="12000000001",
    )
    return actions.apply_for(told, licence=make_jpeg(), by=make_worker("王丽"))


@pytest.fixture
def approver(branch_a):
    return make_staff("县审批", branch_a["county"], Role.APPROVER)


@pytest.fixture
def desk(approver):
    return sign_in(approver)


def at(name, organisation):
    return reverse(f"desk:{name}", args=[organisation.pk])


def fresh(organisation):
    return Organisation.objects.get(pk=organisation.pk)


def test_those_that_wait_stand_on_the_list(desk, applied, branch_a):
    make_organisation(branch_a["county"], make_worker(), name="已经核实的单位")

    page = desk.get("/desk/organisations/").text
    assert "青山食品有限公司" in page and "已经核实的单位" not in page
    assert "已经核实的单位" in desk.get("/desk/organisations/?state=approved").text
    assert "青山食品有限公司" in desk.get("/desk/organisations/?state=nonsense").text


def test_a_look_at_the_contact_and_at_the_licence_is_written_down(desk, applied):
    looks = TrailEntry.objects.filter(action="organisation.looked_at")

    assert "12000000001" in desk.get(at("organisation", applied)).text and looks.count() == 1
    assert "data:image/jpeg;base64" in desk.get(at("licence", applied)).text
    assert looks.count() == 2


def test_another_branch_finds_nothing_and_a_clerk_may_not(applied, branch_b, chen):
    elsewhere = sign_in(make_staff("别县审批", branch_b["county"], Role.APPROVER))

    for name in ("organisation", "licence"):
        assert elsewhere.get(at(name, applied)).status_code == 404
        assert sign_in(chen).get(at(name, applied)).status_code == 403
    assert elsewhere.post(at("approve-organisation", applied)).status_code == 404


def test_the_union_approves(desk, applied):
    answer = desk.post(at("approve-organisation", applied))

    assert answer["Location"] == at("organisation", applied)
    assert fresh(applied).state == "approved"
    assert desk.post(at("approve-organisation", applied)).status_code == 409


def test_a_refusal_needs_its_reason(desk, applied):
    answer = desk.post(at("refuse-organisation", applied), {"why": ""})
    assert answer.status_code == 422 and fresh(applied).state == "applied"

    desk.post(at("refuse-organisation", applied), {"why": "执照看不清"})

    assert fresh(applied).refused_why == "执照看不清"
    assert "执照看不清" in desk.get(at("organisation", applied)).text


def test_an_organisation_is_suspended_with_its_history_at_hand_and_restored(desk, branch_a):
    member = make_worker()
    organisation = make_organisation(branch_a["county"], member)
    wish = make_wish(union=branch_a["own"])
    make_claim(wish, member, kind="organisation", organisation=organisation, state="lapsed")
    assert "逾期失效" in desk.get(at("organisation", organisation)).text

    desk.post(at("suspend-organisation", organisation), {"why": "逾期"})
    assert fresh(organisation).state == "suspended"
    desk.post(at("restore-organisation", organisation))

    assert fresh(organisation).state == "approved"


def test_what_was_decided_meanwhile_is_said_on_the_page(desk, applied, approver):
    actions.approve(fresh(applied), by=approver)

    answer = desk.post(at("refuse-organisation", applied), {"why": "晚了"})

    assert answer.status_code == 422 and "已核实" in answer.text
