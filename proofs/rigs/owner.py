"""Somebody who owns the database: looks, ledger lines and sign-ins are changed behind the house's back."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from mashang.accounts.actions import sign_ins
from mashang.accounts.devices import Origin, new_device
from mashang.aid import actions as aid
from mashang.aid.models import Aid, AidProposal
from mashang.cases.models import Access
from mashang.core.audit import bound, export, roots, seals
from mashang.core.audit.verifier import Report, Rows, verify
from mashang.core.db.triggers import trigger_names
from mashang.core.models import TrailEntry
from mashang.unions.roles import Role
from tests.builders import make_branch, make_holder, make_staff

SEED = 20261201
MINUTES, LOOKS, LINES = 40, 5, 30
UNTOUCHED_RUNS = 50
Dice = random.Random
LOOK_ROWS, AID_ROWS = Access._base_manager, Aid._base_manager
PROPOSALS = AidProposal._base_manager
SIGN_INS = TrailEntry._base_manager.filter(action__startswith="staff.sign")


@dataclass(frozen=True)
class Told:
    """How often something was done, by what; how often the verifier, or the trail's entries alone, said nothing."""

    looks: int
    lines: int
    runs: int
    missed: dict[str, int]
    missed_by_entries: dict[str, int]
    false_alarms: int


def sabotage(runs: int) -> Told:
    _house_at_work()
    _lift_triggers()
    dice = Dice(SEED)
    missed: Counter[str] = Counter()
    by_entries: Counter[str] = Counter()
    false_alarms = sum(not _check(export.lines()).sound for _ in range(UNTOUCHED_RUNS))
    for run in range(runs):
        act = ACTS[run % len(ACTS)]
        with transaction.atomic():
            act(dice)
            missed[act.__name__] += _check(export.lines()).sound
            by_entries[act.__name__] += _check_entries().sound
            transaction.set_rollback(True)
    return Told(
        looks=LOOK_ROWS.count(),
        lines=AID_ROWS.count(),
        runs=runs,
        missed=dict(+missed),
        missed_by_entries=dict(+by_entries),
        false_alarms=false_alarms,
    )


def _check(lines: Iterator[Any]) -> Report:
    return verify(lines, roots.signed_lines(), roots.public_key())


def _check_entries() -> Report:
    """As before the rows were bound: the chain and its roots, and nothing beside them."""
    with patch.object(Rows, "close", lambda rows: None):
        return _check(roots.trail_lines())


def _house_at_work() -> None:
    """Some looks in every minute of an hour ago, ledger lines and sign-ins of now; all sealed and signed."""
    branch = make_branch()
    clerk = make_staff("陈经办", branch["county"], Role.CLERK)
    treasurer = make_staff("财务", branch["county"], Role.TREASURER)
    holder = make_holder(branch["own"])
    begin = seals._minute(timezone.now() - timedelta(minutes=MINUTES + 5))
    for minute in range(MINUTES):
        for second in range(LOOKS):
            _look(holder, clerk, begin + timedelta(minutes=minute, seconds=second))
        _seal_until(begin + timedelta(minutes=minute + 1))
    for order in range(LINES):
        proposal = aid.propose(
            holder, project="living", fund="own_union", given_on=date(2026, 11, 20),
            amount_fen=10_000 + order, by=clerk,
        )  # fmt: skip
        aid.confirm(proposal, by=treasurer)
        here = Origin(new_device(), "10.0.0.1")
        sign_ins.came_in(by=clerk, second="totp", origin=here, account="clerk")
        sign_ins.failed(clerk, "password", here, "clerk")
    with patch.object(sign_ins, "TEN_MINUTES", timedelta(hours=-1)):
        sign_ins.enter_failures()
    _seal_until(timezone.now() + timedelta(minutes=2))


def _seal_until(moment: datetime) -> None:
    with patch.object(seals, "closed_until", lambda: moment):
        seals.seal_rows()
    roots.seal_roots()


def _look(holder: Any, viewer: Any, at: datetime, key_at: datetime | None = None) -> None:
    Access.objects.create(
        id=UUID(int=bound.first_key(key_at or at).int | random.getrandbits(78)),
        created_at=at, holder=holder, viewer=viewer, union=holder.union, basis="keeping",
        what="档案·概况",
    )  # fmt: skip


def _lift_triggers() -> None:
    with connection.cursor() as cursor:
        for model in (Access, Aid, TrailEntry):
            table = model._meta.db_table
            for name, _ in trigger_names(connection.vendor, table):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


# What is done: each changes the database and says nothing ---------------------------------


def look_deleted(dice: Dice) -> None:
    _one(LOOK_ROWS, dice).delete()


def look_changed(dice: Dice) -> None:
    change: dict[str, Any] = dice.choice([
        {"created_at": F("created_at") + timedelta(seconds=1)}, {"basis": "pairing"},
        {"what": "档案·别的"}, {"reason": "改了"}, {"union": None},
    ])  # fmt: skip
    LOOK_ROWS.filter(pk=_one(LOOK_ROWS, dice).pk).update(**change)


def look_added(dice: Dice) -> None:
    beside = _one(LOOK_ROWS, dice)
    _look(beside.holder, beside.viewer, beside.created_at + timedelta(seconds=dice.randrange(20)))


def look_backdated(dice: Dice) -> None:
    beside = _one(LOOK_ROWS, dice)
    later = timezone.now() + timedelta(minutes=5)
    _look(beside.holder, beside.viewer, beside.created_at, key_at=later)


def all_looks_deleted(dice: Dice) -> None:
    LOOK_ROWS.all().delete()


def amount_changed(dice: Dice) -> None:
    more = dice.randrange(1, 1000)
    AID_ROWS.filter(pk=_one(AID_ROWS, dice).pk).update(amount_fen=F("amount_fen") + more)


def all_amounts_times_ten(dice: Dice) -> None:
    AID_ROWS.update(amount_fen=F("amount_fen") * 10)


def line_says_another(dice: Dice) -> None:
    change = dice.choice([{"project": "medical"}, {"fund": "central"}, {"goods": "棉被"}])
    AID_ROWS.filter(pk=_one(AID_ROWS, dice).pk).update(**change)


def line_deleted(dice: Dice) -> None:
    _one(AID_ROWS, dice).delete()


def line_added(dice: Dice) -> None:
    line = _one(AID_ROWS, dice)
    proposal = line.proposal
    proposal.pk, line.pk = uuid4(), uuid4()
    proposal.save(force_insert=True)
    line.proposal = proposal
    line.save(force_insert=True)


def proposal_changed(dice: Dice) -> None:
    PROPOSALS.filter(pk=_one(PROPOSALS, dice).pk).update(amount_fen=F("amount_fen") + 1)


def sign_in_deleted(dice: Dice) -> None:
    _one(SIGN_INS, dice).delete()


def sign_in_changed(dice: Dice) -> None:
    entry = _one(SIGN_INS, dice)
    TrailEntry._base_manager.filter(pk=entry.pk).update(actor_id=str(uuid4()))


ACTS: tuple[Callable[[Dice], None], ...] = (
    look_deleted, look_changed, look_added, look_backdated, all_looks_deleted, amount_changed,
    all_amounts_times_ten, line_says_another, line_deleted, line_added, proposal_changed,
    sign_in_deleted, sign_in_changed,
)  # fmt: skip


def _one(rows: Any, dice: Dice) -> Any:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=dice.choice(keys))
