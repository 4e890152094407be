"""稍后登记: strangers' scans are written down soon after they were answered, not before.

What the database does for a code that is ours could otherwise be measured by whoever scans it. The writer
looks by its own clock, so that no answer is slower because somebody scanned a real code.
"""

import threading
import time
from collections import Counter
from multiprocessing.util import Finalize

import structlog
from django.db import close_old_connections

from mashang.codes import actions

log = structlog.get_logger(__name__)
LOOKS_EVERY = 0.5  # seconds
MOST_CODES = 10_000


class ScanWriter:
    """One for each process; its thread begins with the first scan, of whatever code."""

    def __init__(self) -> None:
        self.waits = True  # tests write at once
        self._counts: Counter[str] = Counter()  # by token
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def note(self, token: str | None) -> None:
        """None is a code that is not ours: the same steps, and nothing to write.

        Nobody crowds out the scans of others with one card, and what waits stays small.
        """
        with self._lock:
            if self.waits and self._thread is None:
                self._start()
            if token is not None and (token in self._counts or len(self._counts) < MOST_CODES):
                most = actions.ANONYMOUS_SCANS.in_force  # no more of one code are written down
                self._counts[token] = min(self._counts[token] + 1, most)
        if not self.waits:
            self.write()

    def write(self) -> None:
        """Everything that waits."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        for token in counts.elements():
            try:
                actions.scan(token, by=None)
            except Exception as failure:  # the writer goes on, whatever it was
                log.error("scan.not_written_down", failure=type(failure).__name__)

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._go_on, name="scans", daemon=True)
        self._thread.start()
        Finalize(None, self.write, exitpriority=1)  # workers of a server run no `atexit`

    def _go_on(self) -> None:
        while True:
            time.sleep(LOOKS_EVERY)
            if self._counts:
                close_old_connections()
                self.write()
                close_old_connections()


WRITER = ScanWriter()
