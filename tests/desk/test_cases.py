"""档案清单和档案页: what is shown, masked, to whom, and that the look is written down."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang.aid import actions as aid
from mashang.cases.models import Access, Case, Fact
from mashang.desk.cases.files import TABS
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff
from tests.cases.households import make_case
from tests.desk.files import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_room(branch_a["own"])


@pytest.fixture
def desk(signed_in, room):
    return signed_in(room.clerk)


def test_the_list_shows_the_own_branch_masked(desk, room, branch_b) -> None:
    other = make_case(branch_b["own"])
    page = desk.get("/desk/cases/").text

    assert room.case.case_no in page and "李*" in page and "李春燕" not in page
    assert other.case_no not in page


def test_lists_lead_only_to_files_that_open(signed_in, room, branch_a) -> None:
    """Treasurer and county clerk read the list; a file opens for them while something there waits for them."""
    treasurer = make_staff("县财务", branch_a["county"], Role.TREASURER)
    county_clerk = make_staff("县经办", branch_a["county"], Role.CLERK)
    approver = make_staff("市审批", branch_a["city"], Role.APPROVER)

    def leads(colleague) -> bool:
        desk = signed_in(colleague)
        page = desk.get("/desk/cases/").text
        found = desk.post("/desk/search/", {"q": room.case.case_no}).text
        assert room.case.case_no in page and room.case.case_no in found
        link = f'href="{room.address()}"'
        assert (link in page) == (link in found)
        return link in page

    for colleague in (treasurer, county_clerk):
        assert signed_in(colleague).get(room.address()).status_code == 403
        assert not leads(colleague)
    assert leads(room.clerk) and leads(
        approver
    )  # who may break the glass is asked for a reason there
    make_line(room, fen=30_000)
    assert leads(treasurer) and signed_in(treasurer).get(room.address()).status_code == 200


def test_the_list_costs_the_same_for_few_files_and_for_many(signed_in, room, branch_a) -> None:
    desk = signed_in(make_staff("县经办", branch_a["county"], Role.CLERK))

    def statements(files: int) -> int:
        for _ in range(files - Case.objects.count()):
            make_case(branch_a["own"])
        with CaptureQueriesContext(connection) as seen:
            assert desk.get("/desk/cases/").status_code == 200
        return len(seen)

    assert statements(2) == statements(12)


def make_line(room, fen: int) -> None:
    aid.propose(
        room.case.holder, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=fen, by=room.clerk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("category=deep", True),
        ("category=relative", False),
        ("level=county", True),
        ("level=nation", False),
        ("state=closed", False),
        ("show=no_helper", True),
        ("show=stale", False),
        ("show=change", False),
        ("show=pairing", False),
        ("show=nonsense&category=x", True),
    ],
)
def test_every_filter_stands_in_the_address(desk, room, query, is_there) -> None:
    assert (room.case.case_no in desk.get(f"/desk/cases/?{query}").text) is is_there


def test_a_file_that_nobody_checked_for_a_year_is_found(desk, room) -> None:
    long_ago = timezone.localdate() - timedelta(days=400)
    Fact.objects.filter(case=room.case, key="income").update(checked_on=long_ago)

    assert "信息待核实" in desk.get("/desk/cases/?show=stale").text
    assert "超过一年没核实" in desk.get(room.address()).text


def test_the_list_costs_the_same_for_one_file_and_for_many(
    desk, branch_a, django_assert_max_num_queries
) -> None:
    desk.get("/desk/cases/")
    for _ in range(12):
        make_case(branch_a["own"])
    with django_assert_max_num_queries(8):
        desk.get("/desk/cases/")


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_is_a_look_that_is_written_down(desk, room, tab) -> None:
    page = desk.get(room.address(f"{tab}/"))

    assert page.status_code == 200 and room.case.case_no in page.text
    assert "李春燕" not in page.text
    look = Access.objects.get(viewer=room.clerk)
    assert (look.basis, look.what) == ("keeping", f"档案·{TABS[tab]}")


def test_what_no_tab_is_called_is_not_there(desk, room) -> None:
    assert desk.get(room.address("nothing/")).status_code == 404


def test_beside_the_branch_there_is_no_such_file(signed_in, lu, room) -> None:
    assert signed_in(lu).get(room.address()).status_code == 404
    assert not Access.objects.exists()


def test_in_scope_but_without_a_tie_only_the_glass_is_offered(signed_in, room, branch_a) -> None:
    reviewer = make_staff("莫远", branch_a["city"], Role.REVIEWER)
    page = signed_in(reviewer).get(room.address())

    assert page.status_code == 403
    assert f"/desk/households/{room.case.holder_id}/break-glass/" in page.text
    assert not Access.objects.exists()


def test_roles_without_files_have_no_list(signed_in, branch_a) -> None:
    auditor = make_staff("监督", branch_a["own"], Role.AUDITOR)
    assert signed_in(auditor).get("/desk/cases/").status_code == 403


def test_who_has_only_applied_leads_to_the_application(desk, branch_a) -> None:
    from_draft = make_holder(branch_a["own"])
    assert desk.get(f"/desk/holders/{from_draft.pk}/").status_code == 404


def test_a_hidden_value_is_shown_by_itself_and_logged(desk, room) -> None:
    plain = room.case.holder.phone.reveal()
    assert plain not in desk.get(room.address()).text

    page = desk.post(room.address("reveal/phone/"), {"purpose": "call"})

    assert plain in page.text
    look = Access.objects.latest("created_at")
    assert (look.what, look.reason) == ("显示手机号", "电话联系本人")
    assert desk.post(room.address("reveal/bank/")).status_code == 404
    assert desk.get(room.address("reveal/phone/")).status_code == 405


def test_the_address_is_revealed_as_the_file_says_it(desk, room) -> None:
    assert (
        "幸福里 3 栋 201" in desk.post(room.address("reveal/address/"), {"purpose": "visit"}).text
    )
