"""What a storm of claims needs of the house: a wall with givers before it, and the count afterwards."""

from collections.abc import Callable
from itertools import cycle

from django.db import connection, transaction
from django.db.models import Count

from bench.givers import Wall
from mashang.accounts.actions import tokens
from mashang.accounts.models import ApiToken
from mashang.wishes.models import Claim, Wish
from proofs.rigs.server import Server
from proofs.rigs.storm import Heard, Press, Storm, Truth, broken

GIVERS = 150
WISHES_FOR_EACH_BREAK = 40


def planted(wishes: int, rivals: int) -> list[Press]:
    """A wall, and for each of its wishes so many givers who want it."""
    wall = Wall(GIVERS)
    with transaction.atomic():
        scope = ApiToken.Scope.CLAIM
        hall = cycle(
            [
                (str(giver.user.pk), tokens.issue("程序", scope, by=giver.user), _network(place))
                for place, giver in enumerate(wall.givers)
            ]
        )
    numbers = [wish.number for wish in wall.wishes(wishes)]
    connection.close()
    return [Press(number, *next(hall)) for number in numbers for _ in range(rivals)]


def _network(place: int) -> str:
    return f"10.0.{place // 250}.{place % 250 + 1}"


def truth(heard: Heard, breaks: int) -> Truth:
    """Counts the claims in the database, when the storm is over."""
    rows = Claim.objects.live().values_list("wish__number", "giver")
    stands = {(number, str(giver)) for number, giver in rows}
    held = Wish.objects.filter(claims__state__in=Claim.LIVE).annotate(held=Count("claims"))
    found = Truth(
        breaks=breaks,
        acknowledged=len(heard.claims),
        lost=len(heard.claims - stands),
        double=held.filter(held__gt=1).count(),
        unheard=len(stands - heard.claims),
        unknown=heard.unknown,
        unresolved=heard.unresolved,
        other=dict(heard.other),
    )
    connection.close()
    return found


def stormed(
    server: Server, breaks: int, breaking: Callable[[int], None], *, rivals: int = 2
) -> Truth:
    """A storm in which something breaks again and again; what it did to the claims."""
    presses = planted(WISHES_FOR_EACH_BREAK * breaks, rivals)
    server.start()
    try:
        with Storm(server.port, presses) as storm:
            done = broken(storm, breaks, breaking)
    finally:
        server.kill()
    return truth(storm.heard, done)
