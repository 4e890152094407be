"""A thousand planted words of the most private kind, looked for wherever one could run away to.

Searched are the pages that people get who may not see them, every address that pages lead to, the
log of the whole walk, the dump of the database, the sessions, the store of photos and the printed
cards; a word counts as found in plain, as JSON, percent-encoded, in hex or in Base64. Control: the
same search when one word stands in a plain column.
"""

import sys
from collections.abc import Sequence

from proofs.report import Figure, run
from proofs.rigs.house import on_each


def prove(rows: int) -> Sequence[Figure]:
    figures = []
    for name, told in on_each("proofs.rigs.canaries:hunt", rows).items():
        for line in told.found:
            print(line, file=sys.stderr)
        read = ", ".join(f"{place} {size // 1024:,} kB" for place, size in told.places.items())
        print(f"{name}: {read}", file=sys.stderr)
        figures.append(
            Figure(
                goal=f"{name}: {told.planted:,} planted words are where they belong only",
                found=f"{len(told.found)} elsewhere",
                control=f"{told.control} found in a plain column",
                holds=not told.found and told.control > 0,
            )
        )
    return figures


if __name__ == "__main__":
    sys.exit(run("canaries", prove, rows=1_000))
