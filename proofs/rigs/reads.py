"""Every page that shows a household: what it writes down, and what it shows when it cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

from django.db import DatabaseError

from mashang.cases.actions.access import NEW_LOOK
from mashang.cases.models import Access
from tests.access import matrix, world
from tests.access.addresses import Address, addresses
from tests.access.desk_rights import P3
from tests.access.world import Actor, Family, World

# Who may read what of whom, and whose own pages need no row: one looks at oneself.
READERS = {"clerk A", "keeper A", "the helper", "reviewer A"}
MOST_WORDS = 2
# Pages that show nothing of a household: they ask before an act, or say what is public anyway.
ASK_ONLY = {
    "desk:assist-overview",
    "desk:assist-withdraw",
    "desk:break-glass",
    "desk:close-case",
    "desk:hand-over",
    "desk:publicity-notice",
    "desk:remove-member",
    "desk:reopen-case",
    "desk:report-lost",
    "mobile:note",
    "desk:reverse-aid",
    # The words of a wish and its goods (P2); a moderator's look at the family behind it leaves its row.
    "desk:goods-photo",
    "desk:parcel",
    "desk:take-in",
    "desk:wish",
    "desk:withdraw-wish",
}


@dataclass(frozen=True)
class Told:
    """Pages that showed something of a household; rows that were written; what was refused."""

    reads: int
    rows: int
    shown_unwritten: list[str]
    down: int
    down_shown: list[str]
    broken_reads: int


def count(rows: int) -> Told:
    planted = world.build(("publicity", "filed"))
    readers = [actor for actor in planted.actors if actor.name in READERS]
    asked = [a for a in addresses(MOST_WORDS) if a.is_of_family and a.policy.level.is_private]
    looks = [look for actor in readers for look in _looks(planted, actor, asked)][:rows]
    shown = [look for look in looks if look.is_page]
    unwritten = [str(look) for look in shown if not look.written]
    with log_down():
        down = [again for look in shown for again in _again(planted, readers, look)]
    with nothing_written():
        broken = [again for look in shown for again in _again(planted, readers, look)]
    return Told(
        reads=len(shown),
        rows=sum(look.written for look in shown),
        shown_unwritten=unwritten,
        down=len(down),
        down_shown=[str(look) for look in down if look.is_page],
        broken_reads=sum(look.is_page and not look.written for look in broken),
    )


@dataclass(frozen=True)
class Look:
    """One page, asked by one reader."""

    actor: str
    method: str
    address: Address
    family: Family
    status: int
    sights: int
    written: int

    @property
    def is_page(self) -> bool:
        """Something of the household was shown: a page of theirs, or their words in any answer."""
        shows = self.address.name not in ASK_ONLY and self.method == "GET" and self.status == 200
        return shows or bool(self.sights)

    def __str__(self) -> str:
        place = "/".join(self.family.place)
        return f"{self.method} {self.address.name} of {place} by {self.actor}: {self.status}"


def _looks(planted: World, actor: Actor, asked: list[Address]) -> Iterator[Look]:
    browser = matrix.Browser(actor.client())
    for address in asked:
        for family in planted.families:
            for method in set(address.policy.methods) & {"GET", "POST"}:
                if (url := address.url(family)) and actor.may(P3, family):
                    yield _look(planted, browser, actor, method, address, family, url)


def _again(planted: World, readers: list[Actor], look: Look) -> Iterator[Look]:
    actor = next(reader for reader in readers if reader.name == look.actor)
    browser, url = matrix.Browser(actor.client()), look.address.url(look.family)
    if url:
        yield _look(planted, browser, actor, look.method, look.address, look.family, url)


def _look(
    planted: World,
    browser: matrix.Browser,
    actor: Actor,
    method: str,
    address: Address,
    family: Family,
    url: str,
) -> Look:
    """The row is counted inside the transaction that is rolled back afterwards."""
    written: list[int] = []
    before = Access.objects.count()
    answer = browser.ask(method, url, then=lambda: written.append(Access.objects.count() - before))
    _, sights = matrix.seen(planted, actor, address, answer)
    return Look(actor.name, method, address, family, answer.status_code, sights, written[0])


@contextmanager
def log_down() -> Iterator[None]:
    """The table of looks takes nothing."""
    with patch.object(NEW_LOOK, "insert_row", _fail):
        yield


@contextmanager
def nothing_written() -> Iterator[None]:
    """Sabotage: a look is said to be written and is not."""
    with patch.object(NEW_LOOK, "insert_row", lambda look: True):
        yield


def _fail(look: Access) -> None:
    raise DatabaseError("the log store is down")
