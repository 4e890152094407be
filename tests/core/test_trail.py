"""操作留痕: chained per union, signed outside the database, and every change is found."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from mashang.core.audit import roots, trail, verifier
from mashang.core.audit.verifier import Report, verify
from mashang.core.db.triggers import trigger_names
from mashang.core.models import NO_DIGEST, TrailEntry, TrailHead
from mashang.core.privacy.keys import new_data_key
from mashang.core.provinces import use_province
from tests.core.papers import Household, Paper, PaperState
from tests.crowd import lock_off, press_at_once


@pytest.fixture
def union(household):
    """The trail knows a union by its key only, so any row may stand for one."""
    return household


def write(union, entries: int) -> list[TrailEntry]:
    return [
        trail.record("case.opened", union, by=None, union=union, order=order)
        for order in range(entries)
    ]


def check() -> Report:
    return verify(roots.trail_lines(), roots.signed_lines(), roots.public_key())


def kinds(report: Report) -> set[str]:
    return {damage.kind for damage in report.damages}


def without_triggers(sql: str, *values: object) -> None:
    """Somebody who owns the database, and knows how to lift its triggers."""
    table = TrailEntry._meta.db_table
    with connection.cursor() as cursor:
        for name, _ in trigger_names(connection.vendor, table):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        cursor.execute(sql.format(table), values)


def test_an_entry_says_who_did_what_to_which_row(household, union):
    paper = Paper.objects.create(household=household)
    entry = trail.record(
        "paper.sent", paper, by=household, union=union, to=PaperState.SENT, count=3, was=None
    )

    assert (entry.action, entry.subject) == ("paper.sent", "house_tests.paper")
    assert (entry.subject_id, entry.actor_id) == (str(paper.pk), str(household.pk))
    assert entry.facts == {"to": "sent", "count": 3, "was": None}
    assert (entry.number, entry.previous, entry.chain) == (1, NO_DIGEST, union.pk)


def test_each_union_has_a_chain_of_its_own_and_the_house_has_one(household, union):
    other = Household.objects.create(data_key=new_data_key())
    write(union, 2)
    write(other, 1)
    trail.record("key.changed", household, by=None)

    ends = dict(TrailHead.objects.values_list("chain", "number"))
    assert ends == {union.pk: 2, other.pk: 1, trail.HOUSE_CHAIN: 1}
    assert check().sound


@pytest.mark.parametrize(
    "fact",
    [
        "李春燕",
        "a name",
        "12800138000",
        "+8612800138000",
        "11010519491231002X",
        12900138000,
        1.5,
        {},
    ],
)
def test_words_and_numbers_of_people_do_not_enter_the_trail(household, fact):
    with pytest.raises(ValueError, match=r"trail takes|looks like"):
        trail.record("case.opened", household, by=None, fact=fact)


def test_a_sealed_value_does_not_enter_the_trail_and_a_hash_of_it_may(household):
    paper = Paper.objects.create(household=household, id_number="11010519491231002X")
    with pytest.raises(ValueError, match="trail takes"):
        trail.record("paper.sent", paper, by=None, id_number=paper.id_number)

    entry = trail.record("paper.sent", paper, by=None, id=trail.hashed("id", "11010519491231002X"))

    assert entry.facts["id"] == trail.hashed("id", "11010519491231002X")
    assert entry.facts["id"] != trail.hashed("phone", "11010519491231002X")


def test_what_did_not_happen_leaves_no_entry(household, union):
    with transaction.atomic():
        write(union, 1)
        transaction.set_rollback(True)

    write(union, 1)
    assert [entry.number for entry in TrailEntry.objects.all()] == [1]
    assert check().sound


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_acts_transaction_is_refused():
    household = Household.objects.create(data_key=new_data_key())

    with pytest.raises(transaction.TransactionManagementError):
        trail.record("case.opened", household, by=None)


@pytest.mark.django_db(transaction=True)
def test_twelve_acts_at_once_make_one_unbroken_chain():
    union = Household.objects.create(data_key=new_data_key())

    @transaction.atomic
    def act() -> None:
        trail.record("case.opened", union, by=None, union=union)

    assert press_at_once([act] * 12) == [None] * 12

    report = check()
    assert report.sound and report.entries == 12


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_constraint_keeps_the_chain_whole_and_some_acts_fail():
    union = Household.objects.create(data_key=new_data_key())

    @transaction.atomic
    def act() -> None:
        write(union, 3)

    with lock_off():
        answers = press_at_once([act] * 12)

    report = check()
    assert answers.count(None) < 12
    assert report.sound and report.entries == 3 * answers.count(None)


# Signed roots


def test_signed_roots_cover_every_entry_once(union):
    write(union, 3)
    assert roots.seal_roots() == 3
    assert roots.seal_roots() == 0
    write(union, 2)
    assert roots.seal_roots() == 2

    report = check()
    assert report.sound and (report.batches, report.unsealed) == (2, 0)


def test_many_entries_are_signed_in_several_roots(union, monkeypatch):
    monkeypatch.setattr(roots, "BATCH", 4)
    write(union, 10)
    seen: list[int] = []

    assert roots.seal_roots(progress=seen.append) == 10
    assert seen == [4, 8, 10] and check().batches == 3 and check().sound


def test_a_crash_after_the_file_was_written_signs_twice_and_loses_nothing(union):
    write(union, 3)
    roots.seal_roots()
    TrailHead.objects.update(sealed_number=0)
    write(union, 1)

    assert roots.seal_roots() == 4
    assert check().sound


def test_a_half_written_line_is_dropped_and_signed_again(union):
    write(union, 2)
    roots.seal_roots()
    whole = roots.roots_file().read_bytes()
    write(union, 2)
    roots.seal_roots()
    roots.roots_file().write_bytes(whole + b'{"at":"2026-')
    TrailHead.objects.update(sealed_number=2)

    assert roots.seal_roots() == 2
    assert check().sound


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE {} SET action = 'case.closed' WHERE number = 2", "changed"),
        ("UPDATE {} SET facts = '{{\"order\": 9}}' WHERE number = 2", "changed"),
        ("UPDATE {} SET actor_id = 'somebody' WHERE number = 2", "changed"),
        ("DELETE FROM {} WHERE number = 2", "order"),
        ("DELETE FROM {} WHERE number = 4", "head"),
        ("DELETE FROM {}", "truncated"),
        ("UPDATE {} SET number = number + 10 WHERE number = 4", "order"),
    ],
)
def test_a_row_that_was_touched_is_found(union, sql, kind):
    write(union, 4)
    roots.seal_roots()

    without_triggers(sql)

    assert kind in kinds(check())


def test_rows_cut_off_together_with_the_head_are_found_by_the_roots(union):
    entries = write(union, 4)
    roots.seal_roots()
    without_triggers("DELETE FROM {} WHERE number > 2")
    TrailHead.objects.update(number=2, digest=entries[1].digest, sealed_number=2)

    assert kinds(check()) == {"truncated", "root"}


def test_a_whole_chain_rewritten_with_new_hashes_is_found_by_the_roots(union):
    write(union, 4)
    roots.seal_roots()
    without_triggers("DELETE FROM {}")
    TrailHead.objects.all().delete()
    write(union, 4)
    TrailHead.objects.update(sealed_number=4)

    assert kinds(check()) == {"root"}


def test_a_head_that_was_removed_is_found(union):
    write(union, 2)
    TrailHead.objects.all().delete()

    assert "headless" in kinds(check())


def test_entries_beyond_the_head_are_found(union):
    write(union, 2)
    first = TrailEntry.objects.get(number=1)
    TrailHead.objects.update(number=1, digest=first.digest)

    assert kinds(check()) == {"head"}


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (lambda lines: lines[:1], "roots_short"),
        (lambda lines: [], "roots_short"),
        (lambda lines: lines[1:], "roots_gap"),
        (lambda lines: [lines[1], lines[0], *lines[2:]], "roots_order"),
        (lambda lines: [lines[0].replace(b'"batch":1', b'"batch":7'), *lines[1:]], "signature"),
        (lambda lines: [b"not json", *lines[1:]], "signature"),
        (lambda lines: [b"{}", *lines[1:]], "signature"),
    ],
    ids=["tail cut", "all gone", "first gone", "swapped", "edited", "no json", "empty"],
)
def test_a_roots_file_that_was_touched_is_found(union, edit, kind):
    for _ in range(3):
        write(union, 2)
        roots.seal_roots()
    path = roots.roots_file()
    path.write_bytes(b"".join(line + b"\n" for line in edit(path.read_bytes().splitlines())))

    assert kind in kinds(check())


def test_roots_signed_by_another_key_are_not_believed(union, settings):
    write(union, 2)
    settings.MASHANG_TRAIL_KEY = bytes(range(32))
    roots.seal_roots()
    settings.MASHANG_TRAIL_KEY = bytes(32)

    assert "signature" in kinds(check())


# The command and the stand-alone program


def test_the_command_says_sound_and_exports_for_the_stand_alone_verifier(union, tmp_path, capsys):
    write(union, 3)
    call_command("verify_trail", "--seal", "--json", "--export", str(tmp_path / "trail.jsonl"))

    said = json.loads(capsys.readouterr().out)
    assert said["sound"] and said["entries"] == 3 and said["unsealed"] == 0
    assert stand_alone(tmp_path / "trail.jsonl", said["public_key"]).returncode == 0


def test_the_command_ends_with_1_when_the_trail_is_damaged(union, tmp_path, capsys):
    write(union, 3)
    roots.seal_roots()
    without_triggers("UPDATE {} SET action = 'case.closed' WHERE number = 2")

    with pytest.raises(CommandError) as ended:
        call_command("verify_trail", "--export", str(tmp_path / "trail.jsonl"))

    assert ended.value.returncode == 1
    assert "№2，内容与写入时不同" in capsys.readouterr().out
    key = base64.b64encode(roots.public_key()).decode()
    assert stand_alone(tmp_path / "trail.jsonl", key).returncode == 1


def stand_alone(trail_file: Path, key: str) -> subprocess.CompletedProcess[bytes]:
    """The verifier as somebody would run it who has the three files and nothing of the house."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-I", verifier.__file__, trail_file, roots.roots_file(), key],
        capture_output=True,
        cwd="/",
    )


