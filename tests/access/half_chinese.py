"""What of a page is still Chinese when somebody reads it in English.

Chinese may stay where it is data: names of people, unions and places, words that somebody typed (all
of them known, because the world was planted), what is marked `lang="zh-CN"`, and the stars of a mask.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

CHINESE = re.compile("[\u4e00-\u9fff][\u4e00-\u9fff，。；：、？！“”（）…\\d%.·\\-]*")
# Attributes that are read out or shown.
SPOKEN = {"alt", "title", "placeholder", "aria-label", "label", "content", "summary"}
UNSPOKEN_TAGS = {"script", "style", "template", "textarea"}
VOID_TAGS = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # fmt: skip
PUSHED = {"button", "submit", "reset"}


def remains(html: str, data: Iterable[str]) -> list[str]:
    """The Chinese that is left once everything that may be Chinese is taken away."""
    reader = _Reader()
    reader.feed(html)
    known = sorted({word for word in data if word}, key=len, reverse=True)
    left = []
    for text in reader.said:
        for word in known:
            text = text.replace(word, " ")
        left += CHINESE.findall(_MASKED.sub(" ", text))
    return left


_MASKED = re.compile("[\u4e00-\u9fff]{0,4}[*＊]+[\u4e00-\u9fff]{0,2}")


class _Reader(HTMLParser):
    """Collects what a page says, in texts and in attributes, but not inside `lang="zh…"`."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []

    @property
    def _is_silent(self) -> bool:
        return any(silent for _, silent in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        silent = tag in UNSPOKEN_TAGS or told.get("lang", "").startswith("zh")
        if not (silent or self._is_silent):
            self.said += [value for name, value in told.items() if _is_spoken(tag, name, told)]
        if tag not in VOID_TAGS:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._is_silent:
            self.said.append(data)


def _is_spoken(tag: str, name: str, told: dict[str, str]) -> bool:
    if name == "value":
        return tag == "button" or told.get("type") in PUSHED
    return name in SPOKEN or name.startswith("data-")
