"""本人设置、演示入口、组织与规则的页面：看得清、点得着，填过的内容不丢."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.notices.actions import tell
from mashang.notices.kinds import kind
from mashang.unions.models import Union
from tests.browser.seeing import axe, small_targets, too_wide
from tests.builders import make_holder

Shot = Callable[..., Path]
NEWS = kind(
    "test.browser", "您的申请已受理", "{union}已受理您的申请，预计 {day} 前核查。", by_sms=False
)

pytestmark = pytest.mark.django_db(transaction=True)

PHONE_PAGES = [
    "/demo/", "/me/", "/me/phone/", "/me/sign-ins/", "/me/consents/",
    "/me/consents/helper/withdraw/", "/inbox/", "/confirm/",
]  # fmt: skip
DESK_PAGES = {
    "admin": ["/desk/unions/", "/desk/appointments/", "/desk/regions/", "found/", "appoint/", "close/"],
    "chair": ["/desk/rules/", "/desk/rules/category/relative/", "/desk/rules/standard/"],
    "clerk": ["/desk/account/", "/desk/account/password/", "/desk/account/relatives/", "/desk/inbox/",
              "/desk/confirm/"],
}  # fmt: skip


@pytest.fixture
def planted() -> None:
    call_command("demo")


def step_in(page: Page, key: str) -> None:
    page.goto("/demo/")
    page.locator(f'form[action$="/step-in/{key}/"] button').click()


def name_of(reader: str, address: str) -> str:
    return f"own-{reader}-{address.strip('/').replace('/', '-')[:40] or 'home'}"


@pytest.mark.parametrize("reader", ["phone", "elder", "dark"])
def test_the_phones_own_pages_suit_every_reader(
    request: pytest.FixtureRequest, planted: None, shot: Shot, reader: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    step_in(page, "newcomer")
    user = User.objects.get(phone_index__isnull=False)
    holder = make_holder(Union.objects.get(code="450521-01-01"), user)
    consents.give(holder.pk, Consent.Purpose.FILE, version="2026-11", by=user)
    consents.give(holder.pk, Consent.Purpose.HELPER, version="2026-11", by=user)
    tell(user, NEWS, url="/", union="合浦县总工会", day="11月30日")
    for address in PHONE_PAGES:
        page.goto(address)
        shot(page, name_of(reader, address))
        assert (address, axe(page), small_targets(page, 44), too_wide(page)) == (address, [], [], 0)


@pytest.mark.parametrize("seat", DESK_PAGES)
@pytest.mark.parametrize("reader", ["desk", "desk_dark"])
def test_the_desks_pages_suit_every_reader(
    request: pytest.FixtureRequest, planted: None, shot: Shot, reader: str, seat: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    step_in(page, seat)
    for address in DESK_PAGES[seat]:
        if not address.startswith("/"):
            address = f"/desk/unions/{Union.objects.get(code='450521').pk}/{address}"
        page.goto(address)
        shot(page, f"own-{reader}-{seat}-{address.strip('/').split('/')[-1]}")
        assert (address, axe(page), small_targets(page, 24)) == (address, [], [])
