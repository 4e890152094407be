"""本人页: the worker's own state, aid, helper, cards, and who looked."""

from datetime import date

import pytest

from mashang import workflows
from mashang.aid import actions as ledger
from mashang.cases.actions import access
from mashang.cases.models import Access, ChangeRequest
from mashang.codes import actions as codes
from mashang.codes import token
from mashang.unions.roles import Role
from tests.builders import make_application, make_staff, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(case, signed_in):
    return signed_in(case.holder.user)


def test_the_worker_sees_state_and_every_aid_received(case, client, chen, branch_a):
    proposal = ledger.propose(
        case.holder, project="living", fund="own_union", given_on=date(2026, 11, 2),
        amount_fen=200_000, by=chen,
    )  # fmt: skip
    ledger.confirm(proposal, by=make_staff("财务", branch_a["county"], Role.TREASURER))

    assert "2,000.00 元" in client.get("/own/").content.decode()
    page = client.get("/own/aid/").content.decode()
    assert "生活救助" in page and "本级工会经费" in page
    assert Access.objects.filter(basis=Access.Basis.SELF).count() == 1


def test_the_worker_sees_who_looked_and_why(case, client, branch_a):
    reviewer = make_staff("陈静", branch_a["county"], Role.REVIEWER)
    access.break_glass(case.holder, by=reviewer, reason="灾后核实住址")

    page = client.get("/own/looks/").content.decode()

    assert "青山县总工会" in page and "陈*" in page and "灾后核实" in page
    assert "陈静" not in page


def test_what_one_colleague_looked_at_on_one_day_is_one_line(case, client, branch_a):
    """The same page again within the minute is one look."""
    clerk = make_staff("陈静", branch_a["own"], Role.CLERK)
    for what in ("申请·概况", "申请·材料", "申请·概况"):
        access.log_access(case.holder, by=clerk, what=what)

    page = client.get("/own/looks/").content.decode()

    assert page.count("陈*") == 1 and "当天看了 2 次" in page and "申请·材料、申请·概况" in page


def test_a_refused_scan_is_listed_too(case, client, lu):
    codes.scan(token.mint(case.holder_id, 1), by=lu)

    assert "不在管辖范围" in client.get("/own/looks/").content.decode()


def test_someone_else_sees_their_own_emptiness(case, signed_in):
    stranger = signed_in(make_worker("路人"))

    assert "还没有申请过" in stranger.get("/own/").content.decode()
    for page in ("aid", "looks", "change"):
        assert stranger.get(f"/own/{page}/").status_code == 404
    assert "会为您制卡" in stranger.get("/own/cards/").content.decode()


def test_the_cards_are_listed_with_where_they_are(case, client):
    codes.reissue(case.holder, by=case.holder.user)

    page = client.get("/own/cards/").content.decode()

    assert "已挂失" in page and "待制卡" in page


def test_a_change_is_reported_and_an_empty_form_says_so(case, client):
    empty = client.post("/own/change/", {})
    assert empty.status_code == 422 and "至少填写一项" in empty.content.decode()

    told = client.post("/own/change/", {"address": "新居 5 号", "why": "搬家"}, follow=True)
    assert "已交给工会" in told.text

    assert ChangeRequest.objects.get().changes.reveal() == {"address": "新居 5 号"}
    again = client.post("/own/change/", {"address": "再搬"})
    assert again.status_code == 409 and "还在核实" in again.content.decode()


def test_a_file_that_has_ended_says_so_and_offers_nothing_that_is_refused(case, client):
    clerk = make_staff("陈静", case.union, Role.CLERK)
    assert "已建档" in client.get("/own/").text and "申报变动" in client.get("/own/").text
    workflows.close_case(case, reason="已解困脱困", by=clerk)

    page, matters = client.get("/own/").text, client.get("/matters/").text

    assert "已结束" in page and "已解困脱困" in page and "可以随时再申请" in page
    assert "档案已经办结，不再安排" in page and "结对已经" not in page and "还没有安排" not in page
    assert "看心愿办到哪一步了" in page  # one that was claimed before goes on
    assert "已建档" not in page and "申报变动" not in page
    assert "已结束（帮扶档案已办结）" in matters and "已建档" not in matters
    matter = client.get(f"/matters/{case.application_id}/").text
    assert "您家的帮扶档案已经办结" in matter and "工会会主动联系您" not in matter
    assert "再申请一次" in matter and 'href="/apply/"' in matter

    workflows.reopen_case(case, why="旧病复发", by=clerk)
    assert "已建档" in client.get("/own/").text and "已建档" in client.get("/matters/").text


def test_beside_a_living_file_what_is_under_way_is_shown_too(case, client):
    make_application(case.holder, kind="one_off", state="checking")

    page = client.get("/own/").text

    assert "已建档" in page and "临时救助" in page and "核查中" in page
