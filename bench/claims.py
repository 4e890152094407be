"""Claims over HTTP: the storm on both databases, a claim beside its own SQL, 200 people at once."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.core.management import call_command
from django.db import connection

from bench.givers import Presser, Wall
from bench.harness import Row, database, in_child
from bench.load import get, load
from bench.recorded import Act, hand_act_to_skeletons, statements_of
from bench.server import serving
from bench.storm import CONNECTIONS, WORKERS, outcome, storm, without_constraint
from mashang.core.models import TrailHead
from mashang.wishes.models import Wish
from tests.builders import sign_in

WISHES = 1_000  # of the storm; ten people press each
RIVALS = 1_000
SABOTAGED = 200
ROUNDS, CLAIMS = 3, 400  # a round, ours and its SQL
CROWD, WANTED = 200, 50
PEER_SECONDS = 2.2  # pretix's cart API: 200 people, 50 seats, all answered (November 2026)
FAR = 10**12  # numbers of the trail that the house does not reach


def rows(size: int) -> list[Row]:
    """On this database all of it, on SQLite the storm too."""
    count = min(WISHES, size // 100)
    measured = _storms(wall := Wall(RIVALS), count)
    if connection.vendor != "sqlite":
        with TemporaryDirectory() as folder:
            elsewhere = {"DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
            said = in_child("bench.claims", str(count), env=elsewhere, at_most=1800).said
        measured += [Row(**row) for row in said]
    return [*measured, _beside_its_sql(wall), _all_at_once(wall)]


def child(count: str) -> list[dict[str, object]]:
    call_command("migrate", verbosity=0)
    here = {"database": database()}
    return [asdict(row) | here for row in _storms(Wall(RIVALS), int(count))]


def _storms(wall: Wall, count: int) -> list[Row]:
    done = storm(wall.wishes(count), wall.givers)
    on = connection.display_name
    work = f"{done.presses:,} presses on {count:,} wishes, {CONNECTIONS} connections, {on}"
    holds = done.won == count and done.is_clean
    faults = done.double + done.forgotten + done.failed
    with without_constraint():
        wild = storm(wall.wishes(min(SABOTAGED, count)), wall.givers, "bench.unguarded:application")
    control = f"{wild.presses:,} presses with guard and constraint off, {on}"
    return [
        Row(f"{work}: won", "claims", done.won, None, "", f"{count:,}", holds),
        Row(f"{work}: double, forgotten, failed", "", faults, None, "", "0", faults == 0),
        Row(f"{work}: answered", "answers/s", done.presses / done.seconds, None, "", "", None),
        Row(f"{control}: double", "wishes", wild.double, None, "", "> 0", wild.double > 0),
    ]


def _all_at_once(wall: Wall) -> Row:
    seconds = min(_crowd(wall) for _ in range(ROUNDS))
    work = f"{CROWD} people press {WANTED} wishes at once, last answer"
    holds = seconds <= 0.15 * PEER_SECONDS
    return Row(work, "s", seconds, PEER_SECONDS, "pretix", "≤ 0.15", holds)


def _crowd(wall: Wall) -> float:
    wishes, people = wall.wishes(WANTED), wall.givers[:CROWD]
    presses = [giver.press(wishes[n % WANTED]) for n, giver in enumerate(people)]
    with serving(workers=WORKERS) as port:
        _warm(port, wall)
        answers = load(port, iter(presses), connections=CROWD, summary=outcome)
    won = sum(words.startswith("claim ") for words in answers.digests)
    if won != WANTED or answers.digests["late"] != CROWD - WANTED:
        raise RuntimeError(f"The crowd was answered {dict(answers.statuses)}.")
    return answers.seconds


def _warm(port: int, wall: Wall) -> None:
    """Each worker has claimed and refused before it counts."""
    wishes = wall.wishes(20)
    load(port, iter([giver.press(wish) for wish in wishes for giver in wall.givers[-3:]]))


# Beside its own SQL --------------------------------------------------------------------------


def _beside_its_sql(wall: Wall) -> Row:
    """Claims a second, the best of rounds that take turns."""
    count = ROUNDS * CLAIMS
    with TemporaryDirectory() as folder:
        hand_act_to_skeletons(_recorded(wall, count), Path(folder) / "act.json")
        wishes, givers = wall.wishes(count), wall.givers
        ours = iter([givers[n % len(givers)].press(wish) for n, wish in enumerate(wishes)])
        bare = iter([get(f"/act/{n}") for n in range(1, count + 1)])
        with serving(workers=WORKERS) as house, serving("bench.skeletons:application", workers=WORKERS) as its_sql:  # fmt: skip
            _warm(house, wall)
            rounds = [(_rate(house, ours, 302), _rate(its_sql, bare, 200)) for _ in range(ROUNDS)]
    rate, limit = (max(rates) for rates in zip(*rounds, strict=True))
    return Row(
        "a claim over HTTP", "claims/s", rate, limit, "its SQL", "≥ 0.6", rate >= 0.6 * limit
    )


def _rate(port: int, requests: Iterator[bytes], wanted: int) -> float:
    some = [request for _, request in zip(range(CLAIMS), requests, strict=False)]
    answers = load(port, iter(some))
    if set(answers.statuses) != {wanted}:
        raise RuntimeError(f"The server answered {dict(answers.statuses)}.")
    return answers.rate


def _recorded(wall: Wall, count: int) -> Act:
    """One claim as it is asked of the database, and the people and wishes of `count` more.

    They are of a union of their own, whose trail the house does not continue meanwhile.
    """
    union = wall.new_union()
    first, *wishes = wall.wishes(count + 2, union)
    givers = [wall.givers[n % len(wall.givers)] for n in range(count + 1)]
    keys = [uuid4().hex for _ in wishes]
    browser = sign_in(givers[0].user)
    browser.post(f"/claim/{first.number}/", {"key": uuid4().hex})  # queries are compiled by now
    TrailHead.objects.filter(chain=union.pk).update(number=FAR - 1)
    address, form = f"/claim/{wishes[0].number}/", {"key": keys[0]}
    session = browser.cookies["sessionid"].value
    statements = statements_of(browser, address, 302, form)
    values = [
        _values(n, wish, giver, key)
        for n, (wish, giver, key) in enumerate(zip(wishes, givers, keys, strict=True))
    ]
    values[0][-1] = session
    return Act(statements, values)


def _values(number: int, wish: Wish, giver: Presser, key: str) -> list[str]:
    holder = wish.holder
    rows = [wish.pk, holder.pk, holder.user_id, giver.user.pk]
    spelled = [row.hex for row in rows if row]
    session = giver.cookie.partition(";")[0].removeprefix("sessionid=")
    return [*spelled, wish.number, key, str(FAR + number), session]
