"""What a page of the house asks the database, word for word."""

import json
import os

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def statements_of(client: Client, address: str, status: int) -> list[str]:
    """All SQL of one request, BEGIN and COMMIT included."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    if response.status_code != status:
        raise RuntimeError(f"{address} answered {response.status_code}, not {status}.")
    return [query["sql"] for query in asked]


def hand_to_skeletons(pages: dict[str, list[str]]) -> None:
    """Servers that are started from here on replay these statements at /replay/PAGE."""
    os.environ["BENCH_RECORDED"] = json.dumps(pages)
