"""What the program imports is what its list of dependencies names, no more and no less."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_IMPORTED_BY_US = {
    "psycopg",  # Django imports it
    "argon2-cffi",  # Django imports it
    "whitenoise",  # named in the settings
    "django-csp",  # named in the settings
    "django-htmx",  # named in the settings
    "setuptools",  # installs the package itself
}


def named_in(listing: str) -> set[str]:
    lines = (ROOT / "requirements" / listing).read_text("utf-8").splitlines()
    return {found[0].lower() for line in lines if (found := re.match(r"[A-Za-z][\w.-]*", line))}


def imported(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def imported_by_us() -> set[str]:
    """Distributions, in lower case, from which the package or a script that installs it imports."""
    files = [*(ROOT / "mashang").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]
    ours = {"mashang", "proofs", "tests"} | {file.stem for file in files}
    modules = {name for file in files for name in imported(file)}
    distributions = packages_distributions()
    return {
        distributions[name][0].lower().replace("_", "-")
        for name in modules - set(sys.stdlib_module_names) - ours
    }


def test_every_import_is_a_named_dependency():
    assert imported_by_us() - named_in("run.in") == set()


def test_every_named_dependency_is_used():
    assert named_in("run.in") - imported_by_us() - NOT_IMPORTED_BY_US == set()


def test_every_dependency_has_its_reason():
    for listing in ("run.in", "test.in"):
        for line in (ROOT / "requirements" / listing).read_text("utf-8").splitlines():
            assert not line or line.startswith(("#", "-")) or re.search(r" # \w", line), line


def test_no_lock_names_an_address():
    for lock in ("requirements/run.txt", "requirements/test.txt", "package-lock.json", ".npmrc"):
        assert "://" not in (ROOT / lock).read_text("utf-8"), lock
