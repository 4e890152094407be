"""Joins the phone's style sheet from its parts, so that an old phone asks once before it draws.

    python scripts/vendor.py

The order is the cascade: of two rules that weigh the same, the later one holds.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "mashang"
PHONE = PACKAGE / "styles" / "phone"
JOINED = PACKAGE / "static" / "vendor" / "phone.css"

SUBJECTS = [
    "ground",
    "frame",
    "cards",
    "cells",
    "tiles",
    "states",
    "buttons",
    "fields",
    "photos",
    "code",
    "lines",
    "wall",
    "feedback",
    "paper",
]
PARTS = [
    PACKAGE / "styles" / "weui" / "weui.css",
    PACKAGE / "static" / "css" / "shared.css",  # the desk loads it too
    *(PHONE / f"{subject}.css" for subject in SUBJECTS),
]
NOTE = "/* Joined by scripts/sheets.py; what is changed here is lost, the parts lie in mashang/styles. */"


def joined() -> str:
    return "\n".join([NOTE, *(part.read_text("utf-8") for part in PARTS)])


def main() -> None:
    JOINED.parent.mkdir(parents=True, exist_ok=True)
    JOINED.write_text(joined(), "utf-8")
