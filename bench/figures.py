"""Writes docs/figures.md from what the last runs of `make bench` and `make proof` kept."""

import json
from pathlib import Path
from typing import Any

from bench.harness import RESULTS

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "figures.md"
PROOFS = ROOT / "proofs" / "results.json"

HEAD = """\
# Figures

What this version does, measured on one machine; `make bench` and `make proof` measure it again and
write this page. Server, database and load share the cores, so read the ratios: ours and the limit are
taken in one run.
"""


def renew() -> None:
    """Writes the page again; a part whose results are not here stays as it was."""
    page = PAGE.read_text() if PAGE.exists() else ""
    speed = _speed() if RESULTS.exists() else _part(page, "Speed")
    proofs = _proofs() if PROOFS.exists() else _part(page, "Proofs")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join([HEAD, *speed, *proofs]))


def number(value: float) -> str:
    """Three digits are enough for anything that was measured."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _part(page: str, name: str) -> list[str]:
    parts = (f"## {part}" for part in page.split("\n## ")[1:])
    return [part.rstrip() + "\n" for part in parts if part.startswith(f"## {name}\n")]


def _speed() -> list[str]:
    kept = json.loads(RESULTS.read_text())
    machine = ", ".join(f"{name} {value}" for name, value in kept["machine"].items())
    return [
        "## Speed\n",
        f"Machine: {machine}.\n",
        "Load is the machine's while it was measured. Above the number of cores other work took part of\n"
        "the time: absolute figures are then too low, and close ratios mean little.\n",
        "| work | ours | limit | ratio | aim | reached | database | load | day |",
        "| --- | ---: | ---: | ---: | --- | --- | --- | ---: | --- |",
        *(_speed_line(row) for row in kept["rows"].values()),
        "",
    ]


def _speed_line(row: dict[str, Any]) -> str:
    limit = f"{number(row['limit'])} ({row['limit_is']})" if row["limit"] else ""
    ratio = number(row["ratio"]) if row["ratio"] else ""
    reached = {True: "yes", False: "**no**", None: ""}[row["holds"]]
    ours = f"{number(row['ours'])} {row['unit']}"
    told = [row["aim"], reached, row["database"], str(row["load"]), row["day"]]
    return f"| {' | '.join([row['work'], ours, limit, ratio, *told])} |"


def _proofs() -> list[str]:
    kept = json.loads(PROOFS.read_text())
    lines = [
        f"| {figure['goal']} | {figure['found']} | {figure['control']} "
        f"| {'yes' if figure['holds'] else '**no**'} | {proof['at'][:10]} |"
        for proof in kept.values()
        for figure in proof["figures"]
    ]
    return [
        "## Proofs\n",
        "Each with its control: the same run with the guard off, which must not look the same.\n",
        "| goal | found | with the guard off | holds | day |",
        "| --- | --- | --- | --- | --- |",
        *lines,
        "",
    ]


if __name__ == "__main__":
    renew()
