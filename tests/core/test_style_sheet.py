"""The phone's style sheet: joined from all its parts; of WeUI what our pages use, and all of that."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from scripts import sheets
from tests.house import HOUSE

STYLES = HOUSE / "styles"
CLASS = re.compile(r"\bweui-[a-z_-]+")
IN_A_SELECTOR = re.compile(r"\.(weui-[a-z_-]+)")
NEVER = re.compile(r":not\([^)]*\)")


def named(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in CLASS.findall(text)}


def styled(css: str) -> set[str]:
    return set(IN_A_SELECTOR.findall(NEVER.sub("", css)))


def test_what_is_served_is_what_the_parts_say() -> None:
    assert sheets.JOINED.read_text("utf-8") == sheets.joined(), "run python scripts/vendor.py"


def test_each_part_has_its_place_in_the_order() -> None:
    assert sorted(sheets.PARTS[2:]) == sorted(sheets.PHONE.iterdir())


def test_the_parts_follow_each_other_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "z.css", tmp_path / "a.css"
    first.write_text("a { color: red }\n")
    second.write_text("a { color: blue }\n")
    monkeypatch.setattr(sheets, "PARTS", [first, second])

    assert sheets.joined() == f"{sheets.NOTE}\na {{ color: red }}\n\na {{ color: blue }}\n"


def test_a_sheet_names_no_file_that_is_not_served() -> None:
    beside = sheets.JOINED.parent
    named = re.findall(r"""url\(["']?([^"')]+)""", sheets.joined())

    assert named
    assert [name for name in named if not (beside / name).is_file()] == []


def test_each_part_of_weui_in_a_page_is_drawn_and_no_other_is_kept() -> None:
    pages = named(path.read_text("utf-8") for path in HOUSE.rglob("*.html"))
    kept = styled((STYLES / "weui/weui.css").read_text("utf-8"))
    ours = styled("".join(path.read_text("utf-8") for path in sheets.PHONE.glob("*.css")))

    assert pages - kept - ours == set()
    assert kept - pages == set()


def test_a_part_that_is_drawn_nowhere_would_be_seen() -> None:
    assert named(['<p class="weui-dialog weui-btn_warn">']) == {"weui-dialog", "weui-btn_warn"}
    assert styled(".weui-btn:not(.weui-btn_loading)::before{color:red}") == {"weui-btn"}
