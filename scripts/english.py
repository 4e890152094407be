"""The English wording of the screens: collects what they say in Chinese, and compiles the answers.

    python scripts/english.py             compiles the .po into the .mo that Django reads
    python scripts/english.py --collect   first brings the .po up to date with the pages

Chinese is written in the pages themselves and is the key. Babel reads and writes; neither step needs
gettext's own programs. In code a sentence is marked where it stands: `_("…")` is said at once, in the
reader's language; `N_("…")` is only collected, because it is kept in Chinese (a label, a refusal, a
list) and said when it is shown (`|said`).
"""

import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mashang"
WORDING = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = WORDING.with_suffix(".mo")
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "gettext_noop": None}
KEYWORDS |= {
    "kind": (2,)
}  # the title of a notice (`notices.kinds.kind`); its words are kept as they were told
# Lists that are no code: the keys under which words stand that people read.
LISTS = {
    "cases/data/rules.json": {"label", "text"},
    "cases/data/safeguards.json": {"label", "source"},
    "reviews/data/flows.json": {"name"},
    "wishes/data/catalogue.json": {"name"},
    "wishes/data/forbidden.json": {"label"},
    "wishes/data/rules.json": {"label", "source"},
}

HEADER = """\
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

SHORTEST_PASSAGE = 8  # characters that nobody repeats by chance

STYLE: Any = {
    "width": 110,
    "no_location": True,
    "omit_header": True,
    "sort_output": True,
    "ignore_obsolete": True,
}

# What Babel calls an extractor yields: (line, keyword, what is said, comments).
Found = Iterator[tuple[int, str, Any, list[str]]]


def in_templates(page: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Found:
    """A page's `translate` and `blocktranslate`, as Django's own makemessages reads them."""
    from django.utils.translation import templatize

    lines = templatize(page.read().decode("utf-8")).splitlines()
    code = "\n".join(line.lstrip() for line in lines)  # Python minds an indent, a page does not
    return extract_python(io.BytesIO(code.encode("utf-8")), keywords, comment_tags, options)


def in_lists(page: BinaryIO, keywords: Any, comment_tags: Any, options: dict[str, str]) -> Found:
    """The words under the keys that `options` names."""
    for words in _under(set(options["keys"].split()), json.load(page)):
        yield 1, "gettext", words, []


METHODS: list[tuple[str, Any]] = [
    ("**/migrations/**.py", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", in_templates),
    *((path, in_lists) for path in LISTS),
]
OPTIONS = {path: {"keys": " ".join(sorted(keys))} for path, keys in LISTS.items()}


def _under(keys: set[str], found: Any) -> Iterator[str]:
    """The words that stand under these keys, however deep."""
    for value in found if isinstance(found, list) else []:
        yield from _under(keys, value)
    for key, value in found.items() if isinstance(found, dict) else []:
        if key in keys and isinstance(value, str):
            yield value
        yield from _under(keys, value)


def said(folder: Path = PACKAGE) -> Catalog:
    """Everything that the pages, the code and the lists say."""
    _django()
    catalog = Catalog()
    for _path, _line, words, _comments, _context in extract_from_dir(
        folder, METHODS, OPTIONS, KEYWORDS
    ):
        catalog.add(words)
    return catalog


def _django() -> None:
    """Django reads its templates with its settings at hand."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()


def known() -> Catalog:
    with WORDING.open("rb") as file:
        return read_po(file, locale="en")


def collect() -> Catalog:
    """Brings the wording up to date: new words wait for English, what nobody says any more is dropped."""
    wording = known()
    wording.update(said(), no_fuzzy_matching=True)
    with WORDING.open("wb") as file:
        file.write(
            HEADER.encode()
        )  # our own: Babel's says when and by whom, and changes every time
        write_po(file, wording, **STYLE)
    return wording


def waiting(wording: Catalog) -> list[str]:
    """What is said and has no English yet."""
    return [key(message.id) for message in wording if message.id and not _is_said(message.string)]


def key(words: Any) -> str:
    return words if isinstance(words, str) else words[0]


def _is_said(string: str | tuple[str, ...] | None) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def doubled(wording: Catalog) -> list[str]:
    """What its English says two or more times over, as a merge of two branches leaves it."""
    return [key(m.id) for m in wording if m.id and any(map(_repeats, _forms(m.string)))]


def _repeats(said: str) -> bool:
    """Whether it is one passage again and again, with or without a space between; “Wait, wait” is none."""
    return bool(re.fullmatch(rf"(.{{{SHORTEST_PASSAGE},}}?)(\s*\1)+", said.strip(), re.DOTALL))


def _forms(string: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string or "",)


def compile_wording(wording: Catalog | None = None, to: Path = COMPILED) -> None:
    """Put in place whole: whoever reads it at that moment reads the old one or the new one, never half."""
    half = to.with_name(f"{to.name}.{os.getpid()}")
    with half.open("wb") as file:
        write_mo(file, wording or known())
    half.replace(to)


def main(arguments: list[str]) -> None:
    if "--collect" in arguments:
        print("\n".join(waiting(collect())))
    if twice := doubled(known()):
        sys.exit("\n".join(["Said more than once within one answer:", *twice]))
    compile_wording()


if __name__ == "__main__":
    main(sys.argv[1:])
