"""A storm of claims by programs that do not give up: who gets no answer asks again with the same key."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from uuid import uuid4

from proofs.report import progress

PROGRAMS = 16  # at once
PATIENCE = 60.0  # seconds: how long one program asks again
YESES_BETWEEN = 15  # from one break to the next
MOST_BREAKS = 50  # whatever is asked for: each takes seconds
TAKEN = "wish_taken"


@dataclass(frozen=True)
class Press:
    """One giver wants one wish; the key stays the same however often it is sent."""

    number: str
    giver: str
    token: str
    network: str
    key: str = field(default_factory=lambda: uuid4().hex)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": self.key,
            "X-Forwarded-For": self.network,
        }


@dataclass
class Heard:
    """What the programs were told."""

    claims: set[tuple[str, str]] = field(default_factory=set)  # (wish, giver) of each yes
    late: int = 0
    unknown: int = 0  # presses that got no answer at first
    unresolved: int = 0  # of these: still none when patience ended
    other: Counter[str] = field(default_factory=Counter)  # answers that a storm should not get


@dataclass(frozen=True)
class Truth:
    """What was heard, beside what the database holds when all is over."""

    breaks: int
    acknowledged: int
    lost: int  # acknowledged, and not there
    double: int  # wishes with two live claims
    unheard: int  # claims there that nobody was told of
    unknown: int
    unresolved: int
    other: dict[str, int]

    @property
    def is_clean(self) -> bool:
        faults = (self.lost, self.double, self.unheard, self.unresolved, sum(self.other.values()))
        return self.acknowledged > 0 and not any(faults)

    def __str__(self) -> str:
        other = ", ".join(f"{count} {name}" for name, count in self.other.items())
        return (
            f"{self.acknowledged:,} acknowledged: {self.lost} lost, {self.double} double, "
            f"{self.unheard} unheard; {self.unknown} unknown, {self.unresolved} left so"
            + (f"; {other}" if other else "")
        )


class Storm:
    """Programs that press one wish after the other until they are told to stop."""

    def __init__(self, port: int, presses: Sequence[Press]) -> None:
        self.port = port
        self.heard = Heard()
        self._presses: Iterator[Press] = iter(presses)
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(PROGRAMS)]

    def __enter__(self) -> "Storm":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """No new presses; those under way ask until they know."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def is_out_of_wishes(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def _run(self) -> None:
        line = Line(self.port)
        while not self._over.is_set() and (press := self._next()):
            self._until_known(line, press)
        line.close()

    def _next(self) -> Press | None:
        with self._lock:
            return next(self._presses, None)

    def _until_known(self, line: "Line", press: Press) -> None:
        give_up, asked = time.monotonic() + PATIENCE, 0
        while time.monotonic() < give_up:
            if self._told(press, *line.ask(press)):
                return
            asked += 1
            with self._lock:
                self.heard.unknown += asked == 1
            time.sleep(0.05)
        with self._lock:
            self.heard.unresolved += 1

    def _told(self, press: Press, status: int, answer: dict[str, str]) -> bool:
        """Notes an answer; False if nobody can say yet whether it was done."""
        with self._lock:
            if status == 201:
                self.heard.claims.add((press.number, press.giver))
            elif answer.get("code") == TAKEN:
                self.heard.late += 1
            elif status in (0, 503):
                return False
            else:
                self.heard.other[f"{status} {answer.get('code', '')}".strip()] += 1
        return True


class Line:
    """One program's connection, opened anew whenever it breaks."""

    def __init__(self, port: int) -> None:
        self.http = HTTPConnection("127.0.0.1", port, timeout=10)

    def ask(self, press: Press) -> tuple[int, dict[str, str]]:
        """(status, the answer's JSON); status 0 if no whole answer came."""
        try:
            self.http.request("POST", f"/api/v1/wishes/{press.number}/claim", "{}", press.headers)
            response = self.http.getresponse()
            body = response.read()
            is_json = "json" in response.getheader("Content-Type", "")
            return response.status, json.loads(body) if is_json else {}
        except (OSError, HTTPException, ValueError):
            self.http.close()
            return 0, {}

    def close(self) -> None:
        self.http.close()


def broken(storm: Storm, times: int, breaking: Callable[[int], None]) -> int:
    """Breaks something so many times while the storm blows; returns how often it did."""
    for number in range(times):
        _wait_for_yeses(storm)
        if storm.is_out_of_wishes:
            return number
        breaking(number)
        progress(number + 1, times, "breaks")
    return times


def _wait_for_yeses(storm: Storm) -> None:
    """Until there is something to lose."""
    enough = len(storm.heard.claims) + YESES_BETWEEN
    give_up = time.monotonic() + PATIENCE
    while len(storm.heard.claims) < enough and time.monotonic() < give_up:
        if storm.is_out_of_wishes:
            return
        time.sleep(0.01)
