"""服务卡: the queue from waiting to handed over."""

import pytest

from mashang.codes import actions as codes
from mashang.codes.models import Card
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff
from tests.desk.files import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_room(branch_a["own"])


@pytest.fixture
def card(room):
    return codes.issue_for(room.case.holder, by=room.clerk).card


@pytest.fixture
def desk(signed_in, room):
    return signed_in(room.clerk)


def state_of(card) -> str:
    return Card.objects.get(pk=card.pk).state


def test_the_queue_shows_who_has_none_yet(desk, card) -> None:
    page = desk.get("/desk/cards/").text
    assert card.serial in page and "李*" in page and "李春燕" not in page
    assert card.serial not in desk.get("/desk/cards/?state=printed").text


def test_chosen_cards_become_one_pdf_and_count_as_printed(desk, room, card) -> None:
    answer = desk.post("/desk/cards/print/", {"cards": [card.pk], "layout": "sheet"})

    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert state_of(card) == "printed"
    told = Notice.objects.filter(user=room.case.holder.user).values_list("kind", flat=True)
    assert "card.printed" in told


def test_printed_again_it_is_told_once(desk, room, card) -> None:
    for layout in ("sheet", "single"):
        desk.post("/desk/cards/print/", {"cards": [card.pk], "layout": layout})
    assert Notice.objects.filter(kind="card.printed").count() == 1


def test_nothing_chosen_prints_nothing(desk, card) -> None:
    answer = desk.post("/desk/cards/print/", {"layout": "sheet"}, follow=True)
    assert "请先选好要制的卡" in answer.text and state_of(card) == "to_print"


def test_a_card_of_another_branch_is_not_printed(signed_in, lu, card) -> None:
    signed_in(lu).post("/desk/cards/print/", {"cards": [card.pk], "layout": "sheet"})
    assert state_of(card) == "to_print"
    assert signed_in(lu).get(f"/desk/cards/{card.pk}/hand-over/").status_code == 404
    assert signed_in(lu).post(f"/desk/cards/{card.pk}/lost/").status_code == 404


def test_a_card_is_handed_over_against_a_receipt(desk, room, card) -> None:
    hand_over = f"/desk/cards/{card.pk}/hand-over/"
    assert desk.post(hand_over, {"receipt": "本人签字"}).status_code == 422  # not printed yet

    codes.print_cards([card.pk], by=room.clerk)
    assert desk.post(hand_over, {"receipt": "挥手"}).status_code == 422
    assert desk.post(hand_over, {"receipt": "本人签字"}).status_code == 302
    kept = Card.objects.get(pk=card.pk)
    assert (kept.state, kept.handed_by, kept.receipt) == ("handed_over", room.clerk, "本人签字")


def test_a_lost_card_is_dead_and_the_next_one_waits(desk, room, card) -> None:
    lost = f"/desk/cards/{card.pk}/lost/"
    assert "立即作废" in desk.get(lost).text and state_of(card) == "to_print"

    desk.post(lost)
    assert state_of(card) == "lost"
    assert Card.objects.filter(state="to_print", code__generation=2).count() == 1


def test_who_does_not_manage_cards_has_no_queue(signed_in, room, branch_a) -> None:
    assert signed_in(room.reviewer).get("/desk/cards/").status_code == 403
    keeper = make_staff("唐管", branch_a["county"], Role.KEEPER)
    assert signed_in(keeper).get("/desk/cards/").status_code == 200


def test_the_queue_costs_the_same_for_one_card_and_for_many(
    desk, room, branch_a, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        codes.issue_for(make_holder(branch_a["own"]), by=room.clerk)
    desk.get("/desk/cards/")
    with django_assert_max_num_queries(8):
        desk.get("/desk/cards/")
