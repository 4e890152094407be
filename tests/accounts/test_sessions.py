"""会话：各人看得到、结束得了；闲置自动退出；库里没有钥匙."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mashang.accounts import queries
from mashang.accounts.actions import devices
from mashang.accounts.devices import Origin, device_label, from_cookie, new_device
from mashang.accounts.models import PhoneCode, SignIn
from mashang.accounts.tasks import TASKS
from mashang.core.errors import Missing
from mashang.notices.models import Notice
from tests.builders import sign_in

pytestmark = pytest.mark.django_db


def test_the_table_opens_no_session(li) -> None:
    cookie = sign_in(li).session.session_key
    row = SignIn.objects.get()

    assert cookie != row.session_key
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get("/me/").status_code == 302


@pytest.mark.parametrize(
    ("who", "page", "idle"), [("chen", "/desk/account/", 15), ("li", "/me/", 30 * 1440)]
)
def test_an_idle_session_ends_and_a_used_one_goes_on(request, who, page, idle) -> None:
    browser = sign_in(request.getfixturevalue(who))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            clock.shift(timedelta(minutes=idle - 1))
            assert browser.get(page).status_code == 200
        clock.shift(timedelta(minutes=idle + 1))
        assert browser.get(page).status_code == 302


def test_using_a_session_writes_at_most_once_a_minute(chen, django_assert_num_queries) -> None:
    browser = sign_in(chen)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        before = SignIn.objects.get().seen_at
        browser.get("/desk/")
        assert SignIn.objects.get().seen_at == before
        clock.shift(timedelta(seconds=61))
        browser.get("/desk/")
        assert SignIn.objects.get().seen_at > before


def test_one_ends_ones_own_devices_only(li, chen) -> None:
    here, there = sign_in(li), sign_in(li)
    sign_in(chen)
    rows = queries.sign_ins(li, here.session.session_key)
    other = next(row for row in rows if not row.is_this)

    with pytest.raises(Missing):
        devices.end(other.key, by=chen)
    devices.end(other.key, by=li)

    assert there.get("/me/").status_code == 302 and here.get("/me/").status_code == 200
    with pytest.raises(Missing):
        devices.end(other.key, by=li)


def test_all_but_this_one(li, chen) -> None:
    here = sign_in(li)
    sign_in(li)
    sign_in(chen)

    assert devices.end_all(li, keep=here.session.session_key) == 1
    assert SignIn.objects.count() == 2


def test_a_devices_cookie_cannot_be_made_up() -> None:
    device = new_device().remember("account")

    assert from_cookie(device.to_cookie()) == device
    assert Origin(device, "").is_known_to("account") and not Origin(device, "").is_known_to("x")
    assert from_cookie(device.to_cookie()[:-2] + "xx").knows == ()
    assert from_cookie(None) != from_cookie(None)


def test_a_device_remembers_the_last_accounts_only() -> None:
    device = new_device()
    for number in range(10):
        device = device.remember(f"account {number}")

    assert len(device.knows) == 8 and device.mark("account 0") not in device.knows


def test_a_device_is_called_by_what_its_owner_knows() -> None:
    wechat = "Mozilla/5.0 (iPhone; CPU iPhone OS 17) Mobile MicroMessenger/8.0"

    assert device_label(wechat) == "iPhone · 微信" and device_label("") == "未知设备"


def test_what_ran_out_yesterday_is_swept(li, chen) -> None:
    sign_in(li)
    sign_in(chen)
    now = timezone.now()
    SignIn.objects.filter(user=li).update(expire_date=now - timedelta(hours=23))
    SignIn.objects.filter(user=chen).update(expire_date=now - timedelta(hours=25))
    PhoneCode.objects.create(device="d", purpose="sign_in", expires_at=now - timedelta(days=2))
    PhoneCode.objects.create(device="d", purpose="sign_in", expires_at=now)

    assert [task() for task in TASKS] == [0, 1, 1]  # nobody has failed to sign in
    assert SignIn.objects.get().user == li


def test_a_sign_in_on_a_device_never_seen_is_told(client, li, text_code) -> None:
    phone = li.phone.reveal()
    for browser in (client, client, Client()):
        code = text_code(browser, phone)
        browser.post("/sign-in/", {"phone": phone, "sms_code": code})
        browser.post("/sign-out/")

    assert Notice.objects.get().kind == "account.new_device"


def test_a_session_ended_elsewhere_is_said_so(li) -> None:
    browser = sign_in(li)
    key = SignIn.objects.get().session_key
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        page = browser.post(f"/me/sign-ins/{key}/end/")

    assert page.status_code == 400 and "请重新登录" in page.text
    assert page["X-Refusal"] == "signed_out"
