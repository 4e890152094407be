"""微心愿: worker, giver, organisation and union, on the phone and at the desk, from the wish to the thanks.

The pictures of README are taken on the way (var/shots/wish-*.png).
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import User
from mashang.core.privacy.identity import credit_check_digit
from mashang.givers.models import Organisation
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.models import Certificate, Claim, Pledge, Wish
from tests.browser.conftest import DESK, PHONE, let_in
from tests.browser.hands import fill, follow, press
from tests.builders import make_branch, make_staff, make_worker
from tests.cases.answers import make_region
from tests.cases.households import make_case
from tests.pictures import make_jpeg
from tests.wishes.builders import make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db(transaction=True)
Shot = Callable[..., None]
Open = Callable[..., Page]
WISH = {
    "category": "goods",
    "item": "电饭煲",
    "price_fen": "199",
    "spec": "3 升",
    "for_whom": "family",
    "reason": "家里的锅煮饭夹生，想换一个小的。",
}


@pytest.fixture
def branch() -> dict[str, Union]:
    make_region()
    branch = make_branch()
    Union.objects.update(region_code="450103")
    return branch


def sit_down(page: Page, user: User, live_server: LiveServer, address: str) -> None:
    """Somebody else takes this screen."""
    page.context.clear_cookies()
    let_in(page, user, live_server)
    page.goto(address)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def screen(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def shot(shot: Shot, screen: dict[str, Any]) -> Shot:
    """Pictures of the wide screen have a name of their own."""
    of_desk = "-desk" if screen is DESK else ""
    return lambda page, name, **also: shot(page, name + of_desk, **also)


def test_from_the_wish_to_the_thanks(
    open_page: Open,
    branch: dict[str, Union],
    live_server: LiveServer,
    shot: Shot,
    screen: dict[str, Any],
) -> None:
    page, office = open_page(**screen), open_page(**DESK)
    family = make_case(branch["own"]).holder.user
    for _ in range(5):  # families whom the same words describe
        make_case(branch["own"])
    clerk = make_staff("周敏", branch["own"], Role.CLERK)
    giver = make_worker("宁小雨")

    post(page, family, live_server, shot)
    moderate(office, clerk, branch, live_server, shot)
    wish = Wish.objects.get()
    assert wish.state == Wish.State.OPEN

    claim(page, giver, wish, live_server, shot)
    send(page, wish)
    hand_over(office, clerk, live_server, shot)
    confirm_and_thank(page, family, live_server, shot)
    wish.refresh_from_db()
    assert wish.state == Wish.State.FULFILLED

    pass_on_the_thanks(office, clerk, live_server)
    read_the_thanks_and_verify(page, giver, live_server, shot)


def post(page: Page, family: User, live_server: LiveServer, shot: Shot) -> None:
    """The worker chooses, writes, sees what a stranger will see, agrees and sends."""
    sit_down(page, family, live_server, "/my-wishes/")
    page.goto("/my-wishes/post/?own=1")
    fill(page, {**WISH, "reason": "想要一个锅，电话 一三八 零零一三 八零零零"})
    press(page, "看看别人会看到什么")
    assert "电话" in page.locator("main").inner_text()
    assert not Wish.objects.exists()
    fill(page, WISH)
    press(page, "看看别人会看到什么")
    shot(page, "wish-1-preview")
    page.locator("label:has([name=agree])").click()
    press(page, "提交心愿")
    assert "正在初审" in page.locator("main").inner_text()


def moderate(
    office: Page, clerk: User, branch: dict[str, Union], live_server: LiveServer, shot: Shot
) -> None:
    """初审 at the family's own union, 终审 at the county."""
    sit_down(office, clerk, live_server, "/desk/wishes/")
    press(office, "电饭煲")
    press(office, "初审通过")
    reviewer = make_staff("郑强", branch["county"], Role.REVIEWER)
    sit_down(office, reviewer, live_server, "/desk/wishes/")
    press(office, "电饭煲")
    shot(office, "wish-2-moderation", whole=False)
    press(office, "终审通过，上墙")


def claim(page: Page, giver: User, wish: Wish, live_server: LiveServer, shot: Shot) -> None:
    """A stranger finds the wish on the wall, says how to be called, and promises."""
    page.context.clear_cookies()
    page.goto("/wishes/?q=锅")
    shot(page, "wish-3-wall")
    press(page, "电饭煲")
    assert "海" not in page.locator("main").inner_text() and wish.number in page.content()
    let_in(page, giver, live_server)
    press(page, "我要认领")
    press(page, "确认认领")
    fill(page, {"nickname": "小雨"})
    press(page, "保存")
    press(page, "确认认领")
    shot(page, "wish-4-claim")
    assert Claim.objects.get().giver == giver


def send(page: Page, wish: Wish) -> None:
    press(page, "去登记")
    fill(
        page, {"mode": "courier", "goods": "电饭煲", "carrier": "中国邮政", "tracking": "990012345"}
    )
    press(page, "登记寄出")
    assert Claim.objects.get(wish=wish).state == Claim.State.UNDER_WAY


def hand_over(office: Page, clerk: User, live_server: LiveServer, shot: Shot) -> None:
    """The parcel is looked at, and brought to the family."""
    sit_down(office, clerk, live_server, "/desk/deliveries/")
    shot(office, "wish-5-deliveries", whole=False)
    open_row(office, "验收")
    for looked_at in ("as_wished", "is_new", "is_fresh"):
        office.locator(f"[name={looked_at}]").check()
    press(office, "验收合格")
    office.goto("/desk/deliveries/?show=hand_over")
    open_row(office, "登记转交")
    press(office, "登记已转交")
    assert Claim.objects.get().state == Claim.State.HANDED_OVER


