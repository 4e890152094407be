"""Which views write a look down before they show a household: read from their sources.

A view reaches a look if it, or what it calls in the doors, names one of the functions that ask `access_basis`.
"""

import ast
from functools import cache
from pathlib import Path

LOOKS = {"log_access", "name_if_known", "require_basis", "look"}
DOORS = ("mashang.desk", "mashang.mobile", "mashang.api", "mashang.web")


def reaches_a_look(module: str, name: str) -> bool:
    """Whether the function `name` of the module does, by whatever way through the doors."""
    return _reaches(module, name, set())


def _reaches(module: str, name: str, been: set[tuple[str, str]]) -> bool:
    if (module, name) in been or not module.startswith(DOORS):
        return False
    been.add((module, name))
    functions, imported = _parts_of(module)
    if name not in functions:
        return name in imported and _reaches(*imported[name], been)
    if functions[name] & LOOKS:
        return True
    return any(_reaches(*_home_of(module, called), been) for called in functions[name])


def _home_of(module: str, called: str) -> tuple[str, str]:
    """`applications.find` stands in the module that is imported under that name."""
    first, _, rest = called.partition(".")
    _, imported = _parts_of(module)
    if rest and first in imported:
        parent, own = imported[first]
        return f"{parent}.{own}", rest
    return module, called


@cache
def _parts_of(module: str) -> tuple[dict[str, set[str]], dict[str, tuple[str, str]]]:
    """What each function names, and where imported names come from."""
    path = Path(module.replace(".", "/"))
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    tree = ast.parse(file.read_text("utf-8")) if file.exists() else ast.Module([], [])
    functions = {n.name: _named(n) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    imported = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return functions, imported


def _named(function: ast.FunctionDef) -> set[str]:
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    attributes = [node for node in ast.walk(function) if isinstance(node, ast.Attribute)]
    dotted = {f"{a.value.id}.{a.attr}" for a in attributes if isinstance(a.value, ast.Name)}
    return names | dotted | {a.attr for a in attributes}
