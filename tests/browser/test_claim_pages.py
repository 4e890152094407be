"""A giver claims on the phone, a late-comer sees what still waits, the desk sees the claim."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mashang.wishes.actions.claims import claim
from mashang.wishes.models import Claim
from tests.browser.audit import axe, small_targets
from tests.browser.conftest import DESK, PHONE, let_in
from tests.browser.hands import follow, press
from tests.wishes.builders import make_giver, make_wish

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look(shot: Any) -> Callable[[Page, str], None]:
    def look_at(page: Page, name: str) -> None:
        shot(page, name)
        assert axe(page) == []
        assert page.viewport_size == DESK["viewport"] or small_targets(page, 44) == []

    return look_at


@pytest.fixture
def wishes(branch_a: Any) -> list[Any]:
    return [make_wish(union=branch_a["own"], item=item) for item in ("电饭煲", "棉被", "台灯")]


def test_a_giver_promises_extends_and_gives_up(
    open_page: Any, live_server: Any, wishes: Any, look: Any
) -> None:
    page, giver = open_page(**PHONE), make_giver()
    let_in(page, giver, live_server)
    page.goto(f"/claim/{wishes[0].number}/")
    look(page, "claim-promise")

    press(page, "确认认领")
    expect(page.get_by_role("heading", name="请在")).to_be_visible()
    look(page, "claim-mine")
    press(page, "来不及，延期一次")
    expect(page.get_by_text("已延期一次")).to_be_visible()
    follow(page.get_by_role("link", name="放弃认领"))
    look(page, "claim-give-up")
    press(page, "确定放弃认领")

    expect(page.get_by_text("已放弃", exact=True)).to_be_visible()
    assert Claim.objects.get(giver=giver).state == "given_up"


def test_the_late_one_goes_on_to_a_wish_that_waits(
    open_page: Any, live_server: Any, wishes: Any, look: Any
) -> None:
    page, late = open_page(**PHONE), make_giver()
    let_in(page, late, live_server)
    page.goto(f"/claim/{wishes[0].number}/")
    claim(wishes[0], by=make_giver())

    press(page, "确认认领")

    expect(page.get_by_role("heading", name="来晚一步")).to_be_visible()
    look(page, "claim-late")
    follow(page.get_by_role("link", name="棉被"))
    press(page, "确认认领")
    assert Claim.objects.get(giver=late).wish == wishes[1]


def test_the_desk_sees_it_and_revokes(
    open_page: Any, live_server: Any, wishes: Any, chen: Any, look: Any
) -> None:
    claim(wishes[0], by=make_giver())
    page = open_page(**DESK)
    let_in(page, chen, live_server)
    page.goto("/desk/claims/")
    look(page, "desk-claims")
    follow(page.get_by_role("link", name="撤销认领"))
    page.get_by_label("撤销原因").fill("联系不上认领人")
    look(page, "desk-revoke-claim")

    press(page, "撤销认领")

    expect(page.get_by_text("已撤销，已告知认领人")).to_be_visible()
    assert Claim.objects.get().state == "revoked"
