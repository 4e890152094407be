"""本人设置与演示入口：看得清、点得着，白天黑夜大字都一样."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.notices.actions import tell
from mashang.notices.kinds import kind
from mashang.unions.models import Union
from tests.browser.conftest import let_in
from tests.browser.seeing import axe, small_targets, too_wide
from tests.builders import make_holder

Shot = Callable[..., Path]
NEWS = kind("test.browser", "您的申请已受理", "{union}已受理，预计 {day} 前核查。", by_sms=False)
PAGES = [
    "/demo/",
    "/me/",
    "/me/phone/",
    "/me/sign-ins/",
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
