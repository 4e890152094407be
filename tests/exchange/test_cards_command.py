"""`mashang cards`: what waits becomes a PDF, once, and the queue knows it."""

import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from mashang.codes import actions, token
from mashang.codes.models import Card
from mashang.core.models import TrailEntry
from mashang.exchange.management.commands import cards as command
from tests.builders import make_holder
from tests.exchange import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(branch_a, branch_b, li):
    """Three cards wait in branch A, one in branch B."""
    for branch in (branch_a, branch_a, branch_a, branch_b):
        actions.issue_for(make_holder(branch["own"], name="梁冬梅"), by=li)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "cards.pdf"


def codes_of(path, cards):
    pdf = pypdfium2.PdfDocument(path)
    found = [code for page in pdf for code in paper.codes_in(paper.picture(page, (0, 0, 0, 0)))]
    assert len(found) == cards
    return {token.lookup_hash(token.read(code)) for code in found}


def test_waiting_cards_are_printed_with_their_live_codes(queue, out, capsys):
    call_command("cards", out=out)

    assert codes_of(out, 4) == {card.code.lookup for card in Card.objects.select_related("code")}
    assert {card.state for card in Card.objects.all()} == {Card.State.PRINTED}
    assert "已印 4 张" in capsys.readouterr().out


def test_printing_is_in_the_trail_and_names_nobody(queue, out):
    call_command("cards", out=out)

    entries = TrailEntry.objects.filter(action="card.printed")
    assert entries.count() == 4 and {entry.actor_id for entry in entries} == {""}


def test_the_paper_says_union_and_hotline_and_no_name(queue, branch_b, out):
    call_command("cards", out=out, union=branch_b["county"].code)

    said = paper.words(pypdfium2.PdfDocument(out))
    assert branch_b["own"].name in said and "12351" in said
    assert "梁冬梅" not in said and "困难" not in said


def test_a_branch_prints_its_own_cards_only(queue, branch_a, branch_b, out):
    call_command("cards", out=out, union=branch_a["city"].code)

    waiting = Card.objects.to_print()
    assert [card.union for card in waiting] == [branch_b["own"]]


def test_a_limit_leaves_the_rest_in_the_queue(queue, out):
    call_command("cards", out=out, limit=3, single=True)

    assert len(pypdfium2.PdfDocument(out)) == 3 and Card.objects.to_print().count() == 1


def test_a_lost_card_is_not_printed(queue, branch_a, chen, out):
    lost = Card.objects.to_print().filter(union=branch_a["own"]).first()
    actions.reissue(lost.code.holder, by=chen)

    call_command("cards", out=out)

    assert lost.code.lookup not in codes_of(out, 4)


def test_a_second_run_finds_nothing_and_leaves_the_file_alone(queue, out):
    call_command("cards", out=out)
    before = out.read_bytes()

    with pytest.raises(CommandError, match="没有待制"):
        call_command("cards", out=out)
    assert out.read_bytes() == before


def test_an_unknown_union_is_named(queue, out):
    with pytest.raises(CommandError, match="NOWHERE"):
        call_command("cards", out=out, union="NOWHERE")


def test_a_file_that_cannot_be_written_leaves_the_cards_waiting(queue, tmp_path):
    with pytest.raises(CommandError, match="写不了文件"):
        call_command("cards", out=tmp_path / "nowhere" / "cards.pdf")

    assert Card.objects.to_print().count() == 4


def test_a_run_that_breaks_off_prints_again_and_skips_nobody(queue, out, monkeypatch):
    monkeypatch.setattr(command, "BATCH", 2)
    note, calls = actions.print_cards, []

    def power_cut(cards, *, by):
        if calls:
            raise KeyboardInterrupt
        calls.append(note(cards, by=by))

    monkeypatch.setattr(command.actions, "print_cards", power_cut)
    with pytest.raises(KeyboardInterrupt):
        call_command("cards", out=out)

    assert len(codes_of(out, 4)) == 4 and Card.objects.to_print().count() == 2


@pytest.mark.parametrize("limit", ["0", "-1", "ten"])
def test_a_limit_that_is_no_count_is_wrong_usage(out, limit):
    with pytest.raises(SystemExit) as wrong:
        call_command("cards", "--out", str(out), f"--limit={limit}")

    assert wrong.value.code == 2
