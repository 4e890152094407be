"""Makes one small sprite of the icons that the pages use, out of Tabler's 6,000.

    python scripts/icons.py node_modules/@tabler/icons/icons/outline mashang/static/icons.txt mashang/static/vendor/icons.svg

``mashang/static/icons.txt`` names them, one a line; ``{% icon "home" %}`` draws one.
"""

import re
import sys
from pathlib import Path

BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.S)
FRAME = re.compile(r'<path stroke="none"[^>]*/>')


def symbol(name: str, svg: str) -> str:
    match = BODY.search(svg)
    if match is None:
        raise ValueError(f"{name}.svg holds no drawing")
    drawing = " ".join(FRAME.sub("", match[1]).split())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>'


def sprite(folder: Path, names: list[str]) -> str:
    symbols = "\n".join(symbol(name, (folder / f"{name}.svg").read_text("utf-8")) for name in names)
    return (
        "<!-- From Tabler Icons, copyright Pawel Kuna, MIT licence -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    )


def main(folder: Path, listing: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(sprite(folder, listing.read_text("utf-8").split()), "utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
