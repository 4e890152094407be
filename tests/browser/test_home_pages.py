"""直接送到家, in a real browser: the tick, the address behind its button, and the tick taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.unions.roles import Role
from mashang.wishes.models import Claim, Wish
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import PHONE, let_in
from tests.browser.hands import fill, press
from tests.builders import make_branch, make_staff
from tests.wishes.deliveries import sent, to_home
from tests.wishes.families import WishRoom, make_wish_room

Shot = Callable[..., None]
OpenPage = Callable[..., Page]
FINGER, POINTER = 44, 24
KINDS = {"": {}, "-elder": {"elder": True}, "-dark": {"color_scheme": "dark"}}
TOLD = {"for_whom": "family", "reason": "家里的锅坏了，想换一个小的", "delivery_mode": "to_home"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def branch() -> dict[str, Any]:
    return make_branch()


@pytest.fixture
def claim(branch: dict[str, Any]) -> Claim:
    return to_home(branch)


def look(page: Page, shot: Shot, name: str, least: int = FINGER) -> None:
    shot(page, name)
    assert axe(page) == []
    assert too_wide(page) == 0
    assert small_targets(page, least) == []


def test_a_worker_ticks_it_for_this_wish_alone(
    phone: Page, desk: Page, shot: Shot, live_server: LiveServer, branch: dict[str, Any]
) -> None:
    room = make_wish_room(branch)
    let_in(phone, room.worker, live_server)
    phone.goto("/my-wishes/post/?item=电饭煲")
    fill(phone, TOLD)
    look(phone, shot, "home-ask")
    press(phone, "看看别人会看到什么")
    look(phone, shot, "home-preview")
    phone.get_by_text("我同意让认领这个心愿的人").click()
    press(phone, "提交心愿")
    look(phone, shot, "home-my-wish")

    _is_seen_by_the_checker(desk, shot, live_server, room)
    press(phone, "不想再告诉住址")
    look(phone, shot, "home-take-back")


def _is_seen_by_the_checker(
    desk: Page, shot: Shot, live_server: LiveServer, room: WishRoom
) -> None:
    let_in(desk, room.clerk, live_server)
    desk.goto(f"/desk/wishes/{Wish.objects.get().pk}/")
    assert desk.get_by_text("职工同意告知住址").is_visible()
    look(desk, shot, "desk-home-wish", POINTER)


@pytest.mark.parametrize("kind", KINDS)
def test_a_giver_presses_for_the_address(
    open_page: OpenPage, shot: Shot, live_server: LiveServer, claim: Claim, kind: str
) -> None:
    page = open_page(**PHONE, **KINDS[kind])
    let_in(page, claim.giver, live_server)
    page.goto(f"/giving/claims/{claim.pk}/")
    look(page, shot, f"home-claim{kind}")

    press(page, "查看收货地址")

    assert page.get_by_text("幸福里 3 栋 201").is_visible()
    look(page, shot, f"home-address{kind}")
    press(page, "已经寄出或送到")
    look(page, shot, f"home-send{kind}")


def test_the_desk_and_the_family_see_that_it_goes_home(
    phone: Page, desk: Page, shot: Shot, live_server: LiveServer, claim: Claim
) -> None:
    sent(claim, mode="to_home")
    let_in(desk, make_staff("何敏", claim.union, Role.CLERK), live_server)
    for name, address in (
        ("claims", "/desk/claims/"),
        ("hand-over", "/desk/deliveries/?show=hand_over"),
    ):
        desk.goto(address)
        assert desk.get_by_text("直接送到家").first.is_visible()
        look(desk, shot, f"desk-home-{name}", POINTER)

    let_in(phone, claim.wish.holder.user, live_server)
    phone.goto(f"/my-wishes/{claim.wish_id}/")
    press(phone, "我收到了")
    look(phone, shot, "home-received")
    press(phone, "确认收到")
    assert phone.get_by_text("心愿实现了").is_visible()
