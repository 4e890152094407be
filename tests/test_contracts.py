"""The contracts of imports are shown to break: each sabotage is one line somewhere in the house."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import HOUSE

pytestmark = pytest.mark.once
SABOTAGES = [
    # (file, line, the contract that must break)
    (
        "desk/cases/transfers.py",
        "from mashang.cases.parts import transfers",
        "Halves of a verb are called by its workflow alone",
    ),
    (
        "desk/cases/casework.py",
        "from mashang.cases.parts.files import close_case",
        "Halves of a verb are called by its workflow alone",
    ),
    (
        "mobile/accounts/settings.py",
        "from mashang.accounts.parts import withdraw",
        "A consent is withdrawn with all that follows",
    ),
    (
        "cases/actions/files.py",
        "from mashang.wishes.models import Wish",
        "Imports go downstairs only",
    ),
    (
        "desk/home.py",
        "from mashang.mobile import home",
        "Imports go downstairs only",
    ),
    (
        "cases/queries/files.py",
        "from mashang.cases.actions import files",
        "Inside a room: actions over queries over models",
    ),
    (
        "desk/home.py",
        "from mashang.core.audit.trail import record",
        "Only actions write the trail",
    ),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """The modules of the house in a folder of their own, where one may be broken."""
    place: Path = tmp_path_factory.mktemp("house")
    shutil.copy(HOUSE.parent / "pyproject.toml", place)
    for path in HOUSE.rglob("*.py"):
        target = place / path.relative_to(HOUSE.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return place


def broken_in(house: Path) -> list[str]:
    """Names of the contracts that do not hold there."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(  # noqa: S603 (our own tool)
        [str(lint), "--no-cache", "--no-logo"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    return [
        line.removesuffix(" BROKEN")
        for line in done.stdout.splitlines()
        if line.endswith(" BROKEN")
    ]


def test_every_half_of_a_verb_is_guarded():
    contracts = tomllib.loads((HOUSE.parent / "pyproject.toml").read_text())["tool"]["importlinter"]
    guarded = {
        name for each in contracts["contracts"] for name in each.get("protected_modules", ())
    }
    halves = {f"mashang.{path.parent.name}.parts" for path in HOUSE.glob("*/parts*")}

    assert halves and halves <= guarded


def test_as_it_stands_every_contract_holds(house):
    assert broken_in(house) == []


@pytest.mark.parametrize(("path", "line", "contract"), SABOTAGES)
def test_one_wrong_import_breaks_its_contract(house, path, line, contract):
    module = house / "mashang" / path
    whole = module.read_text()
    module.write_text(f"{whole}\n\n{line}\n")
    try:
        assert contract in broken_in(house)
    finally:
        module.write_text(whole)
