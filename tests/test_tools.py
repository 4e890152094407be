"""The tools reach what they should: types, hooks. A pattern that matches nothing is silent."""

import re
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
