"""Looks and ledger lines are bound by the trail: whoever owns the database cannot change them unseen."""

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from mashang.aid import actions as aid
from mashang.aid.models import Aid, AidProposal
from mashang.cases.actions.access import log_access
from mashang.cases.models import Access, CaseVersion
from mashang.core import models
from mashang.core.audit import bound, export, roots, seals, verifier
from mashang.core.audit.verifier import Report, verify
from mashang.core.db.compiled import CompiledInsert
from mashang.core.db.triggers import trigger_names
from mashang.core.models import TrailEntry
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db
WRITE = CompiledInsert(Access)
DAY = date(2026, 11, 20)
MINUTES, LOOKS = 4, 3  # so many looks in each of so many minutes


@pytest.fixture
def clock(monkeypatch) -> Iterator[time_machine.Traveller]:
    """A clock that stands still, also for the ids, which otherwise follow the machine's own."""
    monkeypatch.setattr(models, "uuid7", key_of_now)
    with time_machine.travel(timezone.now().replace(second=5), tick=False) as clock:
        yield clock


def key_of_now() -> UUID:
    return UUID(int=bound.first_key(timezone.now()).int | secrets.randbits(78))


@pytest.fixture
def clerk(branch_a):
    return make_staff("陈经办", branch_a["own"], Role.CLERK)


@pytest.fixture
def case(branch_a, clerk, clock):
    return make_case(branch_a["own"], by=clerk)


@pytest.fixture
def written(case, clerk, branch_a, clock) -> list[datetime]:
    """Twelve looks and three ledger lines, sealed and signed; the minutes in which they were written."""
    treasurer = make_staff("财务", branch_a["county"], Role.TREASURER)
    minutes = []
    for minute in range(MINUTES):
        minutes.append(timezone.now())
        for page in range(LOOKS):
            log_access(case.holder, by=clerk, what=f"档案·{page}")
        if minute:
            enter(case, clerk, treasurer, fen=10_000 * minute)
        clock.shift(timedelta(minutes=1))
        tick()
    clock.shift(timedelta(minutes=2))
    tick()
    return minutes


def enter(case, clerk, treasurer, *, fen: int) -> Aid:
    proposal = aid.propose(
        case.holder, project="living", fund="own_union", given_on=DAY, amount_fen=fen, by=clerk
    )
    return aid.confirm(proposal, by=treasurer)


def tick() -> None:
    seals.seal_rows()
    roots.seal_roots()


def check() -> Report:
    return verify(export.lines(), roots.signed_lines(), roots.public_key())


def found(report: Report) -> set[str]:
    return {damage.kind for damage in report.damages}


