"""A storm of claims: many people press the same buttons over many connections, then it is counted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.db.models import Count

from bench.givers import Presser
from bench.load import header, load, status_of
from bench.server import HOUSE, serving
from mashang.wishes.models import Claim, Wish

CONNECTIONS = 200
WORKERS = 2  # as many as there are cores
RIVAL_WORKERS = 4  # more than that, so that presses on one wish meet inside the house
ONE_LIVE_CLAIM = next(
    rule for rule in Claim._meta.constraints if rule.name == "wish_has_one_live_claim"
)


@dataclass(frozen=True)
class Storm:
    """What the answers said, beside what the database holds."""

    presses: int
    won: int  # answers that led to a claim
    late: int
    failed: int  # any other answer
    double: int  # wishes with more than one live claim
    forgotten: int  # claims that an answer named and the database does not know
    seconds: float

    @property
    def is_clean(self) -> bool:
        answered = self.won + self.late == self.presses
        return answered and not (self.failed or self.double or self.forgotten)


def storm(wishes: Sequence[Wish], givers: Sequence[Presser], application: str = HOUSE) -> Storm:
    """Ten people press each wish, all at about the same time."""
    presses = list(_presses(wishes, givers, 10))
    with serving(application, workers=RIVAL_WORKERS) as port:
        answers = load(port, iter(presses), connections=CONNECTIONS, summary=outcome, at_most=900)
    said = answers.digests
    named = {words.removeprefix("claim ") for words in said if words.startswith("claim ")}
    late = said["late"]
    return Storm(
        presses=len(presses),
        won=len(named),
        late=late,
        failed=len(presses) - late - sum(said[f"claim {each}"] for each in named),
        double=_double(wishes),
        forgotten=len(named) - Claim.objects.filter(pk__in=named).count(),
        seconds=answers.seconds,
    )


def outcome(answer: bytes) -> str:
    """`claim KEY`, `late`, or the status of whatever else it was."""
    status = status_of(answer)
    if status == 302:
        place = header(answer.partition(b"\r\n\r\n")[0], b"location") or b""
        return f"claim {place.decode().rstrip('/').rpartition('/')[2]}"
    return "late" if status == 409 else str(status)


def _presses(wishes: Sequence[Wish], givers: Sequence[Presser], each: int) -> Iterator[bytes]:
    """Of every wish by people who differ; those who press one wish do so one after the other."""
    for number, wish in enumerate(wishes):
        first = number * each % len(givers)
        rivals = islice((*givers[first:], *givers), each)
        yield from (giver.press(wish) for giver in rivals)


def _double(wishes: Sequence[Wish]) -> int:
    claimed = Claim.objects.live().filter(wish__in=[wish.pk for wish in wishes])
    return claimed.values("wish").annotate(held=Count("pk")).filter(held__gt=1).count()


@contextmanager
def without_constraint() -> Iterator[None]:
    """The control needs the constraint away too; afterwards nothing of it is left."""
    with connection.schema_editor() as tables:
        tables.remove_constraint(Claim, ONE_LIVE_CLAIM)
    try:
        yield
    finally:
        Claim.objects.all().delete()
        with connection.schema_editor() as tables:
            tables.add_constraint(Claim, ONE_LIVE_CLAIM)
