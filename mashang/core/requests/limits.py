"""限度: every limit of the house under a name, so that all of them can be listed, dated and set.

A room states its limits beside the acts that they guard; `docs/operating.md` lists them from here. The
setting MASHANG_LIMITS puts another number in the place of `most`. A key says whose count it is; the
names and keys are stored as keyed hashes (`rate_limits`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.utils import timezone

from mashang.core.errors import TooMany
from mashang.core.requests import rate_limits

MINUTE, TEN_MINUTES, HOUR, DAY, WEEK = 60, 600, 3_600, 86_400, 604_800
NAMED: dict[str, "Limit | Growing | Pace"] = {}
FIRST = date(2026, 12, 1)  # from when the numbers hold that nobody has changed since


@dataclass(frozen=True)
class Limit:
    """So many in a window that opens with the first; 0 where a rule card says how many."""

    name: str
    what: str  # "calls of one person": for whoever runs the house, in English
    most: int
    seconds: int
    since: date = FIRST

    def __post_init__(self) -> None:
        NAMED[self.name] = self

    @property
    def is_set_here(self) -> bool:
        """Whether MASHANG_LIMITS says how many; otherwise a rule card does."""
        return self.most > 0

    @property
    def in_force(self) -> int:
        """How many, as the house has it set."""
        return _set_for(self.name, self.most)

    def count(self, key: object, *, most: int | None = None) -> None:
        """Counts one. Raises TooMany. A rule card's number takes the place of `most`."""
        limit = self.in_force if most is None else most
        rate_limits.count(f"{self.name}|{key}", limit, self.seconds)

    def is_free(self, key: object) -> bool:
        """Counts one and says yes, or counts none and says no."""
        try:
            self.count(key)
        except TooMany:
            return False
        return True

    def in_words(self) -> str:
        most = f"{self.in_force:,}" if self.most else "the rule card's number"
        return f"{most} in {_span(self.seconds)}"


@dataclass(frozen=True)
class Growing:
    """So many without a wait, then waits that grow; forgotten with the hour or the day of the clock.

    `waits` are (n, seconds): after the n-th one, and each later one up to the next entry, so long.
    """

    name: str
    what: str
    waits: tuple[tuple[int, int], ...]
    seconds: int
    since: date = FIRST

    def __post_init__(self) -> None:
        NAMED[self.name] = self

    is_set_here = True

    @property
    def free(self) -> int:
        return _set_for(self.name, self.waits[0][0])

    def count(self, key: object) -> None:
        """Counts one. Raises TooMany until the wait is over; what is refused makes it no longer."""
        rate_limits.count_growing(self._bucket(key), self._wait_after)

    def is_calm(self, key: object) -> bool:
        """Counts one of those that cost no wait and says yes; or counts none and says no."""
        return rate_limits.count_calm(self._bucket(key), self.free)

    def give_back(self, key: object) -> None:
        """Takes back one that turned out to be rightly asked for."""
        rate_limits.give_back(self._bucket(key))

    def _bucket(self, key: object) -> str:
        return f"{self.name}|{key}|{int(timezone.now().timestamp()) // self.seconds}"

    def _wait_after(self, now: datetime) -> list[tuple[int, datetime]]:
        """(n, until): whoever is the n-th or a later one waits until then."""
        later = self.free - self.waits[0][0]
        return [(n + later, now + timedelta(seconds=wait)) for n, wait in self.waits]

    def in_words(self) -> str:
        steps = [f"{self.free:,} in {_span(self.seconds)} without a wait"]
        for (n, wait), (after, _) in pairwise((*self.waits, (0, 0))):
            steps.append(
                f"{_span(wait)} after each" if after <= n else f"{_span(wait)} up to the {after}th"
            )
        return ", then ".join([steps[0], ", ".join(steps[1:])])


@dataclass(frozen=True)
class Pace:
    """So many a day at an even pace, and a fifth more at once; asked for with a share, that part of the fifth
    stays for others."""

    name: str
    what: str
    a_day: int
    since: date = FIRST

    def __post_init__(self) -> None:
        NAMED[self.name] = self

    is_set_here = True

    @property
    def most(self) -> int:
        return _set_for(self.name, self.a_day)

    def is_free(self, key: object = "", *, share: float = 1) -> bool:
        """Counts one and says yes while less than this share is used up; a share of 0 never is."""
        step = timedelta(seconds=DAY / self.most)
        at_once = int(self.most / 5 * share)
        return rate_limits.keep_pace(f"{self.name}|{key}", step, at_once)

    def is_used_up(self, key: object = "", *, share: float = 1) -> bool:
        """Whether less than one of this share is left; counts none."""
        step = timedelta(seconds=DAY / self.most)
        at_once = int(self.most / 5 * share)
        return rate_limits.is_behind(f"{self.name}|{key}", step, at_once)

    def refusal(self, key: object = "", *, share: float = 1) -> TooMany:
        step = timedelta(seconds=DAY / self.most)
        return rate_limits.behind(f"{self.name}|{key}", step, int(self.most / 5 * share))

    def in_words(self) -> str:
        return f"{self.most:,} a day, and {self.most // 5:,} more at once"


def _set_for(name: str, most: int) -> int:
    return int(settings.MASHANG_LIMITS.get(name, most))


def _span(seconds: int) -> str:
    for size, one in ((WEEK, "week"), (DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= size and seconds % size == 0:
            n = seconds // size
            return f"{n} {one}s" if n > 1 else f"a {one}" if one != "hour" else "an hour"
    return f"{seconds} seconds" if seconds > 1 else "a second"


def table() -> str:
    """The table of `docs/operating.md`: every limit that the house knows, by name."""
    rows = [
        f"| `{one.name}` | {one.what} | {one.in_words()} | {one.since} |"
        for _, one in sorted(NAMED.items())
    ]
    return "\n".join(["| limit | counts | how many | since |", "| --- | --- | --- | --- |", *rows])
