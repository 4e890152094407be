"""What the documents lead to exists, and no page leads to the same place twice in its list."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.house import HOUSE

pytestmark = pytest.mark.once

ROOT = HOUSE.parent
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / ".github").rglob("*.md")),
]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")
FOLDERS = ("mashang", "tests", "scripts", "docs", "requirements", "bench", "proofs", ".ci")
ENDINGS = "py|html|css|js|md|toml|json|jsonc|txt|in|po|svg|png|yaml"
# A file after at least one folder, or a folder by itself; `<room>`, `*` and addresses are none.
PATH = re.compile(rf"(?<![\w/:.<>*$~-])((?:[\w.-]+/)+[\w.-]+\.(?:{ENDINGS}))\b|`((?:[\w.-]+/)+)`")
MADE = ("var/", "vendor/", "static/vendor/", "mashang/vendor/")  # by `make`, and not kept
ROW = re.compile(r"^\| \[[^]]*\]\(([^)]+)\)", re.MULTILINE)


def dead_links(document: Path, text: str) -> list[str]:
    return [to for to in LINK.findall(text) if not (document.parent / to).exists()]


@cache
def standing() -> str:
    """Every file of the checkout, one a line, each after a slash."""
    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    return "".join(f"/{path.relative_to(ROOT)}\n" for path in paths)


def dead_paths(text: str) -> list[str]:
    """Files and folders that the text names, from wherever their path begins, and that are not there."""
    files = [file for file, _ in PATH.findall(text) if file and f"/{file}\n" not in standing()]
    folders = [to for _, to in PATH.findall(text) if to and f"/{to}" not in standing()]
    return [path for path in [*files, *folders] if not path.startswith(MADE)]


def doubles(text: str) -> list[str]:
    """Rows of a table that lead to the same document."""
    return [to for to, times in Counter(ROW.findall(text)).items() if times > 1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_leads_somewhere_and_only_once(document):
    text = document.read_text("utf-8")

    assert dead_links(document, text) == []
    assert dead_paths(LINK.sub("", text)) == []
    assert doubles(text) == []


def test_a_dead_link_and_a_double_would_be_seen():
    text = "| [a](docs/none.md) | x |\n| [b](docs/none.md#part) | y |\n| [a](docs/none.md) | z |"

    assert dead_links(ROOT / "README.md", text) == ["docs/none.md"] * 3
    assert doubles(text) == ["docs/none.md"]


def test_a_path_that_leads_nowhere_would_be_seen():
    there = "`tests/house.py: writes`, `desk/base.html`, `wishes/parts/`, `var/x.txt`, `js/once.js`"
    text = (
        f"`mashang/none.py`, {there}, `mashang/<room>/none.py`, see cases/none.py; `cases/nowhere/`"
    )

    assert dead_paths(text) == ["mashang/none.py", "cases/none.py", "cases/nowhere/"]


def test_both_forges_ask_the_same_of_a_merge():
    github, gitee = (
        (ROOT / name).read_text("utf-8")
        for name in (
            ".github/PULL_REQUEST_TEMPLATE.md",
            ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md",
        )
    )
    assert github == gitee
