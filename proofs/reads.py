"""Rows = reads: every page of a household leaves its row, and none is shown without one.

Colleagues and a helper open every page of the families that are theirs. Then the table of looks is
made to refuse: nothing may be shown. Control: rows that are said to be written and are not.
"""

import sys
from collections.abc import Sequence

from proofs.report import Figure, run
from proofs.rigs.house import on_each


def prove(rows: int) -> Sequence[Figure]:
    figures = []
    for name, told in on_each("proofs.rigs.reads:count", rows).items():
        for look in (*told.shown_unwritten, *told.down_shown):
            print(look, file=sys.stderr)
        figures += [
            Figure(
                goal=f"{name}: {told.reads:,} pages of a household leave their row",
                found=f"{len(told.shown_unwritten)} without one",
                control=f"{told.broken_reads:,} without one",
                holds=not told.shown_unwritten and told.broken_reads > 0,
            ),
            Figure(
                goal=f"{name}: the log is down, nothing is shown",
                found=f"{told.down - len(told.down_shown):,} of {told.down:,} refused",
                control=f"{told.reads:,} of {told.reads:,} shown with the log up",
                holds=not told.down_shown and told.down > 0,
            ),
        ]
    return figures


if __name__ == "__main__":
    sys.exit(run("reads", prove, rows=1_000_000))
