"""What a page of the house asks the database, word for word."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def statements_of(
    client: Client, address: str, status: int, form: dict[str, str] | None = None
) -> list[str]:
    """All SQL of one request, BEGIN and COMMIT included; with a form it is a POST."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address) if form is None else client.post(address, form)
    if response.status_code != status:
        raise RuntimeError(f"{address} answered {response.status_code}, not {status}.")
    return [query["sql"] for query in asked]


@dataclass(frozen=True)
class Act:
    """The statements of an act that can be done only once, and the values of each further act.

    `values[0]` are the literals with which it was recorded; a server replays it at /act/NUMBER
    with those of `values[NUMBER]` in their places, and with fresh keys for what it inserts.
    """

    statements: list[str]
    values: list[list[str]]


def hand_act_to_skeletons(act: Act, path: Path) -> None:
    path.write_text(json.dumps(asdict(act)))
    os.environ["BENCH_ACT"] = str(path)


def hand_to_skeletons(pages: dict[str, list[str]]) -> None:
    """Servers that are started from here on replay these statements at /replay/PAGE."""
    os.environ["BENCH_RECORDED"] = json.dumps(pages)
