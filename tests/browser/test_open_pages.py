"""The real pages that anybody may open: readable, hittable, light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import OpenPage

PHONE_PAGES = [
    "/",
    "/guide/",
    "/wishes/",
    "/wishes/figures/",
    "/selftest/",
    "/sign-in/",
    "/S/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "/nowhere/",
]
DESK_PAGES = ["/desk/sign-in/", "/desk/enrol/"]
Shot = Callable[..., None]

pytestmark = pytest.mark.django_db(transaction=True)


def name_of(prefix: str, address: str) -> str:
    return f"open-{prefix}-{address.strip('/').replace('/', '-')[:20] or 'home'}"


@pytest.mark.parametrize("address", PHONE_PAGES)
@pytest.mark.parametrize("reader", ["phone", "elder", "dark", "english"])
def test_a_phone_page_suits_every_reader(
    request: pytest.FixtureRequest, shot: Shot, reader: str, address: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    page.goto(address)
    shot(page, name_of(reader, address))

    assert axe(page) == []
    assert small_targets(page, 44) == []
    assert too_wide(page) == 0


@pytest.mark.parametrize("address", DESK_PAGES)
@pytest.mark.parametrize("reader", ["desk", "desk_dark"])
def test_a_desk_page_suits_every_reader(
    request: pytest.FixtureRequest, shot: Shot, reader: str, address: str
) -> None:
    page: Page = request.getfixturevalue(reader)
    page.goto(address)
    shot(page, name_of(reader, address))

    assert axe(page) == []
    assert small_targets(page, 24) == []


@pytest.mark.parametrize("address", PHONE_PAGES + DESK_PAGES)
def test_nothing_runs_off_a_narrow_screen(open_page: OpenPage, address: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(address)

    assert too_wide(page) == 0
