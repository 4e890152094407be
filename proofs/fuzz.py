"""Senseless requests to every address by everybody: the server never fails, it answers.

Control: the same with one view that raises.
"""

import sys
from collections.abc import Sequence

from proofs.report import Figure, run
from proofs.rigs.house import alone

SEED = 20261123


def prove(rows: int) -> Sequence[Figure]:
    found = alone("proofs.rigs.fuzz:ask", rows, SEED)
    for line in found.told:
        print(line[:400], file=sys.stderr)
    classes = ", ".join(f"{count:,} {name}" for name, count in sorted(found.by_class.items()))
    return [
        Figure(
            goal=f"{found.asked:,} senseless requests to {found.routes} addresses",
            found=f"{found.errors} failed ({classes})",
            control=f"{found.control} of {found.control_asked} failed",
            holds=not found.errors and found.control > 0,
        )
    ]


if __name__ == "__main__":
    sys.exit(run("fuzz", prove, rows=20_000))
