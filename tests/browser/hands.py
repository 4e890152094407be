"""What a person's hands do on a page: fill in what is asked, tap the one main button, draw a name."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

Told = dict[str, Any]


def fill(page: Page, told: Told) -> None:
    """Fill in every field of the page that `told` knows; what is not shown is not asked."""
    for name, value in told.items():
        fields = page.locator(f'main [name="{name}"]:not([type=hidden])')
        if fields.count() and _is_asked(fields.first):
            _put(fields, value)


def _is_asked(field: Locator) -> bool:
    """Radio buttons are drawn by their label; a question that does not apply is hidden with it."""
    return field.locator(
        "xpath=ancestor::*[contains(@class, 'field') or self::label][1]"
    ).is_visible()


def _put(fields: Locator, value: Any) -> None:
    kind = fields.first.get_attribute("type")
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            fields.page.locator(
                f'label:has([name="{fields.first.get_attribute("name")}"][value="{one}"])'
            ).click()
    elif fields.first.evaluate("field => field.tagName") == "SELECT":
        fields.first.select_option(value)
    else:
        fields.first.fill(value)


def press(page: Page, words: str) -> None:
    """Tap a button or a link by its words, and wait for the page that follows."""
    follow(page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words)).first)


def follow(target: Locator) -> None:
    """Tap what leads on, and wait until the next page stands: what is looked at then is that page."""
    with target.page.expect_navigation():
        target.click()


def draw_name(page: Page) -> None:
    """Two strokes on the sheet, as a finger would."""
    box = page.locator("canvas").bounding_box()
    assert box
    for start, end in ((0.2, 0.4), (0.5, 0.8)):
        page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] * 0.3)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * end, box["y"] + box["height"] * 0.7, steps=6)
        page.mouse.up()


def last_code(messages: Path, phone: str) -> str:
    """The code in the newest text message to this phone."""
    lines = [line for line in messages.read_text("utf-8").splitlines() if phone in line]
    found = re.search(r"\b\d{6}\b", lines[-1].split("\t")[-1])
    assert found
    return found[0]


def sign_in_by_phone(page: Page, phone: str, messages: Path) -> None:
    """手机号登录, wherever the house asks for it."""
    page.locator("[name=phone]").fill(phone)
    press(page, "获取短信验证码")
    page.locator("[name=sms_code]").fill(last_code(messages, phone))
    press(page, "登录")
