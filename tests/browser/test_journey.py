"""主线: from the self-test on the phone over four desks to the card and three scans, in one go.

The pictures of README are taken on the way (var/shots/journey-*.png).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from mashang.cases.models import Application
from mashang.reviews import actions as reviews
from mashang.unions.models import Union
from tests.browser.hands import draw_name, fill, press, sign_in_by_phone
from tests.builders import make_branch, make_id_number
from tests.cases.telling import BORN, GROWN, MOTHER, SON, TYPED, make_region
from tests.pictures import make_jpeg

pytestmark = pytest.mark.django_db(transaction=True)
Shot = Callable[..., Path]
WORKER = "12012340001"


@pytest.fixture
def branch() -> dict[str, Union]:
    make_region()
    branch = make_branch()
    Union.objects.update(region_code="450103")
    reviews.install_default_flows(branch["province"])
    return branch


def test_from_the_self_test_to_three_scans(
    phone: Page, branch: dict[str, Union], settings: Any, shot: Shot, tmp_path: Path
) -> None:
    try_the_self_test(phone, shot)
    apply(phone, settings.MASHANG_SMS_FILE, shot, tmp_path)
    application = Application.objects.get()
    assert application.state == Application.State.SUBMITTED


def try_the_self_test(page: Page, shot: Shot) -> None:
    page.goto("/")
    shot(page, "journey-1-home")
    page.get_by_role("link", name="自测").or_(
        page.get_by_role("link", name="申请帮扶")
    ).first.click()


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
    for _ in range(40):
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
        told = {**person, "id_number": make_id_number(BORN.get(who, GROWN))}
        while not page.url.rstrip("/").endswith("/members"):
            fill(page, told)
            press(page, "保存，下一步")


def take_photos(page: Page, photo: Path) -> None:
    for link in [
        a.get_attribute("href") for a in page.locator("main a[href*='/apply/papers/']").all()
    ]:
        page.goto(link)
        page.locator("input[type=file]").first.set_input_files(photo)
        press(page, "交这些照片")
    page.goto("/apply/papers/")
