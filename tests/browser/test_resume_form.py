"""填到一半被退出登录：在真的浏览器里登录回来，接着提交，有没有脚本都一样."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import SignIn, User
from mashang.cases.models import Application
from mashang.unions.models import Union
from tests.browser.conftest import let_in
from tests.browser.hands import follow
from tests.cases.answers import make_ready, make_region

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(li: User, branch_a: dict[str, Union]) -> Application:
    make_region()
    return make_ready(li, branch_a)


@pytest.mark.parametrize("reader", ["phone", "plain"])
def test_step_five_is_not_lost_when_the_session_has_ended(
    request: pytest.FixtureRequest,
    settings: Settings,
    live_server: LiveServer,
    li: User,
    draft: Application,
    reader: str,
) -> None:
    page: Page = request.getfixturevalue(reader)
    let_in(page, li, live_server)
    page.goto("/apply/employer/")
    page.get_by_label("单位名称").fill("晨光纺织二厂")
    SignIn.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    follow(page.locator("main form button[type=submit]").last)
    page.get_by_text("您刚才填写的内容还在").wait_for()
    page.get_by_label("手机号码").fill(li.phone.reveal())
    follow(page.get_by_role("button", name="获取短信验证码"))
    page.get_by_label("短信验证码").fill(last_code(settings))
    follow(page.get_by_role("button", name="登录"))
    follow(page.get_by_role("button", name="接着提交"))

    page.wait_for_url(re.compile(r"/apply/(?!employer)"))
    answers = Application.objects.get(pk=draft.pk).answers.reveal()
    assert "晨光纺织二厂" in str(answers)


def last_code(settings: Settings) -> str:
    line = settings.MASHANG_SMS_FILE.read_text().splitlines()[-1]
    return re.findall(r"\d{6}", line.split("\t")[2])[0]
