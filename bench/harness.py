"""What every measurement shares: a row of the table, timing, and the cost of a child process."""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

RESULTS = Path(__file__).with_name("results.json")
PACKAGES = ("Django", "granian", "psycopg", "fpdf2", "zxing-cpp")


@dataclass(frozen=True)
class Row:
    """One line: ours, beside a limit that was measured in the same run, and what we aim at.

    ``ratio`` is ours : limit. ``holds`` says whether the aim is reached; None where the row
    stands only for orientation.
    """

    work: str
    unit: str
    ours: float
    limit: float | None
    limit_is: str
    aim: str
    holds: bool | None
    database: str = ""  # if it is not the one that this process asks

    @property
    def ratio(self) -> float | None:
        return self.ours / self.limit if self.limit else None


@dataclass(frozen=True)
class Timing:
    """Seconds a call."""

    median: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Timing":
        ordered = sorted(seconds)
        return cls(statistics.median(ordered), ordered[int(0.99 * (len(ordered) - 1))])


def measure(call: Callable[[], Any], *, times: int, warm_up: int = 20, rounds: int = 3) -> Timing:
    """Times single calls, after some that do not count; the round that other work disturbed least."""
    for _ in range(warm_up):
        call()
    return min((_round(call, times) for _ in range(rounds)), key=lambda timing: timing.median)


def _round(call: Callable[[], Any], times: int) -> Timing:
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return Timing.of(seconds)


@dataclass(frozen=True)
class Cost:
    """What a child process took, start-up and imports included."""

    seconds: float
    peak_megabytes: float
    said: Any


def in_child(
    module: str, *arguments: str, at_most: float = 300, env: dict[str, str] | None = None
) -> Cost:
    """Runs `python -m module` and reads the one JSON value that it prints."""
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 (our own modules)
        [sys.executable, "-m", "bench.child", module, *arguments],
        stdout=subprocess.PIPE,
        env=os.environ | (env or {}),
        timeout=at_most,
        check=True,
    )
    seconds = time.perf_counter() - start
    answer = json.loads(done.stdout)
    return Cost(seconds, answer["peak_megabytes"], answer["said"])


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def machine() -> dict[str, str]:
    """The kind of machine, without anything that names it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


def database() -> str:
    number = (
        connection.Database.sqlite_version  # type: ignore[attr-defined]
        if connection.vendor == "sqlite"
        else ".".join(map(str, connection.get_database_version()))
    )
    return f"{connection.display_name} {number}"


def keep(rows: Sequence[Row]) -> None:
    """Writes results.json; rows that this run did not measure are kept as they were.

    Each is kept with its day and the machine's load: above the number of cores, others worked too.
    """
    kept = json.loads(RESULTS.read_text())["rows"] if RESULTS.exists() else {}
    day, load = datetime.now(UTC).date().isoformat(), round(os.getloadavg()[0], 1)
    for row in rows:
        when = {"day": day, "load": load, "database": row.database or database()}
        kept[row.work] = asdict(row) | {"ratio": row.ratio} | when
    results = {"machine": machine(), "rows": kept}
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")
