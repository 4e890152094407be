"""The tools reach what they should: types, hooks. A pattern that matches nothing is silent."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mypy.config_parser import parse_config_file
from mypy.options import Options

from tests.house import HOUSE, Source, sources

pytestmark = pytest.mark.once

ROOT = HOUSE.parent
HURTS_A_FAMILY = re.compile(
    r"mashang\.(?:\w+\.)*(?:actions|queries|parts)(?:\.|$)|mashang\.(?:workflows|core|unions|config)\."
)


def strictness(settings: Path) -> Options:
    options = Options()
    parse_config_file(options, lambda: None, str(settings), sys.stdout, sys.stderr)
    return options


def dotted(source: Source) -> str:
    path = source.path.removesuffix(".py").removesuffix("/__init__")
    return f"mashang.{path.replace('/', '.')}"


def loosely_typed(options: Options, modules: list[str]) -> list[str]:
    """Modules in which a function may leave its types out, though a wrong one hurts a family."""
    return [
        module
        for module in modules
        if HURTS_A_FAMILY.match(module)
        and not options.clone_for_module(module).disallow_untyped_defs
    ]


def test_types_are_asked_for_where_a_wrong_one_hurts_a_family():
    modules = [dotted(source) for source in sources()]

    assert {"mashang.aid.actions", "mashang.cases.queries"} <= set(modules)
    assert loosely_typed(strictness(ROOT / "pyproject.toml"), modules) == []


def test_a_pattern_that_misses_a_package_would_be_seen(tmp_path):
    loose = tmp_path / "pyproject.toml"
    loose.write_text(
        '[[tool.mypy.overrides]]\nmodule = ["mashang.*.actions"]\ndisallow_untyped_defs = true\n'
    )
    modules = ["mashang.aid.actions", "mashang.cases.actions.x", "mashang.desk.cases"]

    assert loosely_typed(strictness(loose), modules) == ["mashang.cases.actions.x"]


def migration_hook() -> str:
    """The pattern of files after whose change pre-commit asks for the migration."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    return re.search(r"- id: migrations\n(?:.+\n)*? +files: (.+)\n", hooks)[1]


@pytest.mark.parametrize(
    ("path", "asks"),
    [
        ("mashang/aid/models.py", True),
        ("mashang/cases/models/household.py", True),
        ("mashang/cases/migrations/0001_initial.py", True),
        ("tests/cases/test_models.py", False),
        ("mashang/cases/actions/files.py", False),
    ],
)
def test_a_changed_model_asks_for_its_migration(path, asks):
    assert bool(re.search(migration_hook(), path)) is asks


# What may wait for ever if the other side never comes, and what ends it.
ENDLESS = {"Barrier": "timeout", "Thread": "daemon"}


def waits_without_an_end(text: str) -> list[str]:
    """`name (line)` of whatever would keep a whole run waiting after its test has failed."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    return [
        f"{name} ({call.lineno})"
        for call in calls
        if (name := ast.unparse(call.func).rpartition(".")[2]) in ENDLESS
        and not any(word.arg == ENDLESS[name] and _says_yes(word.value) for word in call.keywords)
    ]


def _says_yes(value: ast.expr) -> bool:
    """Not False, None or 0: `daemon=False` waits like none, and so does `timeout=None`."""
    return not isinstance(value, ast.Constant) or bool(value.value)


def test_no_test_keeps_the_run_waiting_for_ever():
    written = sorted((ROOT / "tests").rglob("*.py"))

    found = {path.name: waits_without_an_end(path.read_text()) for path in written}

    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("threading.Thread(target=work)", ["Thread (1)"]),
        ("Thread(target=work, daemon=True)", []),
        ("Thread(target=work, daemon=False)", ["Thread (1)"]),
        ("\nstart = Barrier(2)", ["Barrier (2)"]),
        ("Barrier(2, timeout=None)", ["Barrier (1)"]),
        ("Barrier(2, timeout=60)", []),
    ],
)
def test_a_wait_without_an_end_would_be_seen(text, found):
    assert waits_without_an_end(text) == found


def test_a_test_that_waits_for_ever_fails_by_its_name(pytestconfig):
    assert 0 < float(pytestconfig.getini("timeout")) <= 900


MADE_BESIDE = {
    "node_modules": "scripts/npm_ci",
    "mashang/vendor": "scripts/vendor.py",
    "mashang/static/vendor": "scripts/vendor.py",
    "mashang/locale/en/LC_MESSAGES/django.mo": "scripts/english.py",
}


@pytest.mark.parametrize("away", [None, *MADE_BESIDE])
def test_stamps_that_came_with_a_copied_environment_hide_no_folder(tmp_path, away):
    """All stamps are there, and one of the folders beside them is not."""

    def make(*words: str) -> str:
        done = subprocess.run(  # noqa: S603
            [shutil.which("make"), "--silent", "-f", ROOT / "Makefile", *words],
            cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    for name in ("requirements", "mashang/locale", ".venv/bin", ".venv/stamps"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("pyproject.toml", "requirements/run.txt", "requirements/test.txt"):
        (tmp_path / name).touch()
    for name in ("package-lock.json", ".npmrc", "mashang/locale/a.po", ".venv/bin/python"):
        (tmp_path / name).touch()
    for name in make(
        "--eval", "stamps:;@echo $(RUN) $(NODE) $(VENDOR) $(WORDING)", "stamps"
    ).split():
        (tmp_path / name).touch()
    for name in MADE_BESIDE.keys() - {away}:
        (tmp_path / name).mkdir(parents=True)

    said = make("--dry-run", "install")

    assert (MADE_BESIDE[away] in said) if away else not said
