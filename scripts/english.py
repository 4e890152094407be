"""The English wording of the screens: collects what they say in Chinese, and compiles the answers.

    python scripts/english.py             compiles the .po into the .mo that Django reads
    python scripts/english.py --collect   first brings the .po up to date with the pages

Chinese is written in the pages themselves and is the key. Neither step needs gettext's own programs.
"""

import ast
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mashang"
WORDING = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "gettext", "gettext_lazy"}
PLURAL_CALLS = {"ngettext", "ngettext_lazy"}
HEADER = {
    "Content-Type": "text/plain; charset=utf-8",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}

# Words that are data: the questions and lists of the form, states, roles, reasons, refusals.
DATA = [
    "cases/form/*.py",
    "cases/facts.py",
    "cases/reasons.py",
    "cases/rules.py",
    "cases/selftest.py",
    "cases/queries/my_applications.py",
    "givers/actions.py",
    "wishes/actions/*.py",
    "wishes/queries/deliveries.py",
    "wishes/queries/of_giver.py",
    "wishes/queries/deliveries_due.py",
    "core/errors.py",
    "core/privacy/identity.py",
    "core/money.py",
    "unions/roles.py",
    "wishes/eligibility.py",
    "wishes/prices.py",
    "screening/finding.py",
    "*/models.py",
    "*/models/*.py",
    "*/refusals.py",
    "**/forms/*.py",
    "desk/*/forms.py",
    "mobile/*/forms.py",
]
# The same in lists that are no code: the keys under which words stand that people read.
LISTS = {"wishes/data/rules.json": {"label", "source"}, "wishes/data/forbidden.json": {"label"}}
WORDS = re.compile(r"^(?!.*[\\\n]).*[\u4e00-\u9fff]", re.S)  # no patterns, no tables

Said = dict[str, str]  # what is said to its plural, which is mostly empty


def in_templates() -> Said:
    """Every ``translate`` and ``blocktranslate`` of the pages, as Django itself reads them."""
    from django.template.loader import get_template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    said: Said = {}
    for path in sorted(PACKAGE.glob("**/templates/**/*.html")):
        nodes = get_template(str(path).partition("/templates/")[2]).template.nodelist
        for node in nodes.get_nodes_by_type(TranslateNode):
            words = node.filter_expression.var.literal
            said |= {str(words): ""} if isinstance(words, str) else {}
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            said[node.render_token_list(node.singular)[0]] = plural
    return said


def in_code() -> Said:
    said: Said = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in _calls(ast.parse(path.read_text("utf-8"))):
            texts = [
                arg.value
                for arg in call.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if texts:
                said[texts[0]] = texts[1] if len(texts) > 1 else ""
    return said


def in_data() -> Said:
    said: Said = {}
    for pattern in DATA:
        for path in sorted(PACKAGE.glob(pattern)):
            tree = ast.parse(path.read_text("utf-8"))
            only_choices = "models" in pattern
            for part in _choices(tree) if only_choices else [tree]:
                said |= dict.fromkeys(_texts(part), "")
    return said


def in_lists() -> Said:
    said: Said = {}
    for path, keys in LISTS.items():
        said |= dict.fromkeys(_under(keys, json.loads((PACKAGE / path).read_text("utf-8"))), "")
    return said


def _under(keys: set[str], found: Any) -> Iterator[str]:
    """The words that stand under these keys, however deep."""
    for key, value in found.items() if isinstance(found, dict) else []:
        if key in keys and WORDS.search(value):
            yield value
        yield from _under(keys, value)


def _choices(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(
            "TextChoices" in ast.dump(base) for base in node.bases
        ):
            yield node


def _texts(tree: ast.AST) -> Iterator[str]:
    """Chinese constants; not the docstrings, nor the pieces of a sentence that is put together."""
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            aside |= {id(value) for value in node.values}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in aside else None
        if isinstance(text, str) and WORDS.search(text):
            yield text


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (_says(node.func) or _tells(node.func)):
            yield node


def _says(called: ast.expr) -> bool:
    return getattr(called, "id", "") in CALLS | PLURAL_CALLS


def _tells(called: ast.expr) -> bool:
    """`messages.success(request, "…")`, which the page translates when it shows it."""
    return isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "messages"


def said() -> Said:
    return in_data() | in_lists() | in_templates() | in_code()


def collect() -> polib.POFile:
    """Brings the wording up to date: new words wait for English, what nobody says any more is dropped."""
    old = {entry.msgid: entry for entry in polib.pofile(str(WORDING))} if WORDING.exists() else {}
    wording = polib.POFile(wrapwidth=110)
    wording.metadata = HEADER
    for words, plural in sorted(said().items()):
        wording.append(old.get(words) or _entry(words, plural))
    WORDING.parent.mkdir(parents=True, exist_ok=True)
    wording.save(str(WORDING))
    return wording


def _entry(words: str, plural: str) -> polib.POEntry:
    flags = ["python-format"] if "%(" in words else []
    if plural:
        return polib.POEntry(
            msgid=words, msgid_plural=plural, msgstr_plural={0: "", 1: ""}, flags=flags
        )
    return polib.POEntry(msgid=words, msgstr="", flags=flags)


def compile_wording() -> None:
    polib.pofile(str(WORDING)).save_as_mofile(str(WORDING.with_suffix(".mo")))


def main(arguments: list[str]) -> None:
    if "--collect" in arguments:
        sys.path.insert(0, str(ROOT))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")
        import django

        django.setup()
        waiting = [entry.msgid for entry in collect() if not entry.translated()]
        print("\n".join(waiting))
    compile_wording()


if __name__ == "__main__":
    main(sys.argv[1:])
