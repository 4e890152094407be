"""Every address × method × person × family: who sees what, on both databases.

The matrix is made from the URL conf (`tests/access/`). A cell is red if a private word reaches
somebody who may not see it, if an address that must not exist for a person answers otherwise than
one that never was, or if the server fails. Control: the same walk with the scope switched off.
"""

import sys
from collections.abc import Sequence
from typing import Any

from proofs.report import Figure, run
from proofs.rigs.house import on_each

MOST_GREEN = 0.05  # with the scope off


def prove(rows: int) -> Sequence[Figure]:
    return [
        figure
        for name, walked in on_each("proofs.rigs.access:walk", rows).items()
        for figure in _figures(name, walked)
    ]


def _figures(name: str, walked: Any) -> Sequence[Figure]:
    for cell in walked.red:
        print(cell, file=sys.stderr)
    turned = walked.broken_red / max(walked.broken_cells, 1)
    return [
        Figure(
            goal=f"{name}: {walked.cells:,} cells, none shows what is not theirs",
            found=f"{walked.red_count} red; {walked.sights:,} words seen by right",
            control=f"{walked.broken_red:,} of {walked.broken_cells:,} red ({turned:.1%})",
            holds=not walked.red_count and turned >= 1 - MOST_GREEN and walked.sights > 0,
        ),
        Figure(
            goal=f"{name}: every address is walked",
            found=f"{walked.addresses} of {walked.routes}",
            control=f"{walked.private:,} cells are private",
            holds=walked.addresses == walked.routes,
        ),
    ]


if __name__ == "__main__":
    sys.exit(run("access", prove, rows=1_000_000))