def open_row(office: Page, words: str) -> None:
    """Follow the link at the end of the first row."""
    follow(office.locator("main td a", has_text=words).first)


def confirm_and_thank(page: Page, family: User, live_server: LiveServer, shot: Shot) -> None:
    sit_down(page, family, live_server, "/my-wishes/")
    press(page, "电饭煲")
    press(page, "我收到了")
    press(page, "确认收到")
    press(page, "写句感谢的话")
    fill(page, {"words": "饭煮得很香，谢谢您。"})
    go_on(page)
    shot(page, "wish-6-thanks")


def pass_on_the_thanks(office: Page, clerk: User, live_server: LiveServer) -> None:
    sit_down(office, clerk, live_server, "/desk/deliveries/?show=thanks")
    press(office, "转给认领人")


def read_the_thanks_and_verify(
    page: Page, giver: User, live_server: LiveServer, shot: Shot
) -> None:
    """The giver reads the thanks; anybody verifies the certificate, which knows no family."""
    claim = Claim.objects.get()
    sit_down(page, giver, live_server, f"/giving/claims/{claim.pk}/")
    assert "饭煮得很香" in page.locator("main").inner_text()
    page.context.clear_cookies()
    page.goto(f"/certificates/{Certificate.objects.get().number}/")
    shot(page, "wish-7-certificate")
    told = page.locator("main").inner_text()
    assert "电饭煲" in told and "小雨" in told
    assert claim.wish.holder.name not in told and claim.wish.number not in told


def test_an_enterprise_takes_several_wishes_under_one_plan(
    open_page: Open,
    branch: dict[str, Union],
    live_server: LiveServer,
    shot: Shot,
    tmp_path: Path,
    screen: dict[str, Any],
) -> None:
    page, office = open_page(**screen), open_page(**DESK)
    buyer = make_giver("龙秀英")
    for item in ("棉被", "电热毯", "台灯"):
        make_wish(union=branch["own"], item=item)

    register(page, buyer, branch, live_server, tmp_path)
    reviewer = make_staff("郑强", branch["county"], Role.REVIEWER)
    sit_down(office, reviewer, live_server, "/desk/organisations/")
    press(office, "海风食品")
    press(office, "核实通过")
    firm = Organisation.objects.get()
    assert firm.state == Organisation.State.APPROVED

    page.goto(f"/giving/organisations/{firm.pk}/")
    press(page, "批量认领")
    for choice in page.locator("main .choices label").all():
        choice.click()
    shot(page, "wish-8-choose")
    go_on(page)
    fill(page, {"deliver_on": (timezone.localdate() + timedelta(days=3)).isoformat()})
    go_on(page)
    assert Claim.objects.filter(organisation=firm, delivery_plan__isnull=False).count() == 3
    shot(page, "wish-9-plan")


def register(
    page: Page, buyer: User, branch: dict[str, Union], live_server: LiveServer, folder: Path
) -> None:
    """A wrong credit code gets its sentence and loses nothing; the right one is taken in."""
    licence = folder / "licence.jpg"
    licence.write_bytes(make_jpeg())
    sit_down(page, buyer, live_server, "/giving/")
    press(page, "申请成为爱心单位")
    told = {
        "kind": "enterprise",
        "name": "海风食品有限公司",
        "credit_code": "91450502XXXXDEM010",
        "contact_name": "龙秀英",
        "contact_phone": "12012340001",
        "union": branch["county"].code,
    }
    fill(page, told)
    page.locator("[name=licence]").set_input_files(licence)
    go_on(page)
    assert not Organisation.objects.exists()
    assert page.locator("[name=name]").input_value() == told["name"]
    first_17 = told["credit_code"][:17]
    page.locator("[name=credit_code]").fill(first_17 + credit_check_digit(first_17))
    page.locator("[name=licence]").set_input_files(licence)
    go_on(page)
    assert Organisation.objects.get().state == Organisation.State.APPLIED


def go_on(page: Page) -> None:
    """Press the one main button of the page's form."""
    follow(page.locator("main form .weui-btn_primary[type=submit]").first)


def test_a_pledge_is_matched_by_the_union(
    open_page: Open, branch: dict[str, Union], live_server: LiveServer
) -> None:
    page, office = open_page(**PHONE), open_page(**DESK)
    buyer = make_giver("龙秀英")
    firm = make_organisation(branch["county"], buyer)
    for _ in range(2):
        make_wish(union=branch["own"], item="棉被")
    sit_down(page, buyer, live_server, f"/giving/organisations/{firm.pk}/")
    press(page, "捐助意向")
    fill(
        page,
        {"category": "goods", "item": "棉被", "quantity": "2", "union": branch["county"].code},
    )
    go_on(page)
    pledge = Pledge.objects.get()

    clerk = make_staff("陈静", branch["county"], Role.CLERK)
    sit_down(office, clerk, live_server, f"/desk/pledges/{pledge.pk}/")
    for box in office.locator("main input[type=checkbox]").all():
        box.check()
    fill(office, {"deliver_on": (timezone.localdate() + timedelta(days=3)).isoformat()})
    press(office, "对接选中的心愿")
    assert Claim.objects.filter(organisation=firm).count() == 2
