"""外框: what stands around a page also stands around one that is not there."""

import pytest
from django.utils import timezone

from mashang.unions.actions import posts
from mashang.unions.roles import Role
from tests.builders import make_staff

pytestmark = pytest.mark.django_db


def test_an_address_that_never_was_is_a_page_that_says_so(chen, signed_in):
    response = signed_in(chen).get("/desk/no-such-place/")

    assert response.status_code == 404 and "没有找到" in response.content.decode()
    assert "待办" in response.content.decode()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
def test_the_search_is_offered_to_those_alone_who_may_open_what_it_finds(
    role, branch_a, chen, signed_in
):
    assert 'role="search"' in signed_in(chen).get("/desk/inbox/").text

    desk = signed_in(make_staff("不看档案的", branch_a["county"], role))

    assert 'role="search"' not in desk.get("/desk/inbox/").text
    assert desk.get("/desk/search/?q=x").status_code == 403


def test_the_menu_counts_what_waits_for_this_person_and_not_what_they_asked_themselves(
    branch_a, chen, signed_in
):
    first, second = (make_staff(name, branch_a["city"], Role.ADMIN) for name in ("甲管", "乙管"))
    posts.appoint(chen, branch_a["town"], Role.CLERK, by=first, from_on=timezone.localdate())

    assert 'class="side__count"' not in signed_in(first).get("/desk/inbox/").text
    assert '<span class="side__count">1</span>' in signed_in(second).get("/desk/inbox/").text
