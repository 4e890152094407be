"""What a page is held to: axe-core's rules, targets that a thumb hits, nothing wider than the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path("node_modules/axe-core/axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

FIND_SMALL = """least => {
  const small = [];
  for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (!element.checkVisibility() || element.type === "hidden" || element.classList.contains("skip")) continue;
    const target = element.closest("label") || element.closest(".photo__pick") || element;
    const box = target.getBoundingClientRect();
    const inText = element.matches("p a, dd a, td a, li > a:not([class]), dd button, td button");
    if (inText || box.width === 0) continue;
    if (box.height < least - 0.5 || box.width < least - 0.5)
      small.push(`${element.outerHTML.slice(0, 90)} is ${Math.round(box.width)}×${Math.round(box.height)}`);
  }
  return small;
}"""


def axe(page: Page) -> list[str]:
    """Violations of WCAG 2.2 AA in the page as it stands, one line each; good pages have none."""
    page.evaluate(AXE.read_text("utf-8"))
    with unfolded(page):
        found: dict[str, Any] = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
    return [
        f"{violation['id']}: {node['html'][:160]} | {' '.join(node['failureSummary'].split())[:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@contextmanager
def unfolded(page: Page) -> Iterator[None]:
    """As if the screen were as high as the page: the tabs lie below everything, and cover nothing."""
    before = page.viewport_size
    if before is None:
        yield
        return
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
    yield
    page.set_viewport_size(before)


def small_targets(page: Page, least: int) -> list[str]:
    """Controls smaller than ``least`` CSS pixels; links inside running text are let off, as WCAG does."""
    small: list[str] = page.evaluate(FIND_SMALL, least)
    return small


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its screen."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
