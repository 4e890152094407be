"""主线: from the self-test on the phone over four desks to the card and three scans, in one go.

The pictures of README are taken on the way (var/shots/journey-*.png).
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import User
from mashang.cases.actions import pairings
from mashang.cases.models import Application, Case, Publicity
from mashang.codes import token
from mashang.codes.models import Card
from mashang.reference.models import LivingStandard
from mashang.reviews import actions as reviews
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.browser.conftest import PHONE
from tests.browser.hands import draw_name, fill, press, sign_in_by_phone
from tests.builders import make_branch, make_id_number, make_staff, make_worker, sign_in
from tests.cases.answers import BORN, GROWN, MOTHER, SON, TYPED, make_region
from tests.pictures import make_jpeg

pytestmark = pytest.mark.django_db(transaction=True)
Shot = Callable[..., None]
WORKER = "12012340001"
MOST_PAGES = 40  # of a form, before somebody would give up
HOME = {
    "people": "三口人，与申报一致",
    "income": "打零工，与流水一致",
    "housing": "租住 46 平方米",
    "health": "母亲透析",
    "agrees": "yes",
}
EVALUATION = {
    "entitled": "9",
    "present": "8",
    "agreed": "8",
    "against": "0",
    "minutes": "到会八人，一致同意。",
}


@pytest.fixture
def branch() -> dict[str, Union]:
    make_region()
    branch = make_branch()
    Union.objects.update(region_code="450103")
    reviews.install_default_flows(branch["province"])
    LivingStandard.objects.create(
        region_code="450103", monthly_fen=86_000, valid_from=date(2026, 1, 1), source="测试"
    )
    return branch


class Desk:
    """One screen at which colleagues take turns."""

    def __init__(self, page: Page, url: str, application: Application) -> None:
        self.page, self.url, self.application = page, url, application

    def sit_down(self, user: User) -> None:
        session = sign_in(user).cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": self.url}
        self.page.context.clear_cookies()
        self.page.context.add_cookies([cookie])
        self.page.goto(f"/desk/applications/{self.application.pk}/")

    def approve(self, **told: str) -> None:
        """Press 通过 at the step that lies here; the application then lies elsewhere."""
        fill(self.page, {f"approve-{name}": value for name, value in told.items()})
        press(self.page, "通过“")

    def work(self, link: str, told: dict[str, Any], button: str) -> None:
        """Write down the work of a step, and go back to the application."""
        press(self.page, link)
        fill(self.page, told)
        press(self.page, button)


def test_from_the_self_test_to_three_scans(
    phone: Page,
    desk: Page,
    open_page: Callable[..., Page],
    branch: dict[str, Union],
    live_server: LiveServer,
    settings: Any,
    shot: Shot,
    tmp_path: Path,
) -> None:
    phone.goto("/")
    shot(phone, "journey-1-home")
    apply(phone, settings.MASHANG_SMS_FILE, shot, tmp_path)
    application = Application.objects.get()
    assert application.state == Application.State.SUBMITTED

    review(Desk(desk, live_server.url, application), branch, shot, tmp_path)
    case = Case.objects.get()
    assert case.state == Case.State.ACTIVE

    helper = pair(case, branch)
    print_the_card(desk, live_server.url, branch, shot)
    scan_three_times(phone, open_page(**PHONE), case, helper, live_server.url, shot)


def review(desk: Desk, branch: dict[str, Union], shot: Shot, folder: Path) -> None:
    """Four desks: the base union, the town, the county's reviewer and approver; the clerk files."""
    clerk, mate = (make_staff(name, branch["own"], Role.CLERK) for name in ("周敏", "吴芳"))
    county = branch["county"]
    desk.sit_down(clerk)
    desk.page.goto("/desk/work/")
    shot(desk.page, "journey-5-work-list", whole=False)
    desk.sit_down(clerk)
    shot(desk.page, "journey-6-application", whole=False)
    desk.approve(opinion="材料齐全，同意受理。")
    check_the_home(desk, clerk, mate, folder)
    desk.work("登记民主评议", EVALUATION, "登记评议结果")
    desk.sit_down(clerk)
    desk.approve()
    show_publicly(desk, clerk, shot)
    for union, role in ((branch["town"], Role.REVIEWER), (county, Role.REVIEWER)):
        desk.sit_down(make_staff("复核人", union, role))
        if union == county:
            ask_the_check_centre(desk)
        desk.approve(opinion="情况属实。")
    desk.sit_down(make_staff("方正", county, Role.APPROVER))
    shot(desk.page, "journey-7-decision")
    desk.approve(category="deep", level="county", opinion="同意建档。")
    desk.sit_down(make_staff("陈静", county, Role.CLERK))
    desk.approve()


def check_the_home(desk: Desk, clerk: User, mate: User, folder: Path) -> None:
    """入户核查: one writes it down and signs, the other signs at the own keyboard."""
    desk.sit_down(clerk)
    press(desk.page, "登记入户核查")
    fill(desk.page, HOME)
    desk.page.locator("[name=photos]").set_input_files(folder / "paper.jpg")
    press(desk.page, "登记并签字")
    desk.sit_down(mate)
    press(desk.page, "登记入户核查")
    press(desk.page, "我同去了，签字")
    desk.sit_down(clerk)
    desk.approve()


