"""同一台设备: two colleagues' accounts in one browser are told to those who watch over the branch."""

import time

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from mashang.accounts.actions import staff
from mashang.accounts.actions.staff import account_mark
from mashang.accounts.devices import Device, from_cookie, new_device
from mashang.accounts.models import User
from mashang.cases.actions.shared_devices import _colleagues, tell_if_shared
from mashang.cases.models import Alert
from mashang.notices.models import Notice
from mashang.unions.models import Post
from mashang.unions.roles import Role
from mashang.unions.scope import posts_of
from tests.builders import make_staff, make_worker

pytestmark = pytest.mark.django_db
PASSWORD = "qing-shan-lv-shui-7"
SECRET = pyotp.random_base32()


@pytest.fixture
def keeper(branch_a) -> User:
    return make_staff("唐洁", branch_a["county"], Role.KEEPER)


@pytest.fixture
def two(branch_a) -> tuple[User, User]:
    return (
        make_staff("周敏", branch_a["own"], Role.CLERK),
        make_staff("周民", branch_a["own"], Role.CLERK),
    )


def used_by(*accounts: User) -> Device:
    device = new_device()
    for account in accounts:
        device = device.remember(account_mark(account.username or ""))
    return device


def raised() -> list[Alert]:
    return list(Alert.objects.unscoped(why="test"))


def test_the_second_account_in_one_browser_is_told_of_with_the_name_of_the_first(two, keeper):
    first, second = two

    tell_if_shared(second, device=used_by(first))

    [alert] = raised()
    assert (alert.kind, alert.about) == (Alert.Kind.DEVICE, second) and first.name in alert.why
    assert Notice.objects.filter(user=keeper, kind="alert.raised").exists()


def test_an_account_that_was_here_before_is_told_of_no_more(two, keeper):
    first, second = two

    tell_if_shared(second, device=used_by(first, second))

    assert not raised()


def test_a_browser_of_ones_own_and_one_of_a_worker_s_are_nothing_to_tell(two, keeper):
    phone = new_device().remember(make_worker("职工").phone_index or "")
    for device in (new_device(), phone):
        tell_if_shared(two[0], device=device)

    assert not raised()


def test_colleagues_of_another_county_could_not_be_the_second_person(two, branch_b):
    far = make_staff("外县", branch_b["own"], Role.CLERK)

    tell_if_shared(two[0], device=used_by(far))

    assert not raised()


def test_whoever_lets_people_in_above_is_compared_too(two, branch_a):
    admin = make_staff("管理员", branch_a["county"], Role.ADMIN)

    assert tell_if_shared(two[0], device=used_by(admin))
    assert tell_if_shared(admin, device=used_by(two[1]))


def test_of_thousands_of_colleagues_only_account_and_name_are_read(two, branch_a, monkeypatch):
    first, second = two
    Post.objects.create(
        user=second, union=branch_a["town"], role=Role.CLERK, from_on=timezone.localdate()
    )
    posts_of(first)
    monkeypatch.setattr(User, "from_db", None)

    assert list(_colleagues(first)) == [(second.username, second.name)]


def test_at_the_door_of_the_desk(two, keeper, monkeypatch):
    """Both sign in with their own password and second factor, in one browser."""
    browser = Client()
    for account in two:
        account.set_password(PASSWORD)
        account.totp_secret = SECRET
        account.save()
        second = pyotp.TOTP(SECRET).at(int(time.time()))
        typed = {"username": account.username, "password": PASSWORD, "second": second}
        assert browser.post("/desk/sign-in/", typed).status_code == 302
        browser.post("/desk/sign-out/")

    assert [alert.about for alert in raised()] == [two[1]]
    known = from_cookie(browser.cookies["device"].value).knows
    assert len(known) == 2 and staff.account_mark(two[0].username or "") not in known
