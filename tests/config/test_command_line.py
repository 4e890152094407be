"""`mashang`: what it offers, and how it ends."""

import re
import tomllib

import pytest

from mashang.__main__ import COMMANDS, main
from tests.house import HOUSE

PROJECT = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text("utf-8"))["project"]


def newest_release(changelog: str) -> str:
    """The first section that has a number; what is not released yet stands above it."""
    return re.search(r"^## (\d+\.\d+\.\d+)（\d{4} 年", changelog, re.MULTILINE)[1]


def test_the_command_line_names_the_version_of_the_project(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"mashang {PROJECT['version']}\n"


def test_the_newest_release_in_the_changelog_is_this_version():
    assert newest_release((HOUSE.parent / "CHANGELOG.md").read_text("utf-8")) == PROJECT["version"]


def test_another_version_in_the_changelog_would_be_seen():
    told = "## 未发布\n\n- 新\n\n## 0.3.0（2027 年 1 月）\n\n## 0.2.0（2026 年 11 月）\n"

    assert newest_release(told) == "0.3.0"


def test_help_names_every_command_and_every_exit_code(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(name in told for name in COMMANDS)
    assert all(f"  {code}  " in told for code in range(4))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"usage: mashang {name}" in told
    assert "--settings" not in told, "Django's own options are noise to an operator"


@pytest.mark.parametrize("arguments", [[], ["fly"], ["check", "--fast"], ["tick", "--every"]])
def test_wrong_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage: mashang" in capsys.readouterr().err
