"""车道: heavy work waits in a lane of its own, so that pages go on beside it.

A lane does one thing at a time (`MASHANG_HEAVY_AT_ONCE`) in the whole house, however many processes
serve it: whoever works holds one of its slots, a locked file in `MASHANG_VAR/lanes`. The work itself
is done by a helper process (`helper`), which gives way to pages and can be lost without loss. In each
serving process a few threads may wait; one more is told at once to come again. There are more threads
(`serve --threads`) than places, so that pages never wait for a lane.
"""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from importlib import import_module
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from mashang.core.db.action import is_acting
from mashang.core.errors import TooMany
from mashang.core.heavy.helper import Helper, HelperLost

log = structlog.get_logger(__name__)
Facts = dict[str, Any]
Job = Callable[[Facts, bytes], tuple[Facts, bytes]]

PLACES = 6  # threads of one process that wait for one lane or work in it
KEPT = 2  # of them, where a lane keeps places for whoever is known here
# Of one process: pages go on while both lanes are full. Threads come when they are needed and go after
# half a minute without work; each keeps a connection to the database.
THREADS = 16
COME_AGAIN = 5  # seconds
_LOOK_AGAIN = 0.01  # for a free slot

_is_known: ContextVar[bool] = ContextVar("is_known", default=False)


@contextmanager
def asked_by(*, is_known: bool) -> Iterator[None]:
    """Says whose work it is: a crowd of strangers never fills the places that a lane keeps for those who are known."""
    token = _is_known.set(is_known)
    try:
        yield
    finally:
        _is_known.reset(token)


class Crowded(TooMany):
    """Nothing was done: the lane is full, or its helper could not be started or was lost."""

    code = "crowded"


class Lane:
    """Heavy work of one kind: the functions in `JOBS` of the module `work`.

    `wait` and `at_most` are seconds: for a turn, then for the work. `memory` is what the helper may take,
    in MiB; 0 sets no limit. `crowded` is what people are told when there is no place. `kept`: so many places
    are not for strangers (`asked_by`).
    """

    def __init__(
        self,
        name: str,
        work: str,
        *,
        wait: float,
        at_most: float,
        crowded: str,
        memory: int = 0,
        kept: int = 0,
    ) -> None:
        self.name, self.work, self.crowded = name, work, crowded
        self.wait, self.at_most, self.memory, self.kept = wait, at_most, memory, kept
        self._places = threading.BoundedSemaphore(PLACES)
        self._for_strangers = threading.BoundedSemaphore(PLACES - kept)
        self._turn = threading.Lock()
        self._known_wait: set[object] = set()
        self._helper: Helper | None = None
        self._at_exit: Finalize[Any] | None = None

    def run(self, job: str, facts: Facts, data: bytes = b"") -> tuple[Facts, bytes]:
        """What the job answers. Raises Crowded, and HelperLost when the work itself ended its helper.

        Never inside an action: rows would stay locked for as long as somebody else's photo is read.
        """
        if is_acting():
            raise RuntimeError(f"Heavy work ({self.name}) is done before the act, not inside it.")
        if not settings.MASHANG_HEAVY_AT_ONCE:
            jobs: dict[str, Job] = import_module(self.work).JOBS
            return jobs[job](facts, data)
        with self._place():
            until = time.monotonic() + self.wait
            with self._in_turn(until), self._slot(until):
                return self._ask(job, facts, data)

    def full(self) -> Crowded:
        return Crowded(message=self.crowded, retry_after=COME_AGAIN)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """One of the places, at once or not at all; a stranger's also of those that are for strangers."""
        with ExitStack() as taken:
            for places in (
                (self._places,) if _is_known.get() else (self._for_strangers, self._places)
            ):
                if not places.acquire(blocking=False):
                    raise self.full()
                taken.callback(places.release)
            yield

    @contextmanager
    def _in_turn(self, until: float) -> Iterator[None]:
        """One thread of this process after the other: the helper does one thing at a time. Where places are kept,
        who is known goes before strangers."""
        with self._waiting_as_known():
            self._take_turn(until)
        try:
            yield
        finally:
            self._turn.release()

    def _take_turn(self, until: float) -> None:
        while self._turn.acquire(timeout=max(0.0, until - time.monotonic())):
            if self._goes_first() or not self._known_wait:
                return
            self._turn.release()
            time.sleep(_LOOK_AGAIN)
        raise self.full()

    @contextmanager
    def _waiting_as_known(self) -> Iterator[None]:
        ticket = object()
        if self._goes_first():
            self._known_wait.add(ticket)
        try:
            yield
        finally:
            self._known_wait.discard(ticket)

    def _goes_first(self) -> bool:
        return self.kept > 0 and _is_known.get()

    @contextmanager
    def _slot(self, until: float) -> Iterator[None]:
        """One of the slots that all processes of the house share; the kernel frees those of the dead."""
        folder = Path(settings.VAR) / "lanes"
        folder.mkdir(parents=True, exist_ok=True)
        files = [
            os.open(folder / f"{self.name}-{number}", os.O_RDWR | os.O_CREAT, 0o600)
            for number in range(settings.MASHANG_HEAVY_AT_ONCE)
        ]
        try:
            if self.kept and not self._goes_first():
                time.sleep(2 * _LOOK_AGAIN)  # who is known, in another process, looks meanwhile
            while not any(map(_locked, files)):
                if time.monotonic() > until:
                    raise self.full()
                time.sleep(_LOOK_AGAIN)
            yield
        finally:
            for file in files:
                os.close(file)

    def _ask(self, job: str, facts: Facts, data: bytes) -> tuple[Facts, bytes]:
        try:
            return self._ready().ask(job, facts, data, at_most=self.at_most)
        except HelperLost as lost:
            log.error("lane.helper_lost", lane=self.name, job=job, why=str(lost))
            self._dismiss()
            raise

    def _ready(self) -> Helper:
        """The helper, or another one in place of one that ended since it was last asked."""
        helper = self._helper
        if helper is not None and helper.is_ours() and helper.is_alive():
            return helper
        self._dismiss()
        try:
            self._helper = helper = Helper(self.work, memory=self.memory)
        except OSError as trouble:
            log.error("lane.no_helper", lane=self.name, why=type(trouble).__name__)
            raise self.full() from None
        # Workers of a server run no `atexit`, and forget what was to be run before they were copied.
        self._at_exit = Finalize(None, helper.end, exitpriority=1)
        return helper

    def _dismiss(self) -> None:
        helper, self._helper = self._helper, None
        if helper is not None and helper.is_ours():
            if self._at_exit is not None:
                self._at_exit.cancel()
            helper.end()


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
