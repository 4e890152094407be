"""A PostgreSQL of one's own, to be crashed: in a temporary folder, on a socket, on a real disk."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

STARTS_WITHIN = 60.0
NAME = "mashang"


class Cluster:
    def __init__(self, folder: Path, options: Sequence[str]) -> None:
        self.folder, self.data = folder, folder / "data"
        self.options = [word for option in options for word in ("-c", option)]
        self._run("initdb", f"--pgdata={self.data}", f"--username={NAME}", "--auth=trust",
                  "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        self.start()
        self._run("createdb", f"--host={folder}", f"--username={NAME}", NAME)

    @property
    def url(self) -> str:
        return f"postgres:///{NAME}?host={self.folder}&user={NAME}"

    def start(self) -> None:
        """Starts, and waits for the end of the recovery; again, if the crashed one is still going."""
        give_up = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < give_up:
            self.process = self._begin()
            while self.process.poll() is None:
                if self._is_ready():
                    return
                time.sleep(0.05)
        raise TimeoutError("PostgreSQL did not start")

    def crash(self, how: signal.Signals) -> None:
        """SIGQUIT stops without a word to the disk; SIGKILL not even that. Then it starts again."""
        self.process.send_signal(how)
        self.process.wait()
        self.start()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def _begin(self) -> "subprocess.Popen[bytes]":
        command = [_program("postgres"), "-D", str(self.data), "-k", str(self.folder),
                   "-c", "listen_addresses=", "-c", "max_connections=100", *self.options]  # fmt: skip
        return subprocess.Popen(  # noqa: S603 (our own cluster)
            [*_as_postgres(), *command], stderr=subprocess.DEVNULL, cwd=self.folder
        )

    def _is_ready(self) -> bool:
        asked = [_program("pg_isready"), "--quiet", f"--host={self.folder}", f"--dbname={NAME}"]
        return subprocess.run(asked, check=False).returncode == 0  # noqa: S603

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603 (our own cluster)
            [*_as_postgres(), _program(program), *arguments],
            check=True, stdout=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip


@contextmanager
def cluster(*options: str) -> Iterator[Cluster]:
    """A cluster with these options beside the defaults; nothing of it stays."""
    folder = Path(tempfile.mkdtemp(prefix="mashang-pg."))
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        mine = Cluster(folder, options)
        try:
            yield mine
        finally:
            mine.stop()
    finally:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)


def _program(name: str) -> str:
    """Debian keeps the server's programs off the path, in a folder for each version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else name


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
