"""Five guards, each tried as it stands and once more with the guard taken out, on both databases.

HEAD sent to pages with a form; decisions on an older version; the keys of another house; an administrator who
fills a post alone, or with a puppet of theirs; two opposite merges at one moment. With the guard nothing comes
through; without it something does, or the attempt proves nothing.
"""

import sys
from collections.abc import Sequence

from proofs.report import Figure, run
from proofs.rigs.house import on_each

LEAST = 5


def prove(rows: int) -> Sequence[Figure]:
    return [
        Figure(
            goal=f"{name}: {guard}",
            found=f"{tried['through']} of {tried['tries']} came through",
            control=f"{tried['unguarded']} of {tried['tries']} came through",
            holds=tried["through"] == 0 < tried["unguarded"] and tried["tries"] >= LEAST,
        )
        for name, found in on_each("proofs.rigs.guards:attack", rows).items()
        for guard, tried in found.guards.items()
    ]


if __name__ == "__main__":
    sys.exit(run("guards", prove, rows=20))
