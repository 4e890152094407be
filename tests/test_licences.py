"""Every locked package says under which licence it comes, and we may use it so (decision 22)."""

import json
import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import metadata

import pytest

from tests.house import HOUSE

pytestmark = pytest.mark.once

ROOT = HOUSE.parent
# What may run in the house, or be served by it: asks for notices, or for its own changed source.
RUNS = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "MPL-2.0",
    "OFL-1.1", "PSF-2.0", "Zlib",
    "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",  # installed beside us, never changed, never copied in
}  # fmt: skip
# What only tests and checks use may ask for more, because it goes to nobody with the house.
TESTS = RUNS | {"Artistic-1.0-Perl", "CNRI-Python", "GPL-3.0-or-later"}

# What packages wrote before there were identifiers.
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Artistic License": "Artistic-1.0-Perl",
    "BSD 2-Clause License": "BSD-2-Clause",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}
# Packages whose metadata is silent or vague, and what the licence text in them says.
SILENT = {
    "django-csp": "BSD-3-Clause",
    "nodeenv": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # its PDFium's own parts: BSD, MIT, Zlib and the like
    "pysqlite3": "Zlib",
    "pytest-django": "BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "sqlparse": "BSD-3-Clause",
}


def locked(lock: str) -> list[str]:
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    return re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==", text, re.MULTILINE)


def told_by(name: str) -> list[str]:
    """What a package's metadata says, the clearest first."""
    data = metadata(name)
    classifiers = [c.split(" :: ")[-1] for c in data.get_all("Classifier", []) if "License ::" in c]
    return [data.get("License-Expression", ""), data.get("License", ""), *classifiers]


def licence(told: Iterable[str]) -> str | None:
    """The first of these words that is an expression of identifiers we know."""
    for words in told:
        expression = SPELLINGS.get(words, words)
        if expression and set(re.split(r" (?:AND|OR) ", expression)) <= TESTS:
            return expression
    return None


def suits(expression: str, allowed: set[str]) -> bool:
    """Of alternatives one is enough, of what comes together all."""
    return any(set(part.split(" AND ")) <= allowed for part in expression.split(" OR "))


def unfit(told: dict[str, list[str]], allowed: set[str]) -> list[str]:
    licences = {name: SILENT.get(name) or licence(words) for name, words in told.items()}
    return [
        f"{name}: {expression or told[name]}"
        for name, expression in licences.items()
        if not expression or not suits(expression, allowed)
    ]


@pytest.mark.parametrize(("lock", "allowed"), [("run.txt", RUNS), ("test.txt", TESTS)])
def test_every_locked_package_may_be_used(lock, allowed):
    assert unfit({name: told_by(name) for name in locked(lock)}, allowed) == []


def test_every_package_of_the_pages_may_be_served():
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    told = {
        name.removeprefix("node_modules/"): [package.get("license", "")]
        for name, package in lock.items()
        if name and not package.get("dev")
    }

    assert told
    assert unfit(told, RUNS) == []


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        (["AGPL-3.0-only"], ["x: ['AGPL-3.0-only']"]),
        (["", "", "Other/Proprietary License"], ["x: ['', '', 'Other/Proprietary License']"]),
        (["GPL-3.0-or-later"], ["x: GPL-3.0-or-later"]),
        (["MIT AND GPL-3.0-or-later"], ["x: MIT AND GPL-3.0-or-later"]),
        (["MIT OR GPL-3.0-or-later"], []),
        (["", "MIT License"], []),
        ([""], ["x: ['']"]),
    ],
)
def test_a_licence_that_does_not_suit_would_be_seen(words, finding):
    assert unfit({"x": words}, RUNS) == finding


def test_no_package_is_spoken_for_that_speaks_for_itself():
    assert [name for name in SILENT if licence(told_by(name))] == []
    assert set(SILENT) <= set(locked("test.txt"))


def test_the_project_says_its_own():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    first, *_ = (ROOT / "LICENSE").read_text("utf-8").splitlines()

    assert project["license"] == "MulanPSL-2.0"
    assert first == "木兰宽松许可证, 第2版"
