"""步速: how fast somebody may go on, counted in this process alone; it costs no query.

For what is asked for all the time, where `limits` would cost more than the page itself. Of each
one a single number is kept: until when what they have asked for is ahead of the pace.
"""

import time
from heapq import nlargest


class Throttle:
    """So many at once, then so many a second, for each of at most `most` who are remembered."""

    def __init__(self, *, at_once: int, per_second: float, most: int = 20_000) -> None:
        self.at_once, self.per_second, self.most = at_once, per_second, most
        self._ahead: dict[str, float] = {}

    def wait(self, who: str) -> float:
        """Counts one and returns 0; or counts nothing, and returns the seconds to wait."""
        now, step = time.monotonic(), 1 / self.per_second
        ahead = max(self._ahead.get(who, now), now) + step
        too_far = ahead - now - self.at_once * step
        if too_far > step / 1_000:  # a rounding is no hurry
            return too_far
        if len(self._ahead) >= self.most and who not in self._ahead:
            self._forget(now)
        self._ahead[who] = ahead
        return 0

    def forget_all(self) -> None:
        self._ahead = {}

    def _forget(self, now: float) -> None:
        """Keeps those who are farthest ahead, half of the room at most."""
        hurried = ((who, ahead) for who, ahead in self._ahead.copy().items() if ahead > now)
        self._ahead = dict(nlargest(self.most // 2, hurried, key=lambda one: one[1]))