def by_the_owner(model) -> object:
    """The rows in the hands of somebody who owns the database, and has lifted its triggers."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for name, _ in trigger_names(connection.vendor, table):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
    return model._base_manager.all()


def forge_look(case, viewer, at: datetime, *, key_of: datetime | None = None) -> None:
    key = bound.first_key(key_of or at).int + 77
    WRITE.insert_row(
        Access(
            id=UUID(int=key), created_at=at, holder=case.holder,
            viewer=viewer, union=case.union, basis="keeping", what="档案·概况",
        )
    )  # fmt: skip


def test_untouched_it_is_sound_and_says_how_much_is_bound(written):
    report = check()

    assert report.sound
    assert report.rows >= MINUTES * LOOKS and report.lines >= 2 * (MINUTES - 1)


def test_a_row_of_this_minute_waits_and_is_bound_when_the_minute_is_over(
    written, case, clerk, clock
):
    log_access(case.holder, by=clerk, what="档案·现在")
    tick()
    before = check()
    clock.shift(timedelta(minutes=3))
    tick()
    after = check()

    assert before.sound and after.sound
    assert after.rows == before.rows + 1


def test_all_looks_deleted(written):
    by_the_owner(Access).delete()

    report = check()

    assert found(report) == {"rows_gone"}
    assert len(report.damages) == MINUTES
    words = report.damages[0].what
    assert words.startswith("cases.access：") and f"封存时有 {LOOKS} 行，现在 0 行" in words


def test_one_look_deleted_says_which_minute(written):
    looks = by_the_owner(Access)
    looks.filter(pk=looks.filter(created_at=written[2]).order_by("pk")[1].pk).delete()

    report = check()

    assert found(report) == {"rows_gone"}
    shown = timezone.localtime(written[2]).strftime("%Y-%m-%d %H:%M")
    assert f"{shown} 至" in report.damages[0].what


@pytest.mark.parametrize(
    "change",
    [
        {"created_at": F("created_at") + timedelta(seconds=1)},
        {"basis": "pairing"},
        {"what": "档案·别的"},
        {"reason": "改了"},
        {"union": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_look_changed(written, change):
    looks = by_the_owner(Access)
    looks.filter(pk=looks.order_by("pk")[4].pk).update(**change)

    assert found(check()) == {"rows_changed"}


def test_a_look_that_is_given_to_somebody_else(written, branch_a):
    by_the_owner(Access).update(viewer=make_staff("别人", branch_a["own"], Role.CLERK))

    assert found(check()) == {"rows_changed"}


def test_a_look_slipped_into_the_past(written, case, clerk):
    forge_look(case, clerk, written[1] + timedelta(seconds=2))

    assert found(check()) == {"rows_added"}


def test_a_look_slipped_into_a_quiet_hour(written, case, clerk, clock):
    clock.shift(timedelta(hours=3))
    tick()
    forge_look(case, clerk, timezone.now() - timedelta(hours=2))

    assert found(check()) == {"rows_added"}


def test_a_look_of_today_that_pretends_to_be_old(written, case, clerk, clock):
    clock.shift(timedelta(hours=3))
    forge_look(case, clerk, written[1], key_of=timezone.now())

    assert found(check()) == {"row_misdated"}


def test_looks_moved_to_where_nothing_is_sealed_yet(written, case, clerk):
    rows = list(by_the_owner(Access))
    Access._base_manager.all().delete()
    for place, row in enumerate(rows):
        forge_look(case, row.viewer, timezone.now() + timedelta(seconds=place))

    assert "rows_gone" in found(check())


@pytest.mark.parametrize("model", [CaseVersion, AidProposal])
def test_other_bound_tables(written, model):
    rows = by_the_owner(model)
    rows.update(why="另一个原因")
    clean = check()

    assert found(clean) == {"rows_changed"}
    assert clean.damages[0].what.startswith(model._meta.label_lower)


def test_every_amount_times_ten(written):
    by_the_owner(Aid).update(amount_fen=F("amount_fen") * 10)

    report = check()

    assert found(report) == {"line_changed", "rows_changed"}
    told = [damage.what for damage in report.damages if damage.kind == "line_changed"]
    assert len(told) == MINUTES - 1 and "fen 留痕记的是 10000，现在是 100000" in told[0]


def test_amounts_of_what_is_only_proposed(written, case, clerk):
    aid.propose(
        case.holder, project="living", fund="own_union", given_on=DAY, amount_fen=500, by=clerk
    )
    AidProposal.objects.filter(amount_fen=500).update(amount_fen=50_000)

    assert found(check()) == {"line_changed"}


@pytest.mark.parametrize("column", ["union", "second_by", "holder", "project"])
def test_a_ledger_line_that_says_something_else(written, branch_a, column):
    other = {
        "union": branch_a["county"],
        "second_by": make_staff("别人", branch_a["own"], Role.TREASURER),
        "holder": make_holder(branch_a["own"]),
        "project": "medical",
    }
    lines = by_the_owner(Aid)
    lines.filter(pk=lines.order_by("pk")[0].pk).update(**{column: other[column]})

    assert found(check()) == {"line_changed", "rows_changed"}


def test_a_line_that_was_never_confirmed_and_one_that_is_gone(written, case):
    lines = by_the_owner(Aid)
    gone, kept = lines.order_by("pk")[:2]
    gone.delete()
    assert found(check()) == {"line_gone", "rows_gone"}

    proposal = AidProposal.objects.get(pk=kept.proposal_id)
    proposal.pk = uuid4()
    proposal.save(force_insert=True)
    kept.pk, kept.proposal = uuid4(), proposal
    kept.save(force_insert=True)
    assert "line_unknown" in found(check())


def test_a_line_turned_into_a_reversal(written):
    first, second = by_the_owner(Aid).order_by("pk")[:2]
    Aid._base_manager.filter(pk=first.pk).update(reverses=second)

    assert "line_changed" in found(check())


def test_a_rejected_proposal_brought_back(written, case, clerk, branch_a):
    proposal = aid.propose(
        case.holder, project="living", fund="own_union", given_on=DAY, amount_fen=500, by=clerk
    )
    aid.reject(proposal, by=make_staff("财务二", branch_a["county"], Role.TREASURER))
    assert check().sound

    AidProposal.objects.filter(pk=proposal.pk).update(state="proposed")
    assert found(check()) == {"line_changed"}


def test_the_stand_alone_program_finds_it_and_its_file_holds_no_words(written, tmp_path, capsys):
    file = tmp_path / "trail.jsonl"
    call_command("verify_trail", "--json", "--export", str(file))
    said = json.loads(capsys.readouterr().out)
    by_the_owner(Access).delete()
    with pytest.raises(CommandError):
        call_command("verify_trail", "--export", str(tmp_path / "after.jsonl"))

    assert said["rows"] >= MINUTES * LOOKS and "cases.access：" in capsys.readouterr().out
    codes = [stand_alone(path, said["public_key"]) for path in (file, tmp_path / "after.jsonl")]
    assert codes == [0, 1]
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert "档案" not in json.dumps(lines, ensure_ascii=False)


def stand_alone(path, key: str) -> int:
    command = [sys.executable, "-I", verifier.__file__, path, roots.roots_file(), key]
    return subprocess.run(command, capture_output=True, cwd="/").returncode  # noqa: S603


def test_a_seal_that_was_written_over_is_damage_and_not_a_crash(written):
    seal = by_the_owner(TrailEntry).filter(action=verifier.SEALED).order_by("number")[1]
    for facts in ({}, {"until": "soon"}, seal.facts | {"cases.access": [1]}):
        TrailEntry._base_manager.filter(pk=seal.pk).update(facts=facts)
        assert {"changed", "root"} <= found(check())


# When it is sealed


def seal_entries() -> list[TrailEntry]:
    return list(TrailEntry.objects.filter(action=verifier.SEALED).order_by("number"))


def test_a_busy_minute_is_one_entry_and_a_quiet_hour_is_one(written, clock):
    busy = len(seal_entries())
    for _ in range(61):
        clock.shift(timedelta(minutes=1))
        tick()

    assert busy == MINUTES
    assert len(seal_entries()) == busy + 1


def test_seals_leave_no_time_between_them(written, clock):
    clock.shift(timedelta(days=3, hours=5))
    tick()

    spans = [(entry.facts["since"], entry.facts["until"]) for entry in seal_entries()]
    assert spans[0][0] is None
    assert [since for since, _ in spans[1:]] == [until for _, until in spans[:-1]]
    lengths = [
        datetime.fromisoformat(until) - datetime.fromisoformat(since) for since, until in spans[1:]
    ]
    assert max(lengths) <= seals.LONGEST


def test_a_minute_that_is_not_over_is_not_sealed(case, clerk, clock):
    log_access(case.holder, by=clerk, what="档案·概况")
    clock.shift(seals.GRACE)

    assert seals.closed_until() <= timezone.now() - seals.GRACE
    seals.seal_rows()
    assert not any(entry.facts["cases.access"][1] for entry in seal_entries())


def test_a_table_that_is_bound_later_is_sealed_from_its_first_row_on(
    case, clerk, clock, monkeypatch
):
    log_access(case.holder, by=clerk, what="档案·概况")
    with monkeypatch.context() as before:
        before.delitem(bound._registered, "cases.access")
        clock.shift(timedelta(minutes=3))
        tick()
    assert (check().sound, check().rows_unsealed) == (True, 1)
    clock.shift(timedelta(hours=2))
    tick()

    assert (check().sound, check().rows_unsealed) == (True, 0)
    by_the_owner(Access).delete()
    assert found(check()) == {"rows_gone"}


def test_a_new_form_leaves_old_seals_as_they_were(written, case, clerk, clock, monkeypatch):
    looks = bound.table_called("cases.access")
    monkeypatch.setitem(looks.forms, 2, looks.forms[1][:-1])
    log_access(case.holder, by=clerk, what="档案·新")
    clock.shift(timedelta(minutes=3))
    tick()

    report = check()
    assert report.sound and seal_entries()[-1].facts["cases.access"][0] == 2


def test_two_sealers_at_once_seal_once(written, case, clerk, clock):
    log_access(case.holder, by=clerk, what="档案·新")
    clock.shift(timedelta(minutes=3))
    stale = seals.last_seal()
    seals.seal_rows()

    assert not seals._append(stale, datetime.now(UTC), {"cases.access": (1, 0, "")})
    assert check().sound


def test_sealing_costs_a_few_statements_however_many_rows(
    written, case, clerk, clock, django_assert_max_num_queries
):
    for page in range(50):
        log_access(case.holder, by=clerk, what=f"档案·{page}")
    clock.shift(timedelta(minutes=3))

    with django_assert_max_num_queries(len(bound.bound_tables()) + 16):
        assert seals.seal_rows() == 50
