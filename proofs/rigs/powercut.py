"""The power goes out while programs claim: server and unsynced bytes are gone together."""

import subprocess
import sys
import time
from pathlib import Path

from proofs.rigs.claimed import stormed
from proofs.rigs.server import Server
from proofs.rigs.storm import Truth

MOUNTS_WITHIN = 20.0


class Machine(Server):
    """A server on a disk that forgets what was not synced; both go out together."""

    def __init__(self, disk: Path, mount: Path, settings: str) -> None:
        self.disk, self.mount = disk, mount
        url = f"sqlite:///{mount}/house.sqlite3"
        super().__init__(DATABASE_URL=url, DJANGO_SETTINGS_MODULE=settings)

    def start(self) -> None:
        command = [sys.executable, "-m", "proofs.rigs.forgetful", str(self.disk), str(self.mount)]
        self.forgetful = subprocess.Popen(command)  # noqa: S603 (our own module)
        give_up = time.monotonic() + MOUNTS_WITHIN
        while not self.mount.is_mount():
            if time.monotonic() > give_up:
                raise TimeoutError(
                    "The forgetful file system did not come up (is there /dev/fuse?)"
                )
            time.sleep(0.05)
        super().start()

    def kill(self) -> None:
        self.forgetful.kill()
        self.forgetful.wait()
        super().kill()
        subprocess.run(["umount", "--lazy", self.mount], check=True)  # noqa: S603, S607


def in_storm(folder: str, cuts: int, settings: str) -> Truth:
    """The wall lies on the disk; the server meets it through the forgetful file system."""
    machine = Machine(Path(folder, "disk"), Path(folder, "mount"), settings)
    return stormed(machine, cuts, lambda number: machine.kill_all())