def test_each_province_signs_a_file_of_its_own(settings):
    settings.MASHANG_PROVINCES = ["gx", "gd"]
    names = set()
    for code in settings.MASHANG_PROVINCES:
        with use_province(code):
            names.add(roots.roots_file().name)

    assert names == {"roots-gx.jsonl", "roots-gd.jsonl"}


def test_the_canonical_bytes_are_those_of_the_documentation():
    entry = {
        "id": "i", "chain": "c", "number": 1, "at": "2026-11-23T01:02:03.000004+00:00",
        "action": "case.opened", "subject": "cases.case", "subject_id": "s", "actor_id": "",
        "facts": {"b": 1, "a": None}, "previous": NO_DIGEST, "digest": "not part of it",
    }  # fmt: skip

    assert verifier.canonical(entry, without=("previous", "digest")) == (
        b'{"action":"case.opened","actor_id":"","at":"2026-11-23T01:02:03.000004+00:00",'
        b'"chain":"c","facts":{"a":null,"b":1},"id":"i","number":1,"subject":"cases.case",'
        b'"subject_id":"s"}'
    )
    assert verifier.sm3(b"abc").hex() == (  # the example of GM/T 0004
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert (
        len({verifier.merkle_root([bytes([n]) * 32 for n in range(size)]) for size in range(1, 9)})
        == 8
    )


@pytest.mark.parametrize(
    "line", [{}, {"chain": "c", "number": "1"}, {"chain": "c", "head": "x"}, {"number": None}]
)
def test_a_line_that_is_no_entry_is_damage_and_not_a_crash(line):
    report = verify([line], [], roots.public_key())

    assert "unreadable" in kinds(report)
