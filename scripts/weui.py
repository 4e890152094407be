"""Cuts the phone's style sheet out of WeUI: the parts we use, in rem, with the care palette.

    python scripts/weui.py node_modules/weui/dist/style/weui.css mashang/static/vendor/weui.css

WeUI measures in px, which does not follow the reader's text size, and its every-day green is
too pale for white letters (2.38:1). So lengths become rem (17 px = 1 rem), colours come from
its care mode, and whole parts stay out, among them all that carry pictures as data: addresses.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

PARTS = {
    "btn",
    "cell",
    "cells",
    "input",
    "textarea",
    "select",
    "label",
    "tabbar",
    "badge",
    "switch",
    "progress",
}
ROOT_PX = 17
LIGHT = "body[data-weui-mode='care']"
DARK = "body[data-weui-mode='care'][data-weui-theme='dark']"
COMMENT = re.compile(r"/\*.*?\*/", re.S)
PICTURE = re.compile(r"[-\w]+\s*:[^;{}]*url\((['\"]?)data:.*?\1\)[^;}]*;?")
PART = re.compile(r"\.weui-([a-z0-9]+)")
VARIABLE = re.compile(r"var\((--weui-[\w-]+)")
LENGTH = re.compile(r"(?<![\w.-])(-?\d*\.?\d+)px")

Rule = tuple[str, str]


def rules(css: str) -> Iterator[Rule]:
    """Yields (selector or at-rule, body) of the outermost blocks."""
    at = 0
    while (opening := css.find("{", at)) >= 0:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[at:opening].strip(), css[opening + 1 : end - 1].strip()
        at = end


def is_ours(selector: str) -> bool:
    parts = set(PART.findall(selector))
    return bool(parts) and parts <= PARTS and "data-weui" not in selector


def declarations(body: str) -> list[str]:
    return [line.strip() for line in body.split(";") if line.strip()]


def without_fallbacks(lines: list[str]) -> list[str]:
    """Drops ``color: #000`` where ``color: var(--x)`` follows: every browser we serve knows var()."""
    names = [line.partition(":")[0] for line in lines]
    replaced = {name for name, line in zip(names, lines, strict=True) if "var(" in line}
    return [
        line
        for name, line in zip(names, lines, strict=True)
        if "var(" in line or name not in replaced
    ]


def in_rem(text: str) -> str:
    def convert(match: re.Match[str]) -> str:
        px = float(match[1])
        return match[0] if abs(px) <= 1 else f"{px / ROOT_PX:.4f}".rstrip("0").rstrip(".") + "rem"

    return LENGTH.sub(convert, text)


def kept(css: str) -> Iterator[Rule]:
    for head, body in rules(css):
        if head.startswith("@media") and "color-scheme" not in head:
            inner = "".join(f"{selector}{{{text}}}" for selector, text in kept(body))
            if inner:
                yield head, inner
        elif not head.startswith("@"):
            selectors = [one.strip() for one in head.split(",") if is_ours(one)]
            lines = without_fallbacks(declarations(body))
            if selectors and lines:
                yield ",".join(selectors), in_rem(";".join(lines))


def palette(css: str, selector: str) -> dict[str, str]:
    """The variables that are set for exactly this selector, later ones over earlier ones."""
    found: dict[str, str] = {}
    for head, body in rules(css):
        if selector in [one.strip() for one in head.split(",")]:
            pairs = (
                line.partition(":") for line in declarations(body) if line.startswith("--weui")
            )
            found |= {name: value.strip() for name, _, value in pairs}
    return found


def used(css: str, values: dict[str, str]) -> set[str]:
    """Names of variables that the rules use, and those that these are made of."""
    names, todo = set(), set(VARIABLE.findall(css))
    while todo:
        names |= todo
        todo = {name for one in todo for name in VARIABLE.findall(values.get(one, ""))} - names
    return names


def block(values: dict[str, str], names: set[str]) -> str:
    return (
        ":root{"
        + in_rem(";".join(f"{name}:{values[name]}" for name in sorted(names & values.keys())))
        + "}"
    )


def cut(css: str) -> str:
    css = PICTURE.sub("", COMMENT.sub("", css))
    body = "\n".join(f"{head}{{{text}}}" for head, text in kept(css))
    light = palette(css, "body") | palette(css, LIGHT)
    dark = palette(css, DARK)
    names = used(body, light)
    return (
        "/* From WeUI, copyright Tencent, Inc., MIT licence; cut and converted by scripts/weui.py */\n"
        f"{block(light, names)}\n@media (prefers-color-scheme:dark){{{block(dark, names)}}}\n{body}\n"
    )


def main(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(cut(source.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
