"""What is kept of WeUI: the parts that our pages use, and all of those."""

import re
from collections.abc import Iterable

from tests.house import HOUSE

STYLES = HOUSE / "styles"
CLASS = re.compile(r"\bweui-[a-z_-]+")
IN_A_SELECTOR = re.compile(r"\.(weui-[a-z_-]+)")
NEVER = re.compile(r":not\([^)]*\)")


def named(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in CLASS.findall(text)}


def styled(css: str) -> set[str]:
    return set(IN_A_SELECTOR.findall(NEVER.sub("", css)))


def test_each_part_of_weui_in_a_page_is_drawn_and_no_other_is_kept() -> None:
    pages = named(path.read_text("utf-8") for path in HOUSE.rglob("*.html"))
    kept = styled((STYLES / "weui/weui.css").read_text("utf-8"))
    ours = styled((HOUSE / "static/css/phone.css").read_text("utf-8"))

    assert pages - kept - ours == set()
    assert kept - pages == set()


def test_a_part_that_is_drawn_nowhere_would_be_seen() -> None:
    assert named(['<p class="weui-dialog weui-btn_warn">']) == {"weui-dialog", "weui-btn_warn"}
    assert styled(".weui-btn:not(.weui-btn_loading)::before{color:red}") == {"weui-btn"}
