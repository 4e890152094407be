"""Joins the style sheets of phone and desk from their parts, so that a browser asks once before it draws.

    python scripts/vendor.py

The order is the cascade: of two rules that weigh the same, the later one holds.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "mashang"
STYLES = PACKAGE / "styles"
SERVED = PACKAGE / "static" / "vendor"

PHONE = [
    "weui/weui.css",
    "shared.css",
    "phone/ground.css",
    "phone/frame.css",
    "phone/cards.css",
    "phone/cells.css",
    "phone/tiles.css",
    "phone/states.css",
    "phone/buttons.css",
    "phone/fields.css",
    "phone/photos.css",
    "phone/code.css",
    "phone/lines.css",
    "phone/wall.css",
    "phone/feedback.css",
    "phone/paper.css",
]
DESK = [  # after Tabler's own sheet, which changes with its package only and stays a file by itself
    "shared.css",
    "desk/ground.css",
    "desk/frame.css",
    "desk/cards.css",
    "desk/tables.css",
    "desk/states.css",
    "desk/buttons.css",
    "desk/fields.css",
    "desk/watermark.css",
    "desk/gate.css",
    "desk/work.css",
]
SHEETS = {"phone.css": PHONE, "desk.css": DESK}
NOTE = "/* Joined by scripts/sheets.py; what is changed here is lost, the parts lie in mashang/styles. */"


def joined(parts: list[str]) -> str:
    return "\n".join([NOTE, *((STYLES / part).read_text("utf-8") for part in parts)])


def main() -> None:
    SERVED.mkdir(parents=True, exist_ok=True)
    for name, parts in SHEETS.items():
        (SERVED / name).write_text(joined(parts), "utf-8")
