"""How the house is inspected: each inspection takes sources or models and says what is amiss.

`tests/test_house.py` runs them over the house, where they must find nothing, and over something
broken on purpose, where they must find it.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import models

from mashang.core.db.states import Stateful
from mashang.core.models import Record
from mashang.unions.scope import ScopedQuerySet

HOUSE = Path(settings.PACKAGE)
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete",
    "update", "transition_to", "insert_row", "update_rows", "execute", "executemany",
}  # fmt: skip
NOUNS_IN_ING = {"wording", "screening", "finding", "string"}
UNKIND = ("参数错误", "操作失败", "系统错误", "非法", "未知错误")
# Chinese, its stops and its wide forms; and a script that asks which language it should speak.
WORDS_OF_A_SCRIPT = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]|documentElement\.lang\b")
CHINESE = re.compile("[\u4e00-\u9fff]")
LOCKED_ROADS = re.compile(
    r"pg_(try_)?advisory|\bNOTIFY\b|\bLISTEN\b|DEFERRABLE INITIALLY|deferrable=models|AutoField\("
)


POLICY = re.compile(r"policy$|\w+_(page|form|act)$")


@dataclass(frozen=True)
class Source:
    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def module(self) -> str:
        """`cases.files` for mashang/cases/actions/files.py."""
        return self.path.removesuffix(".py").replace("/actions", "").replace("/", ".")


POLICIES = Source("web/policies.py", (HOUSE / "web/policies.py").read_text("utf-8"))


def scripts() -> list[Source]:
    """The scripts that browsers are sent, ours and the few from others."""
    served = HOUSE / "static"
    return [
        Source(str(path.relative_to(served)), path.read_text("utf-8"))
        for path in sorted(served.rglob("*.js"))
    ]


def templates() -> list[Source]:
    """The pages and their parts, of every room."""
    return [
        Source(str(path.relative_to(HOUSE)), path.read_text("utf-8"))
        for path in sorted(HOUSE.rglob("templates/**/*.html"))
    ]


def sources(*folders: str, migrations: bool = False) -> list[Source]:
    return [
        Source(str(path.relative_to(HOUSE)), path.read_text())
        for folder in folders or (".",)
        for path in sorted((HOUSE / folder).rglob("*.py"))
        if migrations or "migrations" not in path.parts
    ]


def _functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _writes(node: ast.AST) -> Iterator[tuple[str, int]]:
    """(method, line) of each call that writes rows."""
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in WRITES
        ):
            yield call.func.attr, call.lineno


# Sources -----------------------------------------------------------------------------------


def writes(found: Iterable[Source]) -> list[str]:
    return [f"{s.path}:{line} .{name}()" for s in found for name, line in _writes(s.tree)]


def inner_imports(found: Iterable[Source]) -> list[str]:
    """An import inside a function hides a circle between rooms."""
    return [
        f"{source.path}:{node.lineno} {ast.unparse(node)}"
        for source in found
        for function in _functions(source)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def own_explanations(found: Iterable[Source]) -> list[str]:
    """Functions that catch a refusal to explain it by themselves: `with refusals_in(form):` does that."""
    return [
        f"{source.path} {function.name}"
        for source in found
        for function in _functions(source)
        if any(_explains(node) for node in ast.walk(function))
    ]


def _explains(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = [] if node.type is None else ast.walk(node.type)
    names = {
        each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in caught
    }
    return bool(names & {"DomainError", "Invalid"}) or "add_error(" in ast.unparse(node)


def spelled_policies(found: Iterable[Source]) -> list[str]:
    """Policies that have a name (`own_page`, `staff_act`) and are spelled out, or cut anew with `partial`."""
    named = {_whose(call) for call in _calls(POLICIES, "policy")}
    return [
        f"{source.path}:{call.lineno} {ast.unparse(call)[:60]}"
        for source in found
        for call in (*_calls(source, "policy"), *_calls(source, "partial"))
        if _whose(call) in named or (call.args and POLICY.match(ast.unparse(call.args[0])))
    ]


def _calls(source: Source, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            yield node


def _whose(call: ast.Call) -> tuple[str, str]:
    """("Who.STAFF", "Rows.SCOPE"), as it is written."""
    said = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    return said.get("who", ""), said.get("rows", "")


def grounds_elsewhere(found: Iterable[Source]) -> list[str]:
    """Reasons to see a household that are made up outside the rooms' `queries/access.py`, and access rows
    written by anybody but `cases/actions/access.py`."""
    return sorted(
        f"{source.path}:{node.lineno} {name}"
        for source in found
        for node in ast.walk(source.tree)
        if (name := _made_by(node)) and not source.path.endswith(HOMES_OF_ACCESS[name])
    )


HOMES_OF_ACCESS = {
    "Ground": "queries/access.py",
    "Access": "cases/actions/access.py",
    "Access.objects.create": "cases/actions/access.py",
    "Access.objects.bulk_create": "cases/actions/access.py",
    "NEW_LOOK": "cases/actions/access.py",
}


def _made_by(node: ast.AST) -> str:
    """What the node calls, or the name itself where naming it is enough; empty for anything else."""
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).removeprefix("models.")
        return called if called in HOMES_OF_ACCESS else ""
    is_writer = isinstance(node, ast.Name | ast.Attribute) and ast.unparse(node).endswith(
        "NEW_LOOK"
    )
    return "NEW_LOOK" if is_writer else ""


def unkind_words(found: Iterable[Source]) -> list[str]:
    """A refusal says what happened and what to do."""
    return [
        f"{source.path}:{number} {word}"
        for source in found
        for number, line in enumerate(source.text.splitlines(), start=1)
        for word in UNKIND
        if word in line
    ]


def words_of_scripts(found: Iterable[Source]) -> list[str]:
    """What a script says stands in the page, where it is translated like everything else."""
    return [
        f"{source.path}:{number} {line.strip()[:60]}"
        for source in found
        for number, line in enumerate(source.text.splitlines(), start=1)
        if WORDS_OF_A_SCRIPT.search(line)
    ]


def filled_in_words(found: Iterable[Source]) -> list[str]:
    """Chinese in an f-string, as “path text”: put together before anybody could say it in English."""
    return [
        f"{source.path} {text}"
        for source in found
        for node in ast.walk(source.tree)
        if isinstance(node, ast.JoinedStr) and CHINESE.search(text := _with_gaps(node))
    ]


def _with_gaps(node: ast.JoinedStr) -> str:
    """`f"第 {n} 版"` as “第 {} 版”."""
    parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return "".join(map(str, parts))


MARKS = {"_", "N_", "gettext", "gettext_noop", "gettext_lazy", "ngettext", "pgettext"}


def joined_sentences(found: Iterable[Source]) -> list[str]:
    """Marked words put together by `+`, an f-string or `join`: another language orders them otherwise.

    A list of labels with "·" between them is none: its order is the same everywhere.
    """
    return [
        f"{source.path} {ast.unparse(node)}"
        for source in found
        for node in ast.walk(source.tree)
        if (pieces := _pieces(node)) and any(map(_is_marked, pieces))
    ]


def _pieces(node: ast.AST) -> list[ast.expr]:
    """What an expression puts together, if it does."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        pieces = [node.left, node.right]
        return [] if "·" in ast.unparse(node) else pieces
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "join"
    ):
        return [each for given in node.args for each in getattr(given, "elts", ())]
    return []


