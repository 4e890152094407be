"""Nothing that was promised is lost when the power goes out under SQLite in a storm of claims.

The database lies on a file system that keeps unsynced writes in memory only (proofs/rigs/forgetful.py).
Twenty times it is killed together with the server; what is left on the disk goes on. Who got no answer
asks again with the same key. Control: the same with `synchronous=NORMAL`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from proofs.report import Figure, run
from proofs.rigs.house import apart, settled
from proofs.rigs.storm import MOST_BREAKS, Truth

FULL, NORMAL = "mashang.config.settings", "proofs.rigs.normal_settings"


def prove(rows: int) -> Sequence[Figure]:
    times = min(rows, MOST_BREAKS)
    found, control = apart(_cut, times, FULL), apart(_cut, max(2, times // 4), NORMAL)
    for truth in (found, control):
        print(truth, file=sys.stderr)
    return [
        Figure(
            goal=f"{found.breaks} power cuts under SQLite in a storm of claims",
            found=f"{found.lost} lost of {found.acknowledged:,}",
            control=f"synchronous=NORMAL: {control.lost} lost of {control.acknowledged:,}",
            holds=found.is_clean and found.breaks == times and control.lost > 0,
        )
    ]


def _cut(cuts: int, settings: str) -> Truth:
    with TemporaryDirectory() as folder:
        for name in ("disk", "mount"):
            Path(folder, name).mkdir()
        url = f"sqlite:///{folder}/disk/house.sqlite3"
        found: Truth = settled(url, "proofs.rigs.powercut:in_storm", folder, cuts, settings)
    return found


if __name__ == "__main__":
    sys.exit(run("powercut", prove, rows=20))
