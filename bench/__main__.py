"""`make bench [ROWS=…]`: measures every row, prints the table, keeps it, renews docs/figures.md."""

import importlib
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

import django
from rich.console import Console
from rich.table import Table

from bench import figures
from bench.harness import Row, keep

MODULES = ("cards",)


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")
    django.setup()
    measured: list[Row] = []
    for name in options.only or MODULES:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        measured += importlib.import_module(f"bench.{name}").rows(options.rows)
    Console(width=140).print(_table(measured))
    keep(measured)
    figures.renew()
    return 1 if any(row.holds is False for row in measured) else 0


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "--rows", type=int, default=100_000, help="rows in the largest table (default 100,000)"
    )
    parser.add_argument("--only", nargs="+", choices=MODULES, help="measure only these")
    return parser.parse_args()


def _table(rows: Sequence[Row]) -> Table:
    table = Table("work", "ours", "limit", "ratio", "aim", "reached")
    for row in rows:
        limit = f"{figures.number(row.limit)} ({row.limit_is})" if row.limit else ""
        table.add_row(
            row.work,
            f"{figures.number(row.ours)} {row.unit}",
            limit,
            figures.number(row.ratio) if row.ratio else "",
            row.aim,
            {True: "yes", False: "NO", None: ""}[row.holds],
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
