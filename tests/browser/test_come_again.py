"""排队号 in a real browser: nobody has anything to solve, and an old phone is done within a second."""

from statistics import median

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from mashang.accounts import limits
from mashang.accounts.actions import phones, staff
from mashang.accounts.models import User
from mashang.core.privacy.masks import mask_phone
from tests.browser.conftest import PHONE, OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
SLOWER = 4  # times, than this machine
TIMES = 9


@pytest.fixture
def rung(li: User) -> str:
    phone = str(li.phone.reveal())
    for _ in range(limits.CODE_PHONE.most):
        limits.CODE_PHONE.count(phones.phone_index(phone))
    return phone


def slow_down(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def ask(page: Page, phone: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("手机号码").fill(phone)
    page.get_by_role("button", name="获取短信验证码").click()


def test_the_owner_taps_once_and_is_asked_for_the_code(phone: Page, rung: str) -> None:
    slow_down(phone)
    ask(phone, rung)

    expect(phone.get_by_role("heading", name="填写验证码")).to_be_visible(timeout=20_000)
    expect(phone.get_by_text(f"验证码已发到 {mask_phone(rung)}")).to_be_visible()


def test_without_scripts_the_page_says_how_long(open_page: OpenPage, rung: str) -> None:
    page = open_page(**PHONE, java_script_enabled=False)
    ask(page, rung)

    expect(page.get_by_text("现在人多，请过 2 分钟再按一次按钮")).to_be_visible()
    assert page.get_by_label("手机号码").input_value() == rung


def test_on_a_phone_slowed_four_times_the_work_takes_less_than_a_second(
    open_page: OpenPage, live_server: LiveServer
) -> None:
    for _ in range(limits.PASSWORD_ACCOUNT.most):
        limits.PASSWORD_ACCOUNT.count(staff.account_mark("zhang"))
    page = open_page(**PHONE)
    slow_down(page)
    took = []
    for _ in range(TIMES):
        page.goto("/desk/sign-in/")
        page.get_by_label("登录名").fill("zhang")
        page.get_by_label("密码", exact=True).fill("wrong-password-1")
        page.get_by_label("动态口令").fill("123456")
        page.get_by_role("button", name="登录").click()
        field = page.locator("[data-work][data-took]")
        field.wait_for(state="attached", timeout=20_000)
        took.append(int(field.get_attribute("data-took") or ""))

    assert median(took) < 1_000, took
