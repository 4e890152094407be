"""`make bench [ROWS=…]`: measures every row, prints the table, keeps it, renews docs/figures.md."""

import importlib
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command
from django.db import connection
from rich.console import Console
from rich.table import Table

from bench import figures
from bench.harness import Row, keep

MODULES = ("cards", "scan", "claims", "first_view", "worklist", "wall", "heavy")


def main() -> int:
    options = _options()
    with TemporaryDirectory() as folder:
        _prepare(folder)
        measured = _measure(options.only or MODULES, options.rows)
    Console(width=140).print(_table(measured))
    figures.renew()
    return 0


def _prepare(folder: str) -> None:
    """A database of its own: the one that DATABASE_URL names if it is empty, else one file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ |= {"MASHANG_ENV": "demo", "MASHANG_VAR": folder, "MASHANG_LOG_LEVEL": "ERROR"}
    django.setup()
    if connection.introspection.table_names():
        raise SystemExit(
            "DATABASE_URL names a database with tables in it; bench wants an empty one."
        )
    call_command("migrate", verbosity=0)


def _measure(names: Sequence[str], size: int) -> list[Row]:
    measured: list[Row] = []
    for name in names:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        rows = importlib.import_module(f"bench.{name}").rows(size)
        keep(rows)
        measured += rows
    connection.close()
    return measured


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