def _is_marked(node: ast.expr) -> bool:
    """`_("…")`, also with its gaps filled, or if something holds."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _is_marked(node.left)
    if isinstance(node, ast.IfExp):
        return _is_marked(node.body) or _is_marked(node.orelse)
    return isinstance(node, ast.Call) and ast.unparse(node.func) in MARKS


def locked_roads(found: Iterable[Source]) -> list[str]:
    """What would bar the way to one schema per province (docs/decisions on the databases)."""
    return [
        f"{source.path}:{number} {barred[0]}"
        for source in found
        for number, line in enumerate(source.text.splitlines(), start=1)
        if (barred := LOCKED_ROADS.search(line))
    ]


def _public_writers(found: Iterable[Source]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """What others could call and what then writes: ("cases.files.open_case", its function)."""
    for source in found:
        functions = dict(_named_functions(source))
        writing = _writing(functions)
        for name, node in functions.items():
            if not node.name.startswith("_") and (name in writing or _is_action(node)):
                yield f"{source.module}.{name}", node


def _named_functions(source: Source) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of a module, and of its classes by "Class.method"."""
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{inner.name}", inner)
                for inner in node.body
                if isinstance(inner, ast.FunctionDef)
            )


def _writing(functions: dict[str, ast.FunctionDef]) -> set[str]:
    """Those that write by themselves, or through a helper beside them that is no action."""
    writing = {name for name, node in functions.items() if any(_writes(node))}
    while more := _callers(functions, writing) - writing:
        writing |= more
    return writing


