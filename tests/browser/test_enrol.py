"""开通账号：扫页面上的二维码，设密码，记下备用码，登录，全在真的浏览器里."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page

from mashang.accounts.actions import staff
from mashang.unions.actions import posts
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.browser.audit import axe, too_wide
from tests.browser.conftest import DESK
from tests.browser.hands import follow
from tests.builders import make_id_number

PASSWORD = "qing-shan-lv-shui-7"
Shot = Callable[..., None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("reader", ["desk", "desk_dark"])
def test_a_new_colleague_comes_in(
    request: pytest.FixtureRequest, branch_a: dict[str, Union], shot: Shot, reader: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    opened = staff.new_enrolment(staff.open_account("huanglp", "黄丽萍"))
    posts.install(opened.user, branch_a["county"], Role.CLERK)
    page.goto("/desk/sign-in/")
    follow(page.get_by_role("link", name="用启用码开通账号"))
    page.get_by_label("登录名").fill("huanglp")
    page.get_by_label("启用码").fill(opened.code)
    follow(page.get_by_role("button", name="下一步"))

    authenticator = scanned(page)
    shot(page, f"enrol-{reader}")
    assert axe(page) == []
    page.get_by_label("设置密码").fill(PASSWORD)
    page.get_by_label("再输一次密码").fill(PASSWORD)
    page.get_by_label("动态口令", exact=True).fill(authenticator.now())
    follow(page.get_by_role("button", name="开通账号"))
    spare = page.locator("ol code").all_inner_texts()
    shot(page, f"recovery-codes-{reader}")
    assert len(spare) == 10 and axe(page) == []

    follow(page.get_by_role("link", name="已记好，去登录"))
    page.get_by_label("登录名").fill("huanglp")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_label("动态口令", exact=True).fill(spare[0])
    follow(page.get_by_role("button", name="登录"))
    declare_kin(page, f"declare-kin-{reader}", shot)
    page.get_by_text("黄丽萍").first.wait_for()


def declare_kin(page: Page, picture: str, shot: Shot) -> None:
    """Asked before the first page of the desk, on a small old phone too."""
    size = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    shot(page, picture)
    assert axe(page) == [] and not too_wide(page)
    page.set_viewport_size(size or DESK["viewport"])
    page.get_by_label("本人的身份证号").fill(make_id_number())
    page.get_by_label("与我的关系").first.select_option("子女")
    follow(page.get_by_role("button", name="再添几位"))
    page.get_by_label("身份证号", exact=True).first.fill(make_id_number())
    page.get_by_label("都写在上面了").check()
    follow(page.get_by_role("button", name="声明完毕，进入工作台"))


def scanned(page: Page) -> pyotp.TOTP:
    """What an authenticator reads from the page."""
    picture = Image.open(BytesIO(page.screenshot(full_page=True)))
    [code] = zxingcpp.read_barcodes(picture)
    asked = parse_qs(urlsplit(code.text).query)
    assert asked["issuer"] == ["码上"]
    return pyotp.TOTP(asked["secret"][0])
