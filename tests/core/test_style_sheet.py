"""The style sheets: joined from all their parts; of WeUI what our pages use, and all of that."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from scripts import sheets
from tests.house import HOUSE

CLASS = re.compile(r"\bweui-[a-z_-]+")
IN_A_SELECTOR = re.compile(r"\.(weui-[a-z_-]+)")
NEVER = re.compile(r":not\([^)]*\)")


def named(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in CLASS.findall(text)}


def styled(css: str) -> set[str]:
    return set(IN_A_SELECTOR.findall(NEVER.sub("", css)))


@pytest.mark.parametrize(("name", "parts"), sheets.SHEETS.items())
def test_what_is_served_is_what_the_parts_say(name: str, parts: list[str]) -> None:
    served = (sheets.SERVED / name).read_text("utf-8")

    assert served == sheets.joined(parts), "run python scripts/vendor.py"


def test_each_part_has_its_place_in_the_order() -> None:
    there = {str(path.relative_to(sheets.STYLES)) for path in sheets.STYLES.rglob("*.css")}

    assert there == {*sheets.PHONE, *sheets.DESK}
    assert {len(parts) - len(set(parts)) for parts in sheets.SHEETS.values()} == {0}


def test_the_parts_follow_each_other_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "z.css").write_text("a { color: red }\n")
    (tmp_path / "a.css").write_text("a { color: blue }\n")
    monkeypatch.setattr(sheets, "STYLES", tmp_path)

    assert (
        sheets.joined(["z.css", "a.css"])
        == f"{sheets.NOTE}\na {{ color: red }}\n\na {{ color: blue }}\n"
    )


def test_a_sheet_names_no_file_that_is_not_served() -> None:
    texts = [sheets.joined(parts) for parts in sheets.SHEETS.values()]
    named = [name for text in texts for name in re.findall(r"""url\(["']?([^"')]+)""", text)]

    assert named
    assert [name for name in named if not (sheets.SERVED / name).is_file()] == []


def test_each_part_of_weui_in_a_page_is_drawn_and_no_other_is_kept() -> None:
    pages = named(path.read_text("utf-8") for path in HOUSE.rglob("*.html"))
    kept = styled((sheets.STYLES / "weui/weui.css").read_text("utf-8"))
    ours = styled("".join(path.read_text("utf-8") for path in sheets.STYLES.glob("phone/*.css")))

    assert pages - kept - ours == set()
    assert kept - pages == set()


def test_a_part_that_is_drawn_nowhere_would_be_seen() -> None:
    assert named(['<p class="weui-dialog weui-btn_warn">']) == {"weui-dialog", "weui-btn_warn"}
    assert styled(".weui-btn:not(.weui-btn_loading)::before{color:red}") == {"weui-btn"}
