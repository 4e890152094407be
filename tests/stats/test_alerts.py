"""异常提醒: keepers and auditors see broken glass and refused scans of their branch."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.cases.actions import access
from mashang.cases.models import Alert
from mashang.codes.models import QrCode, Scan
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.cases.offices import application_of, make_office, submit

PAGE = "/desk/alerts/"
REASON = "夜间来电求助，需要核实"


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def holder(office):
    return application_of(submit(office)).holder


@pytest.fixture
def keeper(branch_a):
    return make_staff("沈管", branch_a["county"], Role.KEEPER)


def test_a_broken_glass_stands_there_once_with_who_and_why(office, holder, keeper, signed_in):
    access.break_glass(holder, reason=REASON, by=office.approver)
    access.log_access(holder, by=office.approver, what="申请·概况")

    page = signed_in(keeper).get(PAGE).text

    assert page.count(REASON) == 1 and "方正" in page and "青山县总工会" in page
    assert holder.name not in page and "李*" in page


def test_whoever_looks_into_it_reads_who_works_where_and_can_close_that_account(
    office, holder, keeper, signed_in
):
    """The colleague sits at the county, the family's file lies in a union below."""
    access.break_glass(holder, reason=REASON, by=office.approver)
    alert = Alert.objects.get()
    assert alert.union != office.approver.posts.get().union
    desk = signed_in(keeper)

    page = desk.get(f"{PAGE}{alert.pk}/").text
    link = re.search(r'href="(/desk/unions/[^"]+/close/)"', page)

    assert "方正 · 青山县总工会 审批人" in page and alert.union.name in page
    assert "当天超出" not in page and "选填" not in page
    assert link and desk.get(link[1]).status_code == 200


def test_a_colleague_who_works_above_is_not_offered_for_closing(
    holder, keeper, branch_a, signed_in
):
    above = make_staff("韦上", branch_a["city"], Role.APPROVER)
    access.break_glass(holder, reason=REASON, by=above)

    assert "停用账号" not in signed_in(keeper).get(f"{PAGE}{Alert.objects.get().pk}/").text


def test_to_take_it_up_needs_no_finding_and_to_settle_it_does(office, holder, keeper, signed_in):
    access.break_glass(holder, reason=REASON, by=office.approver)
    address = f"{PAGE}{Alert.objects.get().pk}/"
    desk = signed_in(keeper)

    assert desk.post(address, {"decision": "settle", "found": ""}).status_code == 422
    assert desk.post(address, {"decision": "take", "found": ""}).status_code == 302
    assert Alert.objects.get().taken_by == keeper


def test_a_refused_scan_of_a_colleague_from_elsewhere_stands_there(holder, keeper, lu, signed_in):
    code = QrCode.objects.create(holder=holder, generation=1, lookup="0" * 64)
    Scan.objects.create(code=code, viewer=lu, shown=Scan.Shown.REFUSED, reason="不在管辖范围")
    Scan.objects.create(code=code, viewer=None, shown=Scan.Shown.NEUTRAL)

    page = signed_in(keeper).get(PAGE).text
    assert page.count("扫码被拒绝") == 1 and "陆敏" in page


def test_the_branch_beside_sees_nothing_of_it(office, holder, branch_b, signed_in):
    access.break_glass(holder, reason=REASON, by=office.approver)
    other = make_staff("韦管", branch_b["county"], Role.KEEPER)
    page = signed_in(other).get(PAGE).text
    assert REASON not in page and "没有被拒绝的扫码" in page


def test_what_is_older_than_three_months_is_no_longer_news(holder, office, keeper, signed_in):
    long_ago = timezone.now() - timedelta(days=91)
    look = access.break_glass(holder, reason=REASON, by=office.approver)
    twin = type(look)(
        holder=holder, viewer=office.approver, basis="break_glass", what=look.what,
        reason="很久以前的一次", created_at=long_ago,
    )  # fmt: skip
    twin.save(force_insert=True)
    assert "很久以前的一次" not in signed_in(keeper).get(PAGE).text


@pytest.mark.parametrize("who", ["clerk", "reviewer"])
def test_those_who_are_watched_do_not_watch(office, signed_in, who):
    assert signed_in(getattr(office, who)).get(PAGE).status_code == 403
