"""批准的钱打不出去：职工在手机上重填账号，财务看得到为什么还不能打款."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang import workflows
from mashang.accounts.actions import consents
from mashang.accounts.models import Consent
from mashang.cases.actions import channels
from mashang.cases.form.consents import VERSION
from mashang.cases.models import ChannelChange
from mashang.unions.roles import Role
from tests.access.further import granted_sum
from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import PHONE, let_in
from tests.builders import make_branch, make_staff

Shot = Callable[..., None]
NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
POINTER, FINGER = 24, 44

pytestmark = pytest.mark.django_db(transaction=True)


def check_readable(page: Page, target: int) -> None:
    assert (axe(page), too_wide(page), small_targets(page, target)) == ([], 0, [])


def test_a_stopped_account_is_named_again_and_the_treasurer_sees_why_it_waits(
    open_page: Callable[..., Page], shot: Shot, live_server: LiveServer
) -> None:
    branch = make_branch()
    clerk = make_staff("周敏", branch["own"], Role.CLERK)
    granted = granted_sum(clerk, make_staff("方正", branch["county"], Role.APPROVER))
    treasurer = make_staff("钱多", branch["county"], Role.TREASURER)
    card = granted.application.answers.reveal()["card_number"]
    channels.follow_answers(
        granted.application,
        granted.holder,
        {"phone": "13800138000", "card_number": card},
        changed={"card_number"},
        by=clerk,
    )
    channels.stop(ChannelChange.objects.get(), by=granted.holder.user)
    desk, phone = open_page(), open_page(**NARROW)
    let_in(desk, treasurer, live_server)
    let_in(phone, granted.holder.user, live_server)

    desk.goto(f"{live_server.url}/desk/aid/{granted.pk}/pay/")
    shot(desk, "pay-held-back")
    check_readable(desk, POINTER)
    desk.get_by_role("link", name="更正收款账号").click()
    shot(desk, "name-account")
    check_readable(desk, POINTER)

    phone.goto(f"{live_server.url}/matters/{granted.application_id}/")
    shot(phone, "matter-held-back")
    check_readable(phone, FINGER)
    phone.get_by_role("link", name="重填收款账号").click()
    shot(phone, "own-account")
    check_readable(phone, FINGER)
    phone.get_by_label("开户银行").fill("中国工商银行")
    phone.get_by_label("支行名称").fill("新华支行")
    phone.get_by_label("卡号").fill("6228480000000000027")
    phone.get_by_role("button", name="提交收款账号").click()
    phone.get_by_text("逐位核对").first.wait_for()
    assert phone.get_by_label("支行名称").input_value() == "新华支行"
    phone.get_by_label("卡号").fill("6228480000000000026")
    phone.get_by_role("button", name="提交收款账号").click()
    phone.get_by_text("等财务打款").first.wait_for()
    shot(phone, "matter-account-named")

    desk.goto(f"{live_server.url}/desk/aid/{granted.pk}/pay/")
    desk.get_by_text("中国工商银行").wait_for()
    assert not desk.get_by_text("现在不能打款").count()


def test_large_letters_on_the_narrowest_phone_keep_within_their_card(
    open_page: Callable[..., Page], shot: Shot, live_server: LiveServer
) -> None:
    branch = make_branch()
    clerk = make_staff("周敏", branch["own"], Role.CLERK)
    granted = granted_sum(clerk, make_staff("方正", branch["county"], Role.APPROVER))
    worker = granted.holder.user
    consents.give(
        granted.holder_id, Consent.Purpose.BANK, version=VERSION, by=worker, union=branch["own"]
    )
    workflows.withdraw_consent(granted.holder, Consent.Purpose.BANK, by=worker)
    phone = open_page(elder=True, **NARROW)
    let_in(phone, worker, live_server)

    phone.goto(f"{live_server.url}/matters/{granted.application_id}/")

    shot(phone, "matter-taken-back-elder")
    assert too_wide(phone) == 0
    card = phone.locator(".card", has=phone.get_by_role("link", name="去重新同意"))
    inside, button = card.bounding_box(), card.locator(".weui-btn").bounding_box()
    assert inside and button
    assert button["x"] + button["width"] <= inside["x"] + inside["width"]
