"""A PostgreSQL of a test's own, which it may stop, restart and configure as it likes.

It lies in a folder of its own, listens on a socket there and on no port; its text log is the test's to read.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections

DEBIANS = Path("/usr/lib/postgresql")  # the server's programs, in a folder for each version


def _programs() -> Path | None:
    versions = sorted(DEBIANS.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


PROGRAMS = _programs()


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.log = folder, folder / "data", folder / "server.log"

    def run(self, program: str, *arguments: str) -> None:
        assert PROGRAMS
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        subprocess.run(  # noqa: S603 (PostgreSQL's own programs)
            [*(as_postgres if os.getuid() == 0 else []), str(PROGRAMS / program), *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def control(self, verb: str, *options: str) -> None:
        self.run("pg_ctl", verb, "--silent", f"--pgdata={self.data}", *options)

    def restart(self) -> None:
        self.control("restart", "--wait", "--mode=fast", f"--log={self.log}")

    def connect(self, user: str = "keeper") -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user=user, dbname="house", autocommit=True)

    def execute(self, *statements: str) -> None:
        """As the database's administrator, each in a transaction of its own."""
        with self.connect() as link:
            for statement in statements:
                link.execute(statement)  # type: ignore[arg-type]

    def set(self, **parameters: str) -> None:
        self.execute(*(f"ALTER SYSTEM SET {name} = '{to}'" for name, to in parameters.items()))
        self.control("reload")

    @contextmanager
    def as_default(self, user: str = "house") -> Iterator[Any]:
        """Django's `default` connection leads to this cluster meanwhile."""
        before = connections["default"]
        link = before.copy()  # type: ignore[attr-defined]
        link.settings_dict |= {"HOST": str(self.folder), "USER": user, "NAME": "house"}
        connections["default"] = link
        try:
            yield link
        finally:
            link.close()
            connections["default"] = before


@contextmanager
def cluster() -> Iterator[Cluster]:
    """With a database `house`, owned by the role `house`; `keeper` is its superuser."""
    with tempfile.TemporaryDirectory(prefix="mashang-test-pg.") as name:
        here = Cluster(Path(name))
        here.folder.chmod(0o755)
        if os.getuid() == 0:
            shutil.chown(here.folder, "postgres")
        here.run(
            "initdb", f"--pgdata={here.data}", "--username=keeper", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        options = f"-k {here.folder} -c listen_addresses='' -c fsync=off"
        here.control("start", "--wait", f"--log={here.log}", f"--options={options}")
        try:
            here.run("createdb", f"--host={here.folder}", "--username=keeper", "house")
            here.execute("CREATE ROLE house LOGIN", "ALTER DATABASE house OWNER TO house")
            yield here
        finally:
            here.control("stop", "--mode=immediate")
