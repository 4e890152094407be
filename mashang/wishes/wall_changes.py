"""Whether the wall has changed since somebody drew it: a count of this process's own changes.

A change by another process is not counted here; what is drawn is therefore old after some seconds.
"""

from itertools import count

from django.db import transaction

_changes = count(1)
_seen = 0


def note() -> None:
    """A wish on the wall has changed: counts once the transaction has come true."""
    transaction.on_commit(_count)


def seen() -> int:
    return _seen


def _count() -> None:
    global _seen
    _seen = next(_changes)
