"""Senseless requests to every address by everybody, on both databases: the server never fails, it answers.

What no database takes (NUL, half a character) is among the values, the paths and the queries. Control: the same with one view that raises.
"""

import sys
from collections.abc import Sequence
from typing import Any

from proofs.report import Figure, run
from proofs.rigs.house import on_each

SEED = 20261123


def prove(rows: int) -> Sequence[Figure]:
    return [
        _figure(name, found) for name, found in on_each("proofs.rigs.fuzz:ask", rows, SEED).items()
    ]


def _figure(name: str, found: Any) -> Figure:
    for line in found.told:
        print(line[:400], file=sys.stderr)
    classes = ", ".join(f"{count:,} {name}" for name, count in sorted(found.by_class.items()))
    return Figure(
        goal=f"{name}: {found.asked:,} senseless requests to {found.routes} addresses",
        found=f"{found.errors} failed ({classes})",
        control=f"{found.control} of {found.control_asked} failed",
        holds=not found.errors and found.control > 0,
    )


if __name__ == "__main__":
    sys.exit(run("fuzz", prove, rows=20_000))
