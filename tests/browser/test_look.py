"""Every component of both faces, in a real browser: readable, hittable, and within the screen."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response
from pytest_django import Settings

from tests.browser.audit import axe, small_targets, too_wide
from tests.browser.conftest import OpenPage
from tests.browser.hands import follow

PHONE_PAGES = ["/", "/form/", "/matter/", "/code/", "/scanner/", "/done/", "/stranger/"]
DESK_PAGES = ["/desk/", "/desk/file/", "/desk/form/"]
THUMB, OLD_THUMB, MOUSE = 44, 60, 24
FIRST_VIEW = 150_000

pytestmark = pytest.mark.django_db(transaction=True)
Shot = Callable[..., None]


@pytest.fixture(autouse=True)
def component_pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.browser.pages"


def name_of(prefix: str, address: str) -> str:
    return f"look-{prefix}-{address.strip('/').replace('/', '-') or 'home'}"


@pytest.mark.parametrize("address", PHONE_PAGES)
def test_a_phone_page_can_be_read_and_hit_by_everybody(
    phone: Page, shot: Shot, address: str
) -> None:
    phone.goto(address)
    shot(phone, name_of("phone", address))

    assert axe(phone) == []
    assert small_targets(phone, THUMB) == []
    assert too_wide(phone) == 0


@pytest.mark.parametrize("address", PHONE_PAGES)
def test_the_elder_version_has_large_letters_and_targets(
    elder: Page, shot: Shot, address: str
) -> None:
    elder.goto(address)
    if address != "/stranger/":
        shot(elder, name_of("elder", address))

    assert axe(elder) == []
    assert too_wide(elder) == 0
    if address == "/stranger/":
        return  # the same bytes for everybody, so it cannot know
    assert small_targets(elder, OLD_THUMB) == []
    letters = elder.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert letters >= 24


@pytest.mark.parametrize("address", PHONE_PAGES)
def test_the_phone_reads_well_at_night(dark: Page, shot: Shot, address: str) -> None:
    dark.goto(address)
    shot(dark, name_of("dark", address))

    assert axe(dark) == []


@pytest.mark.parametrize("address", DESK_PAGES)
def test_a_desk_page_can_be_read_and_hit_by_everybody(desk: Page, shot: Shot, address: str) -> None:
    desk.goto(address)
    shot(desk, name_of("desk", address))

    assert axe(desk) == []
    assert small_targets(desk, MOUSE) == []
    assert too_wide(desk) == 0


@pytest.mark.parametrize("address", DESK_PAGES)
def test_the_desk_reads_well_at_night(desk_dark: Page, shot: Shot, address: str) -> None:
    desk_dark.goto(address)
    shot(desk_dark, name_of("desk-dark", address))

    assert axe(desk_dark) == []


def test_the_checks_see_a_bad_page(phone: Page) -> None:
    phone.goto("/bad/")

    found = " ".join(axe(phone))

    assert "color-contrast" in found
    assert "label" in found
    assert len(small_targets(phone, THUMB)) == 2
    assert too_wide(phone) > 0


@pytest.mark.parametrize("address", PHONE_PAGES + DESK_PAGES)
def test_at_twice_the_size_nothing_runs_off_a_narrow_screen(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(viewport={"width": 320, "height": 640})

    page.goto(address)

    assert too_wide(page) == 0


@pytest.mark.parametrize("address", PHONE_PAGES)
def test_a_first_view_is_light(phone: Page, address: str) -> None:
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        weights[response.url] = len(gzip.compress(response.body()))

    phone.on("response", weigh)
    phone.goto(address, wait_until="networkidle")

    assert sum(weights.values()) <= FIRST_VIEW
    assert {url.split("/")[2] for url in weights} == {phone.url.split("/")[2]}  # no third party


@pytest.mark.parametrize("address", PHONE_PAGES)
def test_pages_read_without_scripts(plain: Page, address: str) -> None:
    plain.goto(address)

    assert plain.locator("h1").count() == 1
    assert plain.locator("h1").is_visible()


def test_what_is_amiss_is_said_on_top_and_beside_the_field(phone: Page, shot: Shot) -> None:
    phone.goto("/form/")
    follow(phone.get_by_role("button", name="保存，下一步"))

    summary = phone.get_by_role("alert")
    assert summary.evaluate("element => element === document.activeElement")
    assert axe(phone) == []
    shot(phone, "look-phone-errors")
    summary.get_by_role("link", name="姓名").click()
    field = phone.get_by_label("姓名")
    assert field.evaluate("element => element === document.activeElement")
    said = phone.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
    assert "这个字段是必填项" in said.inner_text()


def test_the_desk_says_what_is_amiss_in_the_same_way(desk: Page, shot: Shot) -> None:
    desk.goto("/desk/form/")
    follow(desk.get_by_role("button", name="提交受理"))

    shot(desk, "look-desk-errors")
    assert axe(desk) == []
    assert desk.get_by_role("alert").get_by_role("link").count() == 5


def test_the_skip_link_is_the_first_stop_of_the_keyboard(desk: Page) -> None:
    desk.goto("/desk/")
    desk.keyboard.press("Tab")

    assert desk.evaluate("document.activeElement.textContent") == "跳到正文"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"


def test_a_print_leaves_the_buttons_out(desk: Page, shot: Shot) -> None:
    desk.goto("/desk/file/")
    desk.emulate_media(media="print")

    shot(desk, "look-print-file")
    assert not desk.locator(".side").is_visible()
    assert not desk.get_by_role("button").first.is_visible()
    assert desk.get_by_role("heading", name="家庭基本情况").is_visible()
