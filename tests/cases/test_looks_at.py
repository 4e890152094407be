"""谁看过我的档案: one line a person, day and reason; nobody is pushed off the page, nothing is counted away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.cases.actions.access import log_access
from mashang.cases.models import Access
from mashang.cases.queries.looks import PER_PAGE, looks_at
from mashang.codes import actions as codes
from mashang.codes import token
from mashang.core.db.compiled import CompiledInsert
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db
WRITE = CompiledInsert(Access)


@pytest.fixture
def case(branch_a):
    return make_case(branch_a["own"])


def look(case, viewer, *, ago: timedelta, what: str = "档案·概况", reason: str = "") -> None:
    """A row as it was written some time ago."""
    WRITE.insert_row(
        Access(
            holder=case.holder, viewer=viewer, union=case.union, basis="keeping", what=what,
            reason=reason, created_at=timezone.now() - ago,
        )
    )  # fmt: skip


def test_five_hundred_and_ten_reloads_of_one_push_nobody_off_the_page(case, branch_a, signed_in):
    quiet, busy = (make_staff(name, branch_a["own"], Role.CLERK) for name in ("静水", "陈忙"))
    look(case, quiet, ago=timedelta(days=2))
    for number in range(510):
        look(case, busy, ago=timedelta(days=1, seconds=number))

    page = looks_at(case.holder)

    assert [row.who for row in page][-1] == "静*" and page.paginator.count <= 3
    assert sum(row.times for row in page if row.who == "陈*") == 510
    assert "静*" in signed_in(case.holder.user).get("/own/looks/").text


def test_the_very_first_look_is_found_however_many_followed(case, branch_a, signed_in):
    clerk = make_staff("陈静", branch_a["own"], Role.CLERK)
    days = 2 * PER_PAGE + 3
    for day in range(days):
        look(case, clerk, ago=timedelta(days=day), reason=f"第 {day} 天")

    phone, seen, number = signed_in(case.holder.user), "", 1
    while "更早的" in (page := phone.get(f"/own/looks/?page={number}").text):
        seen, number = seen + page, number + 1

    assert number == 3 and f"第 {days - 1} 天" in seen + page


@pytest.mark.parametrize("number", ["0", "-1", "99", "甲", "1e9", ""])
def test_a_page_that_is_not_there_shows_the_nearest_one(case, branch_a, signed_in, number):
    look(case, make_staff("陈静", branch_a["own"], Role.CLERK), ago=timedelta(hours=1))
    assert "陈*" in signed_in(case.holder.user).get(f"/own/looks/?page={number}").text


def test_a_few_queries_whatever_the_number_of_rows(case, branch_a, django_assert_max_num_queries):
    clerk = make_staff("陈静", branch_a["own"], Role.CLERK)
    for day in range(60):
        look(case, clerk, ago=timedelta(days=day))

    with django_assert_max_num_queries(5):
        list(looks_at(case.holder))


def test_the_minutes_first_read_writes_and_later_ones_find_it(case, branch_a):
    clerk = make_staff("陈静", branch_a["own"], Role.CLERK)
    for _ in range(5):
        log_access(case.holder, by=clerk, what="档案·概况")
    log_access(case.holder, by=clerk, what="档案·帮扶")
    log_access(case.holder, by=clerk, what="显示手机号", reason="电话联系")

    assert Access.objects.filter(viewer=clerk).count() == 3


def test_the_next_minute_writes_anew(case, branch_a, monkeypatch):
    clerk, now = make_staff("陈静", branch_a["own"], Role.CLERK), timezone.now()
    for seconds in (0, 61, 122):
        later = now + timedelta(seconds=seconds)
        monkeypatch.setattr("mashang.cases.actions.access.timezone.now", lambda at=later: at)
        log_access(case.holder, by=clerk, what="档案·概况")

    assert Access.objects.filter(viewer=clerk).count() == 3


def test_who_held_the_card_and_saw_nothing_is_counted(case, signed_in):
    codes.issue_for(case.holder, by=case.holder.user)
    phone = signed_in(case.holder.user)
    assert "无关的人扫过您的码" not in phone.get("/own/looks/").text

    codes.scan(token.mint(case.holder_id, 1), by=None)
    codes.scan(token.mint(case.holder_id, 1), by=make_worker("路人"))

    page = phone.get("/own/looks/").text
    assert "一共 2 次" in page and "路*" not in page
