"""A wish from the worker's phone over two desks to the wall, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.unions.roles import Role
from mashang.wishes.models import Wish
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import let_in
from tests.browser.hands import fill, press
from tests.builders import make_branch, make_staff
from tests.cases.households import make_case
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.families import WishRoom, make_wish_room

Shot = Callable[..., None]
FINGER, POINTER = 44, 24
REASON = "家里的锅用了很多年，内胆掉了，煮饭总粘，想换一个小的"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room() -> WishRoom:
    branch = make_branch()
    room = make_wish_room(branch)
    for _ in range(5):
        make_case(branch["own"])
    return room


def look(page: Page, shot: Shot, name: str, least: int) -> None:
    shot(page, name)
    assert axe(page) == []
    assert too_wide(page) == 0
    assert small_targets(page, least) == []


def test_a_wish_goes_from_the_phone_to_the_wall(
    phone: Page, desk: Page, shot: Shot, live_server: LiveServer, room: WishRoom
) -> None:
    _posted(phone, shot, live_server, room)
    wish = Wish.objects.get()
    assert wish.reason == REASON

    let_in(desk, room.clerk, live_server)
    desk.goto("/desk/wishes/")
    look(desk, shot, "desk-wishes", POINTER)
    press(desk, wish.item)
    look(desk, shot, "desk-wish-check", POINTER)
    press(desk, "初审通过")

    desk.context.clear_cookies()
    let_in(desk, room.reviewer, live_server)
    desk.goto(f"/desk/wishes/{wish.pk}/")
    look(desk, shot, "desk-wish-open", POINTER)
    press(desk, "终审通过，上墙")

    shown = Wish.objects.on_wall().get()
    assert (shown.place, shown.age_band, shown.alike) == ("青山县青山镇", "40–49岁", 6)
    phone.goto(f"/my-wishes/{wish.pk}/")
    look(phone, shot, "phone-wish-open", FINGER)


def _posted(phone: Page, shot: Shot, live_server: LiveServer, room: WishRoom) -> None:
    let_in(phone, room.worker, live_server)
    phone.goto("/")
    press(phone, "我的心愿")
    look(phone, shot, "phone-wishes-none", FINGER)
    press(phone, "发布一个心愿")
    look(phone, shot, "phone-wish-choose", FINGER)
    press(phone, "电饭煲")
    fill(phone, {"reason": "请打13912345678找我", "for_whom": "family"})
    press(phone, "看看别人会看到什么")
    look(phone, shot, "phone-wish-refused", FINGER)
    fill(phone, {"reason": REASON})
    press(phone, "看看别人会看到什么")
    look(phone, shot, "phone-wish-preview", FINGER)
    press(phone, "提交心愿")
    phone.get_by_text("正在初审").wait_for()


def test_whoever_needs_large_letters_reads_the_same_pages(
    elder: Page, dark: Page, shot: Shot, live_server: LiveServer, room: WishRoom
) -> None:
    wish = make_wish(room.holder)
    make_claim(wish)
    for page, name in ((elder, "elder"), (dark, "dark")):
        let_in(page, room.worker, live_server)
        for address, what in (("/my-wishes/", "wishes"), (f"/my-wishes/{wish.pk}/", "wish")):
            page.goto(address)
            shot(page, f"phone-{what}-{name}")
            assert axe(page) == [] and too_wide(page) == 0


def test_without_scripts_a_wish_is_posted_too(
    plain: Page, live_server: LiveServer, room: WishRoom
) -> None:
    let_in(plain, room.worker, live_server)
    plain.goto("/my-wishes/post/?item=书包")
    fill(plain, {"reason": REASON})
    plain.locator('[name="for_whom"][value="family"]').check()
    press(plain, "看看别人会看到什么")
    press(plain, "提交心愿")

    assert Wish.objects.get().item == "书包"


def test_the_desk_posts_for_a_worker_and_keeps_the_rules(
    desk: Page, desk_dark: Page, shot: Shot, live_server: LiveServer, room: WishRoom
) -> None:
    let_in(desk, room.clerk, live_server)
    desk.goto(f"/desk/holders/{room.holder.pk}/post-wish/")
    told = {"item": "棉被", "price_fen": "199", "reason": REASON, "assist_reason": "不会用手机"}
    fill(desk, told)
    desk.locator('label:has([name="agreed"])').click()
    press(desk, "看看别人会看到什么")
    look(desk, shot, "desk-post-wish", POINTER)
    press(desk, "确认提交")
    assert Wish.objects.get().assist_reason == "不会用手机"

    keeper = make_staff("方正", room.case.union.parent.parent, Role.APPROVER)
    let_in(desk_dark, keeper, live_server)
    desk_dark.goto("/desk/wish-rules/")
    look(desk_dark, shot, "desk-wish-rules", POINTER)
