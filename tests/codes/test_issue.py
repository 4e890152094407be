"""发码、挂失: one live code per holder, the same for good; a lost card dies at once."""

import pytest

from mashang.codes import actions, token
from mashang.codes.models import Card, QrCode
from mashang.core.errors import NotAllowed, WrongState
from mashang.unions.roles import Role
from tests.builders import make_holder, make_staff, make_worker
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(branch_a, li):
    return make_holder(branch_a["own"], li)


def test_the_code_is_made_once_and_stays(holder, li):
    first, again = actions.issue_for(holder, by=li), actions.issue_for(holder, by=li)

    assert first == again and first.generation == 1
    assert first.lookup == token.lookup_hash(token.mint(holder.pk, 1))
    assert Card.objects.get().state == Card.State.TO_PRINT


def test_the_database_holds_no_token(holder, li):
    code = actions.issue_for(holder, by=li)

    assert token.mint(holder.pk, 1) not in str(QrCode.objects.filter(pk=code.pk).values())


def test_a_lost_card_dies_and_the_next_one_waits_to_be_printed(holder, li):
    old = actions.issue_for(holder, by=li)

    new = actions.reissue(holder, by=li)

    old.refresh_from_db()
    assert old.revoked_at and old.card.state == Card.State.LOST
    assert new.generation == 2 and new.card.state == Card.State.TO_PRINT


def test_a_clerk_of_the_branch_reissues_and_one_beside_it_does_not(holder, li, chen, lu):
    actions.issue_for(holder, by=li)

    assert actions.reissue(holder, by=chen).generation == 2
    with pytest.raises(NotAllowed):
        actions.reissue(holder, by=lu)
    with pytest.raises(NotAllowed):
        actions.reissue(holder, by=make_worker("路人"))


def test_there_is_nothing_to_lose_before_the_first_code(holder, li):
    with pytest.raises(WrongState):
        actions.reissue(holder, by=li)


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_make_one_code(holder, li):
    codes = press_at_once([lambda: actions.issue_for(holder, by=li)] * 20)

    assert {code.pk for code in codes} == {QrCode.objects.get().pk}


def test_a_card_goes_from_the_printer_into_a_hand(holder, li, chen):
    card = actions.issue_for(holder, by=li).card

    assert actions.print_cards([card.pk], by=chen) == [card]
    card.refresh_from_db()
    assert card.state == Card.State.PRINTED and card.printed_by == chen
    actions.hand_over(card, receipt="本人签字", by=chen)

    card.refresh_from_db()
    assert card.state == Card.State.HANDED_OVER and card.handed_at
    with pytest.raises(WrongState):
        actions.hand_over(card, receipt="本人签字", by=chen)


def test_a_card_is_handed_over_against_a_receipt_by_the_right_people(holder, li, chen, lu):
    card = actions.issue_for(holder, by=li).card
    with pytest.raises(NotAllowed):
        actions.print_cards([card.pk], by=lu)
    actions.print_cards([card.pk], by=chen)
    card.refresh_from_db()

    with pytest.raises(NotAllowed, match="签收"):
        actions.hand_over(card, receipt="口头", by=chen)
    with pytest.raises(NotAllowed):
        actions.hand_over(
            card, receipt="本人签字", by=make_staff("财务", card.union, Role.TREASURER)
        )
