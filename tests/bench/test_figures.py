"""docs/figures.md: written from what is kept; what was not measured here stays as it was."""

import pytest

from bench import figures, harness
from bench.harness import Row, Timing

pytestmark = pytest.mark.once


@pytest.fixture
def kept(tmp_path, monkeypatch):
    results, page = tmp_path / "results.json", tmp_path / "docs" / "figures.md"
    monkeypatch.setattr(harness, "RESULTS", results)
    monkeypatch.setattr(figures, "RESULTS", results)
    monkeypatch.setattr(figures, "PAGE", page)
    monkeypatch.setattr(figures, "PROOFS", tmp_path / "no-proofs.json")
    return page


def row(work, ours, *, holds=True):
    return Row(work, "scans/s", ours, 1_000, "hello", "≥ 0.8", holds)


def test_a_row_shows_ours_the_limit_and_the_ratio(kept):
    harness.keep([row("scan", 900)])
    figures.renew()

    assert "| scan | 900 scans/s | 1,000 (hello) | 0.90 | ≥ 0.8 | yes |" in kept.read_text()


def test_a_missed_aim_is_said_plainly(kept):
    harness.keep([row("scan", 100, holds=False)])
    figures.renew()

    assert "**no**" in kept.read_text()


def test_rows_of_an_earlier_run_stay(kept):
    harness.keep([row("scan", 900)])
    harness.keep([row("list", 800)])
    figures.renew()

    assert "| scan |" in kept.read_text() and "| list |" in kept.read_text()


def test_a_part_without_results_stays_as_it_was(kept):
    kept.parent.mkdir()
    kept.write_text("# Figures\n\n## Speed\n\nold\n\n## Proofs\n\n| trail | ok |\n")
    harness.keep([row("scan", 900)])

    figures.renew()
    figures.renew()

    assert kept.read_text().count("| trail | ok |") == 1 and "old" not in kept.read_text()


def test_the_machine_is_described_by_kind_and_not_by_name(kept):
    import socket

    harness.keep([row("scan", 900)])
    figures.renew()

    assert "cores" in kept.read_text() and socket.gethostname() not in kept.read_text()


def test_a_timing_has_its_median_and_its_slow_end():
    timing = Timing.of([n / 1_000 for n in range(1, 101)])

    assert timing.median == pytest.approx(0.0505) and timing.p99 == pytest.approx(0.099)
