"""A real browser for the pages: Debian's Chromium, a phone and a desk, by day and by night."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import User
from tests.builders import sign_in

# Playwright's loop runs in this thread, and Django would refuse to touch the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# Debian's browser without a window is the same engine at two thirds of the work.
CHROMIUM = (
    os.environ.get("MASHANG_CHROMIUM") or shutil.which("chromium-headless-shell") or "chromium"
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera made of a test picture, so that the scanner page can be opened.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK = {"viewport": {"width": 1360, "height": 900}}
# Where pictures are kept; without it none is taken, which is a third of a browser test's time.
SHOTS = os.environ.get("MASHANG_SHOTS")

OpenPage = Callable[..., Page]

# A kept-alive connection would hold the test's database open, and write into the next test's.
WSGIRequestHandler.protocol_version = "HTTP/1.0"


def let_in(page: Page, user: User, live_server: LiveServer) -> None:
    """Signs this person in, as the sign-in pages would."""
    session = sign_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": QUIET, "headless": True}


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Opens pages of the running house; at the end nothing may have failed or been blocked."""
    contexts = []
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    def open_one(*, elder: bool = False, **kind: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **{"locale": "zh-CN", **kind})
        contexts.append(context)
        if elder:
            context.add_cookies([{"name": "elder", "value": "1", "url": live_server.url}])
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda answer: answer.status >= 500 and complaints.append(answer.url))
        return page

    yield open_one
    for context in contexts:
        context.close()
    _let_the_server_finish()
    assert complaints == []


def _let_the_server_finish(seconds: float = 10) -> None:
    """An answer under way still holds the test's database open; one may be just about to start."""
    until = time.monotonic() + seconds
    while (busy := _answering()) and time.monotonic() < until:
        for thread in busy:
            if thread.ident is None:
                time.sleep(0.01)
            else:
                thread.join(timeout=1)


def _answering() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if "process_request_thread" in each.name]


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(**PHONE)


@pytest.fixture
def elder(open_page: OpenPage) -> Page:
    """The phone in its elder version."""
    return open_page(elder=True, **PHONE)


@pytest.fixture
def dark(open_page: OpenPage) -> Page:
    """The phone at night."""
    return open_page(color_scheme="dark", **PHONE)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    return open_page(**DESK)


@pytest.fixture
def desk_dark(open_page: OpenPage) -> Page:
    return open_page(color_scheme="dark", **DESK)


@pytest.fixture
def english(open_page: OpenPage) -> Page:
    """The phone of somebody who reads English."""
    return open_page(locale="en", **PHONE)


@pytest.fixture
def plain(open_page: OpenPage) -> Page:
    """A phone whose browser runs no scripts."""
    return open_page(java_script_enabled=False, **PHONE)


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keeps a picture of a page as ``$MASHANG_SHOTS/<name>.png``."""

    def take(page: Page, name: str, *, whole: bool = True) -> None:
        if not SHOTS:
            return
        path = Path(SHOTS, f"{name}.png")
        before = page.viewport_size
        if (
            whole and before
        ):  # as if the screen were that high, so that the tabs lie below everything
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": before["width"], "height": height})
        page.screenshot(path=path, animations="disabled")
        if before:
            page.set_viewport_size(before)

    return take