def _callers(functions: dict[str, ast.FunctionDef], called: set[str]) -> set[str]:
    helpers = {name for name in called if not _is_action(functions[name])}
    return {name for name, node in functions.items() if _called(node) & helpers}


def _called(node: ast.AST) -> set[str]:
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name)}


def names_in_turn(module: ast.Module, function: str) -> set[str]:
    """Every name that a function mentions, itself or through functions and tables of the same module."""
    functions = {name: node for node in module.body for name in _defined(node)}
    named, waiting = set[str](), {function}
    while waiting:
        name = waiting.pop()
        mentioned = _mentioned(functions[name]) if name in functions else set()
        waiting |= mentioned - named
        named |= mentioned
    return named


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _mentioned(node: ast.AST) -> set[str]:
    inside = list(ast.walk(node))
    names = {name.id for name in inside if isinstance(name, ast.Name)}
    return names | {name.attr for name in inside if isinstance(name, ast.Attribute)}


LOCKS = re.compile(
    r"_?lock(ed)?(_(for|own|now|case|active|claim|with|as_seen|\w*row))?$|select_for_update$"
)


def unread(found: Iterable[Source], rows: set[str]) -> list[str]:
    """Actions that are given a row and decide on it as it was when the caller read it.

    `rows` are the names of models. What counts is a lock somewhere in the action or in what it calls beside it;
    a compare-and-set alone (`transition_to`) is none: it says nothing of the other columns.
    """
    return [
        f"{source.module}.{name}"
        for source in found
        for name, function in _named_functions(source)
        if _is_action(function) and _takes(function, rows)
        if not any(LOCKS.match(named) for named in names_in_turn(source.tree, name))
    ]


def _takes(function: ast.FunctionDef, rows: set[str]) -> bool:
    first = [*function.args.posonlyargs, *function.args.args][:1]
    return any(arg.annotation and ast.unparse(arg.annotation).strip("'\"") in rows for arg in first)


def _is_action(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(mark).endswith("action") for mark in function.decorator_list)


def writers_that_are_no_action(found: Iterable[Source]) -> list[str]:
    return [name for name, function in _public_writers(found) if not _is_action(function)]


def actions_without_by(found: Iterable[Source]) -> list[str]:
    return [
        name
        for name, function in _public_writers(found)
        if _is_action(function) and "by" not in {a.arg for a in function.args.kwonlyargs}
    ]


def half_verbs(found: Iterable[Source]) -> list[str]:
    """Parts that are actions of their own, and workflows that are not one action of their module's name."""
    return [*_parts_that_act(found), *_workflows_of_another_name(found)]


def _parts_that_act(found: Iterable[Source]) -> Iterator[str]:
    for source in found:
        if "parts" in Path(source.path).with_suffix("").parts:
            yield from (f"{source.path} {f.name} acts" for f in _functions(source) if _is_action(f))


def _workflows_of_another_name(found: Iterable[Source]) -> Iterator[str]:
    for source in found:
        place = Path(source.path)
        if place.parent.name == "workflows" and place.stem != "__init__":
            acts = [f.name for f in _functions(source) if _is_action(f)]
            if acts != [place.stem]:
                yield f"{source.path} {acts}"


def imports_of_parts(found: Iterable[Source]) -> list[str]:
    """import-linter sees the house alone; a test that calls half a verb proves nothing."""
    return [
        f"{source.path} {node.module}"
        for source in found
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        and re.fullmatch(r"mashang\.\w+(\.parts(\.\w+)*)?", node.module or "")
        and (".parts" in (node.module or "") or any(name.name == "parts" for name in node.names))
    ]


def gerunds(found: Iterable[Source]) -> list[str]:
    """A module is a thing; what is done there is a verb in it."""
    return [
        source.path
        for source in found
        if re.fullmatch(r"[a-z]+ing", stem := Path(source.path).stem) and stem not in NOUNS_IN_ING
    ]


def turned_names(found: Iterable[Source]) -> list[str]:
    """Two public functions that differ by the order of their words alone."""
    seen: dict[tuple[str, ...], str] = {}
    turned = []
    for source in found:
        for node in source.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                words = tuple(sorted(node.name.split("_")))
                if seen.setdefault(words, node.name) != node.name:
                    turned.append(f"{source.path} {node.name} and {seen[words]}")
    return turned


