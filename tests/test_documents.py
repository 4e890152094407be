"""What the documents lead to exists, and no page leads to the same place twice in its list."""

import re
from collections import Counter
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
PATH = re.compile(r"`((?:mashang|tests|scripts|docs|requirements)/[\w./-]+)`")
ROW = re.compile(r"^\| \[[^]]*\]\(([^)]+)\)", re.MULTILINE)


def dead_links(document: Path, text: str) -> list[str]:
    return [to for to in LINK.findall(text) if not (document.parent / to).exists()]


def dead_paths(text: str) -> list[str]:
    """Files and folders of the checkout that the text names, and that are not there."""
    return [path for path in PATH.findall(text) if not (ROOT / path).exists()]


def doubles(text: str) -> list[str]:
    """Rows of a table that lead to the same document."""
    return [to for to, times in Counter(ROW.findall(text)).items() if times > 1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_leads_somewhere_and_only_once(document):
    text = document.read_text("utf-8")

    assert dead_links(document, text) == []
    assert doubles(text) == []


def test_the_guide_names_files_that_exist():
    assert dead_paths((ROOT / "CONTRIBUTING.md").read_text("utf-8")) == []


def test_a_dead_link_and_a_double_would_be_seen():
    text = "| [a](docs/none.md) | x |\n| [b](docs/none.md#part) | y |\n| [a](docs/none.md) | z |"

    assert dead_links(ROOT / "README.md", text) == ["docs/none.md"] * 3
    assert doubles(text) == ["docs/none.md"]
    assert dead_paths("`mashang/none.py`, `tests/house.py`, `mashang/<room>/`") == [
        "mashang/none.py"
    ]


def test_both_forges_ask_the_same_of_a_merge():
    github, gitee = (
        (ROOT / name).read_text("utf-8")
        for name in (
            ".github/PULL_REQUEST_TEMPLATE.md",
            ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md",
        )
    )
    assert github == gitee
