"""Due work row by row: one that fails keeps none of the others waiting."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

T = TypeVar("T")
log = structlog.get_logger()


def each_by_itself(act: Callable[[T], bool], rows: Iterable[T]) -> int:
    """Does it for every row, each in its own transaction; returns for how many it answered yes.

    What failed is logged and goes on to be due. The first failure is raised at the end, so that the task counts as failed.
    """
    done, first = 0, None
    for row in rows:
        try:
            done += act(row)
        except Exception as failure:
            log.exception("row failed", act=act.__name__)
            first = first or failure
    if first is not None:
        raise first
    return done
