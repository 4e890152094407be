"""The wheel: built from these sources, put where no checkout is, and started in an empty folder."""

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path

import httpx
import pytest

from tests.house import HOUSE
from tests.processes import mashang, production_environment, serving

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("wheel")]

ROOT = HOUSE.parent
BUILT_FROM = ("pyproject.toml", "README.md", "LICENSE", "requirements/run.in")
NOT_SERVED = (".po", ".pyc", ".gitkeep")  # what only those who work on the house need
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@dataclass
class Wheel:
    file: Path
    python: Path  # an interpreter that has the wheel and its dependencies, and no checkout

    @property
    def program(self) -> list[str]:
        return [str(self.python.parent / "mashang")]

    @property
    def names(self) -> set[str]:
        with zipfile.ZipFile(self.file) as archive:
            return set(archive.namelist())

    @property
    def requirements(self) -> list[str]:
        with zipfile.ZipFile(self.file) as archive:
            (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
            return message_from_string(archive.read(name).decode()).get_all("Requires-Dist", [])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Wheel:
    folder = tmp_path_factory.mktemp("wheel")
    file = built(folder)
    return Wheel(file, installed(file, folder / "venv"))


def built(folder: Path) -> Path:
    """From a copy, because a `build` folder of earlier would bring its old modules with it."""
    source = folder / "source"
    shutil.copytree(HOUSE, source / "mashang", ignore=shutil.ignore_patterns("__pycache__"))
    for name in BUILT_FROM:
        (source / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, source / name)
    offline = ["--no-index", "--no-deps", "--no-build-isolation"]
    run(*PIP, "wheel", *offline, "--wheel-dir", str(folder), str(source))
    (file,) = folder.glob("*.whl")
    return file


def installed(file: Path, venv: Path) -> Path:
    run(sys.executable, "-m", "venv", "--without-pip", str(venv))
    python = venv / "bin" / "python"
    offline = ["--no-index", "--no-deps", "--no-compile"]
    run(*PIP, "--python", str(python), "install", *offline, str(file))
    # Our own packages, behind the wheel's; what points to the checkout is not followed from there.
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def run(*command: str) -> None:
    subprocess.run(command, check=True, cwd="/")  # noqa: S603 (our own command)


def left_out(files: set[str], names: set[str]) -> list[str]:
    """Files of the house that the wheel does not carry, though the program needs them."""
    return sorted(f for f in files - names if not f.endswith(NOT_SERVED))


def files_of_the_house() -> set[str]:
    return {str(path.relative_to(ROOT)) for path in HOUSE.rglob("*") if path.is_file()}


def test_the_wheel_carries_every_file_that_the_program_needs(wheel):
    assert left_out(files_of_the_house(), wheel.names) == []


def test_the_wheel_carries_our_licence_and_those_of_what_it_copies(wheel):
    with zipfile.ZipFile(wheel.file) as archive:
        (ours,) = (name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
        text = archive.read(ours)

    assert text == (ROOT / "LICENSE").read_bytes()
    for package in ("idb", "noto-sans-sc", "signature_pad", "tabler"):
        assert f"mashang/vendor/licences/{package}.txt" in wheel.names


def test_a_file_that_stays_behind_would_be_seen():
    house = {"mashang/a.py", "mashang/templates/a.html", "mashang/locale/django.po"}

    assert left_out(house, {"mashang/a.py"}) == ["mashang/templates/a.html"]


def test_the_wheel_asks_for_what_the_list_of_dependencies_names(wheel):
    lines = (ROOT / "requirements/run.in").read_text("utf-8").splitlines()
    named = [line.split("#")[0].strip() for line in lines]

    assert sorted(wheel.requirements) == sorted(filter(None, named))


def test_the_installed_program_starts_in_an_empty_folder(wheel, tmp_path):
    def command(*arguments):
        return mashang(*arguments, program=wheel.program, folder=tmp_path)

    told = command("--version")
    provisioned = command("provision")
    with serving(program=wheel.program, folder=tmp_path, MASHANG_VAR=str(tmp_path / "var")) as (
        address,
        _server,
    ):
        page = httpx.get(address)
        parts = re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)
        answers = {part: httpx.get(f"{address}{part}").status_code for part in parts}

    assert told.stdout.startswith("mashang ") and told.returncode == 0
    assert provisioned.returncode == 0, provisioned.stderr
    assert page.status_code == 200
    assert {Path(part).suffix for part in parts} >= {".css", ".js", ".svg"}
    assert set(answers.values()) == {200}, answers
    assert {path.name for path in tmp_path.iterdir()} == {"var"}, "everything written lies in var"


def test_the_installed_program_knows_no_checkout(wheel, tmp_path):
    program = [str(wheel.python), "-c", "import mashang; print(mashang.__file__)"]

    assert Path(mashang(program=program, folder=tmp_path).stdout).is_relative_to(
        wheel.python.parents[1]
    )


def test_an_installed_program_asks_in_production_where_its_data_lie(wheel, tmp_path):
    production = production_environment(tmp_path)
    del production["MASHANG_VAR"]

    done = mashang("check", program=wheel.program, folder=tmp_path, **production)

    assert done.returncode == 3
    assert "MASHANG_VAR" in done.stderr and "请在环境变量中设置" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [], "nothing is written before it is known where to"
