"""要换的号码：本人叫停的页、第二位同志核对的页、提醒的页，在窄手机和电脑上都看得清."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.cases.actions import alerts
from mashang.cases.models import ChannelChange
from mashang.unions.roles import Role
from tests.access.further import new_number
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import PHONE, let_in
from tests.builders import make_branch, make_staff

Shot = Callable[..., None]
NARROW = {**PHONE, "viewport": {"width": 360, "height": 740}}
POINTER, FINGER = 24, 44

pytestmark = pytest.mark.django_db(transaction=True)


def check_readable(page: Page, target: int) -> None:
    assert (axe(page), too_wide(page), small_targets(page, target)) == ([], 0, [])


def test_the_pages_of_a_new_number(
    open_page: Callable[..., Page], shot: Shot, live_server: LiveServer
) -> None:
    branch = make_branch()
    clerk, second = (make_staff(name, branch["own"], Role.CLERK) for name in ("周敏", "吴芳"))
    keeper = make_staff("档案员", branch["county"], Role.KEEPER)
    change = new_number(second, clerk)
    alert = alerts.over_the_limit("reveals", by=clerk)

    phone = open_page(**NARROW)
    let_in(phone, change.holder.user, live_server)
    for name, address in {"own": "/own/", "numbers": "/own/numbers/"}.items():
        phone.goto(live_server.url + address)
        shot(phone, f"narrow-{name}")
        check_readable(phone, FINGER)
    for width, look in {"narrow": NARROW, "desk": {}}.items():
        desk = open_page(**look)
        for who, address in (
            (second, "/desk/channels/"),
            (second, f"/desk/channels/{change.pk}/"),
            (keeper, "/desk/alerts/"),
            (keeper, f"/desk/alerts/{alert.pk}/"),
        ):
            desk.context.clear_cookies()
            let_in(desk, who, live_server)
            desk.goto(live_server.url + address)
            shot(desk, f"{width}-{address.split('/')[2]}-{len(address) > 20}")
            check_readable(desk, POINTER)

    phone.goto(live_server.url + "/own/numbers/")
    phone.get_by_role("button", name="不是我要换的").click()
    phone.get_by_text("已叫停").wait_for()
    assert ChannelChange.objects.get().state == "stopped"
