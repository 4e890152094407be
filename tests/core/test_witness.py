"""每日见证: both ends cut back to an earlier day are found by whoever kept a later one, and the day is named."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mashang.config.management.commands import tick
from mashang.core.audit import roots, witness
from mashang.core.models import TrailEntry, TrailHead
from tests.core.test_trail import check, union, without_triggers, write  # noqa: F401

FIRST = date(2026, 11, 20)
DAYS = 6


@pytest.fixture
def today(monkeypatch):
    """Moves the house to another day."""

    def move(day):
        monkeypatch.setattr(timezone, "localdate", lambda *args: day)

    move(FIRST)
    return move


@pytest.fixture
def kept(settings, tmp_path):
    """Another machine's folder."""
    settings.MASHANG_TRAIL_WITNESS = str(tmp_path / "elsewhere" / "witness.jsonl")
    path = Path(witness.witness_file())
    path.parent.mkdir()
    return path


@pytest.fixture
def week(union, today, kept):  # noqa: F811
    """Six days of work, each signed and told; what was copied down each evening."""
    copied = []
    for number in range(DAYS):
        today(FIRST + timedelta(days=number))
        write(union, 5)
        roots.seal_roots()
        witness.witness_day()
        told = witness.of_today()
        copied.append(f"{told.day} {told.digits}")
    return copied


def cut_both_ends(union, *, days: int) -> None:  # noqa: F811
    """By somebody who owns the database and the roots file: as if nothing had happened after `days`."""
    lines = roots.signed_lines()[:days]
    roots.roots_file().write_bytes(b"".join(line + b"\n" for line in lines))
    last = days * 5
    without_triggers("DELETE FROM {} WHERE number > %s", last)
    end = TrailEntry.objects.get(chain=union.pk, number=last)
    TrailHead.objects.filter(pk=union.pk).update(number=last, sealed_number=last, digest=end.digest)


def verify(capsys, **options):
    """(exit code, what was said)."""
    try:
        call_command("verify_trail", **options)
        code = 0
    except CommandError as error:
        code, told = error.returncode, str(error)
        return code, capsys.readouterr().out + told
    return code, capsys.readouterr().out


def test_what_is_whole_fits_every_day(week, kept, capsys):
    assert len(witness.read(kept)) == DAYS
    for copied in week:
        assert verify(capsys, root=copied)[0] == 0


def test_without_a_witness_a_cut_of_both_ends_is_not_found(week, union, settings, capsys):  # noqa: F811
    """The known limit, as docs/security.md says it."""
    settings.MASHANG_TRAIL_WITNESS = ""
    cut_both_ends(union, days=DAYS // 2)

    call_command("verify_trail")

    said = capsys.readouterr()
    assert "完好" in said.out and "没有机器以外的见证可比" in said.err


def test_with_one_it_is_and_the_day_is_named(week, union, settings, kept, capsys):  # noqa: F811
    settings.MASHANG_TRAIL_WITNESS = ""
    cut_both_ends(union, days=DAYS // 2)

    code, said = verify(capsys, witness=kept)

    assert code == 1
    assert "2026-11-23 见证时有 4 个签名根，现在只有 3 个" in said
    assert "最后相符的是 2026-11-22" in said


def test_the_one_in_the_settings_is_compared_unasked(week, union, capsys):  # noqa: F811
    cut_both_ends(union, days=1)

    code, said = verify(capsys)

    assert code == 1 and "最后相符的是 2026-11-20" in said


def test_on_paper_too(week, union, settings, capsys):  # noqa: F811
    settings.MASHANG_TRAIL_WITNESS = ""
    cut_both_ends(union, days=3)

    assert verify(capsys, root=week[2])[0] == 0
    code, said = verify(capsys, root=week[3])
    assert code == 1 and "2026-11-23 抄下的根不在" in said


def test_work_that_went_on_after_the_cut_does_not_hide_it(week, union, capsys):  # noqa: F811
    cut_both_ends(union, days=3)
    for _ in range(5):
        write(union, 5)
        roots.seal_roots()
    assert check().sound

    code, said = verify(capsys)

    assert code == 1 and "2026-11-23 见证时的第 4 个签名根已不同" in said


def test_as_json_the_damage_has_its_kind(week, union, capsys):  # noqa: F811
    cut_both_ends(union, days=3)

    _, said = verify(capsys, json=True)

    report = json.loads(said[: said.rindex("}") + 1])
    assert [damage["kind"] for damage in report["damages"]] == ["witness"]
    assert report["sound"] is False


def test_a_slip_of_the_pen_is_no_damage(week, capsys):
    day, digits = week[-1].split(" ", 1)
    for at, digit in enumerate(digits):
        if digit != " ":
            wrong = digits[:at] + str((int(digit) + 1) % 10) + digits[at + 1 :]
            code, said = verify(capsys, root=f"{day} {wrong}")
            assert code == 1 and "抄错" in said
    assert "请照抄" in verify(capsys, root=digits)[1]
    assert verify(capsys, root=f"{day} {digits.replace(' ', '-')}")[0] == 0


# Telling ----------------------------------------------------------------------------------


def test_the_clock_tells_once_a_day(union, today, kept, monkeypatch):  # noqa: F811
    monkeypatch.setattr(tick, "close_old_connections", lambda: None)
    write(union, 1)
    for day in (FIRST, FIRST, FIRST + timedelta(days=1)):
        today(day)
        tick.run_tasks()

    assert [told.day for told in witness.read(kept)] == ["2026-11-20", "2026-11-21"]


def test_a_machine_that_is_not_there_is_told_and_the_rest_goes_on(union, kept, monkeypatch):  # noqa: F811
    monkeypatch.setattr(tick, "close_old_connections", lambda: None)
    kept.parent.rmdir()
    write(union, 1)

    failed = tick.run_tasks()

    assert [name.rpartition(".")[2] for name in failed] == ["witness_day"]
    assert not kept.parent.exists()


def test_a_line_that_a_crash_left_half_written_is_no_word_and_hides_no_other(week, kept, today):
    kept.write_bytes(kept.read_bytes()[:-20])
    today(FIRST + timedelta(days=DAYS))

    assert witness.witness_day()

    days = [told.day for told in witness.read(kept)]
    assert days == [str(FIRST + timedelta(days=n)) for n in (0, 1, 2, 3, 4, 6)]


def test_before_the_first_root_there_is_nothing_to_tell(db, kept):
    assert not witness.witness_day()
    with pytest.raises(CommandError, match="没有可见证的"):
        call_command("witness")


def test_an_operator_prints_it_for_paper_and_keeps_it_elsewhere(union, today, tmp_path, capsys):  # noqa: F811
    write(union, 3)
    elsewhere = tmp_path / "stick.jsonl"

    call_command("witness", to=elsewhere)

    printed = capsys.readouterr().out
    (told,) = witness.read(elsewhere)
    assert f"{told.day} {told.digits}" in printed
    assert witness.compare(witness.read(elsewhere), roots.signed_lines()) == []
    with pytest.raises(CommandError, match="写不进去"):
        call_command("witness", to=tmp_path / "nowhere" / "x")


def test_a_witness_that_is_gone_is_told(week, kept, capsys):
    kept.unlink()

    code, said = verify(capsys)

    assert code == 1 and "读不到" in said
