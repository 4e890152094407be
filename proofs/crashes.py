"""Nothing that was promised is lost when PostgreSQL crashes in a storm of claims.

Sixteen programs claim over HTTP; twenty times the database server is stopped at once (SIGQUIT: no
checkpoint) or killed (SIGKILL), and recovers from its log. Who got no answer asks again with the same key.
Control: the same with `synchronous_commit=off`, which says yes before the log is written.
"""

import sys
from collections.abc import Sequence

from proofs.report import Figure, run
from proofs.rigs.cluster import cluster
from proofs.rigs.house import apart, settled
from proofs.rigs.storm import MOST_BREAKS, Truth


def prove(rows: int) -> Sequence[Figure]:
    times = min(rows, MOST_BREAKS)
    found = apart(_crashed, times)
    control = apart(_crashed, times, "synchronous_commit=off", "wal_writer_delay=10s")
    for truth in (found, control):
        print(truth, file=sys.stderr)
    return [
        Figure(
            goal=f"{found.breaks} crashes of PostgreSQL in a storm of claims",
            found=f"{found.lost} lost of {found.acknowledged:,}",
            control=f"synchronous_commit off: {control.lost} lost of {control.acknowledged:,}",
            holds=found.is_clean and found.breaks == times and control.lost > 0,
        )
    ]


def _crashed(crashes: int, *options: str) -> Truth:
    with cluster(*options) as mine:
        found: Truth = settled(mine.url, "proofs.rigs.crashes:in_storm", mine, crashes, 2)
    return found


if __name__ == "__main__":
    sys.exit(run("crashes", prove, rows=20))
