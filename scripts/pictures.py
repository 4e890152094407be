"""Puts the pictures that README shows into docs/pictures, as the browser tests last took them.

    python scripts/pictures.py [var/shots]

README names them; each is made as narrow as it is shown, in few colours, so that the history stays small.
"""

import re
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "pictures"
NAMED = re.compile(r"docs/pictures/([\w-]+)\.png")
PHONE, DESK = 390, 1100  # pixels across
COLOURS = 128


def keep(source: Path, target: Path) -> None:
    picture = Image.open(source).convert("RGB")
    across = PHONE if picture.width < picture.height else DESK
    size = (across, round(picture.height * across / picture.width))
    few = picture.resize(size, Image.Resampling.LANCZOS).quantize(COLOURS)
    target.parent.mkdir(parents=True, exist_ok=True)
    few.save(target, optimize=True)


def main(shots: Path) -> int:
    names = sorted(set(NAMED.findall((ROOT / "README.md").read_text("utf-8"))))
    missing = [name for name in names if not (shots / f"{name}.png").exists()]
    for name in set(names) - set(missing):
        keep(shots / f"{name}.png", KEPT / f"{name}.png")
    for name in missing:
        print(f"{name}.png: no test takes this picture", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "shots"))
