"""Ten thousand single mutations of the trail, by somebody who owns the database.

The trail is written and signed by the house's own code, exported, and one thing in the export is
changed, removed, inserted, reordered, truncated or rewritten with fresh hashes. The verifier must
say so each time, and say nothing of the untouched trail. Control: the same mutations with the
signed roots left aside, where rewriting and truncating pass unseen.

Then, in a house at work, looks, ledger lines and sign-ins are deleted, changed and slipped in, by somebody who
has lifted the triggers. Control: the trail's entries alone, without the rows that they bind and tell of.
"""

import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from proofs.report import Figure, progress, run
from proofs.rigs.house import on_each

Line = dict[str, Any]
SEED = 20261123
ACTIONS = ("case.opened", "case.read", "review.approved", "card.printed")
UNTOUCHED_RUNS = 200


def written_trail() -> tuple[list[Line], list[bytes], bytes]:
    """Export, roots file and public key of three unions' trails, signed in four batches."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MASHANG_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/trail.sqlite3"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "mashang.config.settings"
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        found = _write()
        connection.close()
    return found


def _write() -> tuple[list[Line], list[bytes], bytes]:
    from mashang.core.audit import roots

    unions = _unions(3)
    for _ in range(4):
        for order in range(60):
            _act(random.choice(unions), order)  # noqa: S311
        roots.seal_roots()
    return list(roots.trail_lines()), roots.signed_lines(), roots.public_key()


def _unions(count: int) -> list[Any]:
    """Any row has a key, and more of a union the trail does not know."""
    from mashang.core.privacy.keys import new_data_key

    return [new_data_key() for _ in range(count)]


def _act(union: Any, order: int) -> None:
    from django.db import transaction

    from mashang.core.audit import trail

    with transaction.atomic():
        trail.record(random.choice(ACTIONS), union, by=union, union=union, order=order)  # noqa: S311


# Mutations: each changes the lines in place and says nothing ---------------------------


def change(lines: list[Line], dice: random.Random) -> None:
    entry = _any_entry(lines, dice)
    name = dice.choice([name for name in entry if name != "facts"])
    entry[name] = _other(entry[name], dice)


def change_fact(lines: list[Line], dice: random.Random) -> None:
    _any_entry(lines, dice)["facts"] = {"order": dice.randrange(1000, 2000)}


def remove(lines: list[Line], dice: random.Random) -> None:
    lines.remove(_any_entry(lines, dice))


def insert(lines: list[Line], dice: random.Random) -> None:
    """A new entry with a right hash, between two others."""
    from mashang.core.audit.verifier import entry_digest

    before = _any_entry(lines, dice)
    forged = before | {"number": before["number"] + 1, "previous": before["digest"]}
    forged["action"] = "case.closed"
    forged["digest"] = entry_digest(forged)
    lines.insert(lines.index(before) + 1, forged)


def reorder(lines: list[Line], dice: random.Random) -> None:
    """Within one chain: where two chains meet in the export, a swap would leave both as they were."""
    chain, _ = _a_chain(lines, dice)
    one, other = dice.sample(chain, 2)
    here, there = lines.index(one), lines.index(other)
    lines[here], lines[there] = other, one


def truncate(lines: list[Line], dice: random.Random) -> None:
    """The end of a chain is cut off and its head set back to fit."""
    chain, head = _a_chain(lines, dice)
    keep = dice.randrange(1, len(chain))
    for entry in chain[keep:]:
        lines.remove(entry)
    head |= {"head": keep, "digest": chain[keep - 1]["digest"], "sealed": keep}


def rewrite(lines: list[Line], dice: random.Random) -> None:
    """One entry is changed, and every hash behind it made anew, up to the head."""
    from mashang.core.audit.verifier import entry_digest

    chain, head = _a_chain(lines, dice)
    start = dice.randrange(len(chain))
    chain[start]["action"] = "case.closed"
    for place in range(start, len(chain)):
        chain[place]["previous"] = chain[place - 1]["digest"] if place else "0" * 64
        chain[place]["digest"] = entry_digest(chain[place])
    head["digest"] = chain[-1]["digest"]


MUTATIONS: tuple[Callable[[list[Line], random.Random], None], ...] = (
    change, change_fact, remove, insert, reorder, truncate, rewrite,
)  # fmt: skip


def _entries(lines: list[Line]) -> list[Line]:
    return [line for line in lines if "head" not in line]


def _any_entry(lines: list[Line], dice: random.Random) -> Line:
    return dice.choice(_entries(lines))


def _a_chain(lines: list[Line], dice: random.Random) -> tuple[list[Line], Line]:
    head = dice.choice([line for line in lines if "head" in line])
    return [entry for entry in _entries(lines) if entry["chain"] == head["chain"]], head


def _other(value: Any, dice: random.Random) -> Any:
    """The same kind of value, one step beside it."""
    if isinstance(value, int):
        return value + dice.choice((-1, 1))
    if not value:
        return "somebody"
    place = dice.randrange(len(value))
    letter = dice.choice([letter for letter in "0123456789abcdef" if letter != value[place]])
    return f"{value[:place]}{letter}{value[place + 1 :]}"


# The proof ------------------------------------------------------------------------------


def prove(rows: int) -> Sequence[Figure]:
    behind_the_back = _behind_the_back(
        rows // 10
    )  # first: what follows names a database of its own
    lines, signed, key = written_trail()
    from mashang.core.audit.verifier import verify

    false_alarms = sum(not verify(lines, signed, key).sound for _ in range(UNTOUCHED_RUNS))
    dice = random.Random(SEED)  # noqa: S311
    missed: Counter[str] = Counter()
    missed_without_roots: Counter[str] = Counter()
    for done in range(1, rows + 1):
        mutate = MUTATIONS[done % len(MUTATIONS)]
        mutated = [dict(line) for line in lines]
        mutate(mutated, dice)
        missed[mutate.__name__] += verify(mutated, signed, key).sound
        missed_without_roots[mutate.__name__] += verify(_unsigned(mutated), [], key).sound
        if done % 1000 == 0:
            progress(done, rows, "mutations")
    return [
        _detected(rows, missed, missed_without_roots),
        Figure(
            goal=f"an untouched trail of {len(_entries(lines))} entries raises no alarm",
            found=f"{false_alarms} of {UNTOUCHED_RUNS} runs",
            control=f"{rows - missed.total():,} of {rows:,} mutated runs",
            holds=not false_alarms,
        ),
        *behind_the_back,
    ]


def _behind_the_back(runs: int) -> list[Figure]:
    figures = []
    for name, told in on_each("proofs.rigs.owner:sabotage", runs).items():
        missed, unseen = sum(told.missed.values()), sum(told.missed_by_entries.values())
        found = f"{told.runs - missed:,} ({(told.runs - missed) / told.runs:.2%})"
        figures.append(
            Figure(
                goal=f"{name}: {told.runs:,} acts on {told.looks} looks, {told.lines} ledger lines, sign-ins are found",
                found=found + (f", missed {told.missed}" if missed else ""),
                control=f"by the entries alone missed: {unseen:,}",
                holds=not missed and unseen > 0 and not told.false_alarms,
            )
        )
    return figures


def _unsigned(lines: list[Line]) -> list[Line]:
    return [line | {"sealed": 0} if "head" in line else line for line in lines]


def _detected(rows: int, missed: Counter[str], without: Counter[str]) -> Figure:
    unseen = ", ".join(f"{name} {count:,}" for name, count in without.items() if count)
    return Figure(
        goal=f"{rows:,} single mutations are detected",
        found=f"{rows - missed.total():,} ({(rows - missed.total()) / rows:.2%})",
        control=f"without roots missed: {unseen or 'none'}",
        holds=not missed.total() and bool(without.total()),
    )


if __name__ == "__main__":
    sys.exit(run("trail", prove, rows=10_000))
