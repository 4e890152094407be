"""What a stranger learns from a code: nothing, whichever code it is; and a forged one costs nothing.

Strangers scan live, revoked, forged and senseless codes over real HTTP, some of them signed in; every
byte of every answer goes into a digest. Control: a helper with a relation scans the same codes.
Ten times as many forged codes are handed to the scan itself and what reaches the database is
counted. Control: genuine codes, and forged ones with the check of the tag left out.
"""

import base64
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import django

from proofs.report import Figure, run


def prove(rows: int) -> Sequence[Figure]:
    with tempfile.TemporaryDirectory() as folder, _house_in(folder):
        from proofs.rigs import strangers

        return strangers.figures(rows)


@contextmanager
def _house_in(folder: str) -> Iterator[None]:
    """The whole house on a database of its own; its key is known, so that every run is alike."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "mashang.config.settings",
        "MASHANG_VAR": folder,
        "DATABASE_URL": f"sqlite:///{folder}/neutrality.sqlite3",
        "MASHANG_QR_KEY": base64.b64encode(b"neutrality".ljust(32, b".")).decode(),
        "MASHANG_LOG_LEVEL": "ERROR",
    }
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    yield
    connection.close()


if __name__ == "__main__":
    sys.exit(run("neutrality", prove, rows=100_000))