def show_publicly(desk: Desk, clerk: User, shot: Shot) -> None:
    """公示: five working days, which pass here by moving the notice into the past."""
    desk.sit_down(clerk)
    desk.work("发布和查看公示", {"place": "厂区公告栏"}, "发布公示")
    notice = Publicity.objects.get()
    desk.page.goto(f"/publicity/{notice.slug}/")
    assert "李春燕" not in desk.page.content()
    shot(desk.page, "journey-8-publicity")
    weeks = timedelta(days=14)
    Publicity.objects.update(starts_at=notice.starts_at - weeks, ends_at=notice.ends_at - weeks)
    desk.sit_down(clerk)
    desk.approve()


def ask_the_check_centre(desk: Desk) -> None:
    desk.work("登记经济状况核对", {}, "登记发函")
    desk.page.goto(f"/desk/applications/{desk.application.pk}/")
    desk.work("登记经济状况核对", {"result": "matches"}, "登记核对结果")
    desk.page.goto(f"/desk/applications/{desk.application.pk}/")


def pair(case: Case, branch: dict[str, Union]) -> User:
    helper = make_worker("黄志强")
    proposer = make_staff("郑强", branch["county"], Role.REVIEWER)
    live = pairings.propose(case, helper=helper, by=proposer)
    pairings.confirm(live, by=make_staff("罗晓", branch["county"], Role.APPROVER))
    return helper


def print_the_card(desk: Page, url: str, branch: dict[str, Union], shot: Shot) -> None:
    keeper = make_staff("唐洁", branch["county"], Role.KEEPER)
    session = sign_in(keeper).cookies["sessionid"].value
    desk.context.clear_cookies()
    desk.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    desk.goto("/desk/cards/")
    shot(desk, "journey-9-cards")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="制卡并下载").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    desk.goto("/desk/cards/?state=printed")
    press(desk, "登记发放")
    fill(desk, {"receipt": "本人签字"})
    press(desk, "登记发放")
    assert Card.objects.get().state == Card.State.HANDED_OVER


def scan_three_times(
    worker: Page, other: Page, case: Case, helper: User, url: str, shot: Shot
) -> None:
    """The same code: a stranger, the helper, the worker."""
    code = f"/S/{token.mint(case.holder_id, 1)}"
    other.goto(code)
    assert "这是一张工会服务码" in other.content() and case.holder.name not in other.content()
    shot(other, "journey-10-stranger")

    session = sign_in(helper).cookies["sessionid"].value
    other.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    other.goto(code)
    assert other.url.endswith(f"/families/{case.pk}/")
    assert other.get_by_role("link", name="打电话").is_visible()
    shot(other, "journey-11-helper", whole=False)

    worker.goto("/code/")
    shot(worker, "journey-12-code")
    worker.goto(code)
    assert worker.url.endswith("/own/") and "已建档" in worker.content()
    shot(worker, "journey-13-own")
    worker.goto("/own/looks/")
    assert "六条基础信息" in worker.content()
    shot(worker, "journey-14-looks", whole=False)


def apply(page: Page, messages: Path, shot: Shot, folder: Path) -> None:
    page.goto("/apply/")
    sign_in_by_phone(page, WORKER, messages)
    press(page, "长期帮扶")
    page.locator("[name=region]").select_option("450103")
    page.wait_for_load_state()
    page.get_by_text("青山纺织厂工会").first.click()
    press(page, "保存，下一步")
    photo = folder / "paper.jpg"
    photo.write_bytes(make_jpeg())
    told = {**TYPED, "id_number": make_id_number(), "phone": WORKER}
    for _ in range(MOST_PAGES):
        key = page.url.rstrip("/").rsplit("/", 1)[-1]
        if key == "check":
            break
        do_step(page, key, told, photo, shot)
    shot(page, "journey-3-check")
    press(page, "提交申请")
    page.get_by_role("heading", name="申请已提交").wait_for()
    shot(page, "journey-4-submitted")


def do_step(page: Page, key: str, told: dict[str, Any], photo: Path, shot: Shot) -> None:
    if key == "members":
        tell_members(page)
        press(page, "保存，下一步")
    elif key == "papers":
        take_photos(page, photo)
        press(page, "拍好了，下一步")
    elif key == "consents":
        for tick in page.locator("main input[type=checkbox]").all():
            tick.check()
        press(page, "保存，下一步")
    elif key == "sign":
        draw_name(page)
        press(page, "保存，下一步")
    else:
        fill(page, told)
        if key == "income":
            shot(page, "journey-2-income")
        press(page, "保存，下一步")


def tell_members(page: Page) -> None:
    for who, person in (("mother", MOTHER), ("son", SON)):
        page.goto("/apply/members/")
        press(page, "一位家人")
        sex = "male" if who == "son" else "female"
        told = {**person, "id_number": make_id_number(BORN.get(who, GROWN), sex)}
        for _ in range(MOST_PAGES):
            if page.url.rstrip("/").endswith("/members"):
                break
            fill(page, told)
            press(page, "保存，下一步")
        else:
            pytest.fail(f"{who} is asked for more and more: {page.url}")


def take_photos(page: Page, photo: Path) -> None:
    for link in [
        a.get_attribute("href") for a in page.locator("main a[href*='/apply/papers/']").all()
    ]:
        page.goto(link)
        page.locator("input[type=file]").first.set_input_files(photo)
        press(page, "交这些照片")
    page.goto("/apply/papers/")