def retired(found: Iterable[Source], words: dict[str, str]) -> list[str]:
    """Names that the house has given up, each with the one that it has now (docs/terms.md)."""
    return [
        f"{source.path} {name}: {words[name]}"
        for source in found
        for name in sorted(_names(source) & set(words))
    ]


def _names(source: Source) -> set[str]:
    """What the source is called, defines, assigns outside of functions, or imports by name."""
    place = Path(source.path)
    names = {place.parent.name if place.stem == "__init__" else place.stem}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.Module | ast.ClassDef):
            names |= _assigned(node.body)
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.name for alias in node.names}
    return names


def _assigned(body: Iterable[ast.stmt]) -> set[str]:
    """Constants of a module; attributes and fields of a class."""
    return {
        part.id
        for line in body
        if isinstance(line, ast.Assign | ast.AnnAssign)
        for target in (line.targets if isinstance(line, ast.Assign) else [line.target])
        for part in ast.walk(target)
        if isinstance(part, ast.Name)
    }


def meanings(found: Iterable[Source], name: str) -> list[str]:
    """Where something is called so: modules of the room, without the doors."""
    return sorted(
        {
            source.path
            for source in found
            for node in ast.walk(source.tree)
            if isinstance(node, ast.FunctionDef) and node.name == name
        }
    )


def long_files(found: Iterable[Source], most: int) -> list[str]:
    return [
        f"{source.path} {lines}"
        for source in found
        if (lines := len(source.text.splitlines())) > most
    ]


def long_lines(found: Iterable[Source], most: int) -> list[str]:
    """What the formatter leaves: a tag of Django's cannot be broken, so name its arguments before."""
    return [
        f"{source.path}:{number} {len(line)}"
        for source in found
        for number, line in enumerate(source.text.splitlines(), start=1)
        if len(line) > most
    ]


def orphans(templates: Iterable[str], said: str) -> list[str]:
    """Templates that no view, include or component names."""
    return [name for name in templates if not (f'"{name}"' in said or _is_built(name, said))]


def _is_built(name: str, said: str) -> bool:
    """Named by an f-string such as f"mobile/accounts/{page}.html"."""
    folder = re.escape(name.rsplit("/", 1)[0])
    return re.search(rf'f"{folder}/\{{[^}}]+\}}\.html"', said) is not None


# Models ------------------------------------------------------------------------------------

Models = Iterable[type[models.Model]]


def unscoped(found: Models) -> list[str]:
    return [
        model._meta.label
        for model in found
        if not isinstance(model._default_manager.all(), ScopedQuerySet)
    ]


def numbered_keys(found: Models) -> list[str]:
    """Keys counted by one database: they would collide between provinces, and they can be guessed."""
    return [
        model._meta.label
        for model in found
        if isinstance(model._meta.pk, models.AutoField)
        or (issubclass(model, Record) and not isinstance(model._meta.pk, models.UUIDField))
    ]


def unnamed(found: Models) -> list[str]:
    """Tables without a Chinese name, or without the line that says what a row is."""
    return [
        model._meta.label
        for model in found
        if not re.search("[\u4e00-\u9fff]", str(model._meta.verbose_name))
        or (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]


def crossing_keys(found: Models) -> list[str]:
    """No foreign key leaves the province for a dictionary."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        if model._meta.app_label != "reference"
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label == "reference"
    ]


def loose_states(found: Models) -> list[str]:
    """Stateful models whose `TRANSITIONS` or whose constraint speak of other states than `State`."""
    return [
        model._meta.label
        for model in found
        if issubclass(model, Stateful)
        and (set(model.TRANSITIONS) != set(model.State) or set(model.State) not in _checked(model))
    ]


def _checked(model: type[models.Model]) -> list[set[str]]:
    return [
        set(child[1])
        for check in model._meta.constraints
        if isinstance(check, models.CheckConstraint) and isinstance(check.condition, models.Q)
        for child in check.condition.children
        if isinstance(child, tuple) and child[0] == "state__in"
    ]


def deferred_constraints(found: Models) -> list[str]:
    return [
        constraint.name
        for model in found
        for constraint in model._meta.constraints
        if getattr(constraint, "deferrable", None)
    ]


def misnamed_columns(found: Models) -> list[str]:
    """Moments end in `_at` or `_until`; money is whole fen, never a fraction."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in found
        for field in model._meta.fields
        if (
            isinstance(field, models.DateTimeField)
            and not field.name.endswith(("_at", "_until", "last_login", "expire_date"))
        )
        or isinstance(field, models.FloatField | models.DecimalField)
    ]
