"""本人设置与演示入口：看得清、点得着，白天黑夜大字都一样."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.actions import consents, tokens
from mashang.accounts.models import Consent, User
from mashang.accounts.queries import token_behind
from mashang.notices.actions import tell
from mashang.notices.kinds import kind
from mashang.unions.models import Union
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import let_in
from tests.browser.hands import fill, press
from tests.builders import make_holder

Shot = Callable[..., None]
NEWS = kind("test.browser", "您的申请已受理", "{union}已受理，预计 {day} 前核查。", by_sms=False)
PAGES = [
    "/demo/",
    "/me/",
    "/me/phone/",
    "/me/sign-ins/",
    "/me/tokens/new/",
    "/me/consents/",
    "/me/consents/helper/withdraw/",
    "/inbox/",
    "/confirm/",
]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(li: User, branch_a: dict[str, Union]) -> User:
    """A worker with consents and a message."""
    holder = make_holder(branch_a["own"], li)
    for purpose in (Consent.Purpose.FILE, Consent.Purpose.HELPER):
        consents.give(holder.pk, purpose, version="2026-11", by=li)
    tell(li, NEWS, url="/", union="青山县总工会", day="11月30日")
    tokens.issue("职工之家小程序", "claim", by=li)
    return li


@pytest.mark.parametrize("reader", ["phone", "elder", "dark"])
def test_ones_own_pages_suit_every_reader(
    request: pytest.FixtureRequest, told: User, live_server: LiveServer, shot: Shot, reader: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    let_in(page, told, live_server)
    for address in PAGES:
        page.goto(address)
        shot(page, f"own-{reader}-{address.strip('/').replace('/', '-')}")
        assert (address, axe(page), small_targets(page, 44), too_wide(page)) == (address, [], [], 0)


def test_a_token_is_read_from_the_page_that_issues_it(
    phone: Page, li: User, live_server: LiveServer, shot: Shot
) -> None:
    let_in(phone, li, live_server)
    phone.goto("/me/sign-ins/")
    press(phone, "给应用发放令牌")
    fill(phone, {"label": "职工之家小程序", "scope": "claim"})
    press(phone, "发放令牌")

    assert token_behind(phone.locator("code").inner_text()).user == li
    shot(phone, "own-phone-token-issued")
    assert (axe(phone), small_targets(phone, 44), too_wide(phone)) == ([], [], 0)
    press(phone, "我填好了")
    assert "职工之家小程序" in phone.content()
