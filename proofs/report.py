"""How a proof says what it found: one line for each figure, its control beside it.

A proof is a module that hands its `prove(rows)` to `run`; it is started alone
(`python -m proofs.trail --rows 500`) or with all others (`make proof`). The last results of all
proofs stand in proofs/results.json.
"""

import json
import platform
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Figure:
    """What was measured with the guard on, and the same with the guard off."""

    goal: str
    found: str
    control: str
    holds: bool


def run(name: str, prove: Callable[[int], Sequence[Figure]], rows: int) -> int:
    """Reads `--rows`, runs the proof, prints its table, keeps it; the exit code is 1 if one fails."""
    parser = ArgumentParser(prog=f"python -m proofs.{name}")
    parser.add_argument("--rows", type=int, default=rows, help=f"how many (default {rows:,})")
    figures = prove(parser.parse_args().rows)
    print(table(name, figures))
    _keep(name, figures)
    return 0 if all(figure.holds for figure in figures) else 1


def table(name: str, figures: Sequence[Figure]) -> str:
    head = f"{name:<12} {'goal':<52} {'found':<26} {'control (guard off)':<34}"
    lines = [
        f"{'ok' if figure.holds else 'FAILED':<12} {figure.goal:<52} {figure.found:<26} "
        f"{figure.control:<34}".rstrip()
        for figure in figures
    ]
    return "\n".join([head.rstrip(), *lines])


def progress(done: int, of: int, what: str) -> None:
    """A line on the error channel, rewritten in place on a terminal."""
    end = "\r" if sys.stderr.isatty() and done < of else "\n"
    print(f"{what}: {done:,} of {of:,}", end=end, file=sys.stderr, flush=True)


def _keep(name: str, figures: Sequence[Figure]) -> None:
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    kept[name] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "figures": [asdict(figure) for figure in figures],
    }
    RESULTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
