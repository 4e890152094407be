"""微心愿专场 as people in the hall see it: the card under the phone, the screen on the wall, the table."""

import pytest

from mashang.unions.roles import Role
from mashang.wishes.actions import fairs
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import DESK, PHONE, let_in
from tests.browser.hands import follow
from tests.builders import make_branch, make_staff
from tests.wishes.builders import make_giver, make_wish
from tests.wishes.fairs import make_running, make_stock, placed_at

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hall():
    """A clerk, a fair with two wishes and stock."""
    branch = make_branch()
    clerk = make_staff("陈静", branch["county"], Role.CLERK)
    wishes = [make_wish(union=branch["own"], item=item) for item in ("电饭煲", "取暖器")]
    fair = make_running(branch["county"], clerk, *wishes)
    make_stock(fair, clerk)
    return clerk, [placed_at(fair, wish) for wish in wishes]


def test_from_the_card_to_the_screen(hall, open_page, live_server, shot):
    clerk, (offer, _) = hall
    screen = open_page(**DESK)
    screen.goto(f"/events/screen/{offer.fair.screen_key}/")
    assert axe(screen) == []

    phone = open_page(**PHONE)
    let_in(phone, make_giver(), live_server)
    phone.goto(f"/events/w/{offer.code}/")
    assert axe(phone) + small_targets(phone, 44) == []
    follow(phone.get_by_role("button", name="我来认领"))
    phone.get_by_text("您已认领").wait_for()

    desk = open_page(**DESK)
    let_in(desk, clerk, live_server)
    desk.goto("/desk/events/find/")
    desk.get_by_label("心愿卡上的码").fill(offer.url)  # what a scanner types
    desk.keyboard.press("Enter")
    desk.get_by_label("从库存领取").select_option(label="电饭煲（3）")
    follow(desk.get_by_role("button", name="登记发放"))
    desk.get_by_text("已登记发放").wait_for()

    screen.get_by_text(offer.wish.number).wait_for()  # it asked by itself
    assert axe(screen) == [] and not too_wide(screen)
    shot(screen, "fair_screen", whole=False)


def test_the_screen_can_be_refreshed_without_scripts(hall, plain):
    _, (offer, _) = hall
    plain.goto(f"/events/screen/{offer.fair.screen_key}/")

    follow(plain.get_by_role("link", name="刷新"))

    assert plain.get_by_role("heading", level=1).inner_text() == offer.fair.name


def test_the_desk_of_a_fair(hall, open_page, live_server, shot):
    clerk, (offer, other) = hall
    fairs.claim_on_the_spot(offer, by=make_giver())
    page = open_page(**DESK)
    let_in(page, clerk, live_server)
    own = f"/desk/events/{offer.fair_id}"
    for name, address in {
        "fair": f"{own}/",
        "fair_choose": f"{own}/choose/",
        "fair_list": f"{own}/list/",
        "fair_visits": f"{own}/visits/",
        "fair_hand_out": f"/desk/events/w/{offer.code}/",
        "wish_board": "/desk/wishes/board/",
    }.items():
        page.goto(address)
        assert axe(page) == [] and not too_wide(page), name
        shot(page, name)
