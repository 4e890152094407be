"""Nothing that was promised is lost when workers and servers are killed in a storm of claims.

Sixteen programs claim over HTTP; in the middle of it a worker or the whole server is killed, twenty times
(SIGKILL). Who got no answer asks again with the same key. Afterwards every claim that was
acknowledged must stand, every wish be claimed once, and no claim stand that nobody was told of.
Control: a house that says yes first and writes later.
"""

import sys
from collections.abc import Sequence

from proofs.report import Figure, run
from proofs.rigs.house import apart, grounds, settled
from proofs.rigs.storm import MOST_BREAKS

HOUSE, EARLY = "mashang.config.wsgi:application", "proofs.rigs.early:application"


def prove(rows: int) -> Sequence[Figure]:
    times = min(rows, MOST_BREAKS)
    control = apart(settled, "", "proofs.rigs.kills:in_storm", max(4, times // 4), EARLY, 1)
    figures = []
    for name, url in grounds().items():
        found = apart(settled, url, "proofs.rigs.kills:in_storm", times, HOUSE, 2)
        print(f"{name}: {found}", file=sys.stderr)
        figures.append(
            Figure(
                goal=f"{name}: {found.breaks} kills in a storm of claims",
                found=f"{found.lost} lost of {found.acknowledged:,}",
                control=f"yes before the write: {control.lost} lost of {control.acknowledged:,}",
                holds=found.is_clean and found.breaks == times and control.lost > 0,
            )
        )
    return figures


if __name__ == "__main__":
    sys.exit(run("kills", prove, rows=20))
