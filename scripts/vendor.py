"""Copies the few files of node packages that pages and cards use into the house, and joins the style sheets.

    python scripts/vendor.py

There is no bundler: what is listed here is what is served. Copies lie in folders that
git ignores; the lock file says exactly what they are made from.
"""

import re
import shutil
from pathlib import Path

import icons
import sheets

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
SERVED = ROOT / "mashang" / "static" / "vendor"
PRINTED = ROOT / "mashang" / "vendor"  # the printer's font: ten megabytes that no page loads

COPIES = {
    "@tabler/core/dist/css/tabler.min.css": SERVED / "tabler.min.css",
    "idb/build/umd.js": SERVED / "idb.js",
    "signature_pad/dist/signature_pad.umd.min.js": SERVED / "signature_pad.js",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": PRINTED
    / "NotoSansSC-Regular.ttf",
}
# Who passes the copies on passes their licences on too: they travel in the wheel.
LICENCES = {
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "noto-sans-sc.txt",
    "@tabler/icons/LICENSE": "tabler.txt",  # the same authors' and words for @tabler/core, which ships none
    "idb/LICENSE": "idb.txt",
    "signature_pad/LICENSE": "signature_pad.txt",
}
# A source map that is named but not copied stops collectstatic.
SOURCE_MAP = re.compile(r"^(//|/\*)# sourceMappingURL=.*$", re.MULTILINE)


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in (".css", ".js"):
        target.write_text(SOURCE_MAP.sub("", source.read_text("utf-8")), "utf-8")
    else:
        shutil.copyfile(source, target)


def main() -> None:
    for source, target in COPIES.items():
        copy(PACKAGES / source, target)
    sheets.main()
    icons.main(
        PACKAGES / "@tabler/icons/icons/outline",
        ROOT / "mashang/static/icons.txt",
        SERVED / "icons.svg",
    )
    for source, name in LICENCES.items():
        copy(PACKAGES / source, PRINTED / "licences" / name)


if __name__ == "__main__":
    main()
