"""专场: planned, stocked, held on its day; claimed, bought and handed over there."""

from datetime import timedelta

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from mashang.accounts.models import Relative
from mashang.cases.actions.recusal import OwnCase
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.unions.roles import Role
from mashang.wishes.actions import claims, fairs
from mashang.wishes.models import Claim, Fair, FairWish, Parcel, Stock, Wish
from mashang.wishes.refusals import (
    AlreadyAtFair,
    FairIsOver,
    FairNotRunning,
    FairNotToday,
    NothingToHandOut,
    OutOfStock,
    StockListed,
    WishNotForFair,
    WishTaken,
)
from tests.builders import make_staff
from tests.crowd import press_at_once
from tests.wishes.builders import make_claim, make_giver, make_wish
from tests.wishes.fairs import make_fair, make_offer, make_running, make_stock, placed_at

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)


@pytest.fixture
def fair(branch_a, chen):
    return make_fair(branch_a["county"], chen)


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


@pytest.fixture
def offer(branch_a, chen):
    return make_offer(branch_a["county"], chen, branch_a["own"])


def taken(offer):
    """The offer, claimed on the spot."""
    fairs.claim_on_the_spot(offer, by=make_giver())
    return placed_at(offer.fair, offer.wish)


# Planning


def test_a_fair_has_a_place_a_day_and_a_screen_that_nobody_guesses(fair, branch_a):
    assert (fair.state, fair.union) == ("planned", branch_a["county"])
    assert len(fair.screen_key) >= 32


def test_only_a_colleague_of_the_branch_plans_a_fair(branch_a, lu, chen):
    reader = make_staff("复核人", branch_a["county"], Role.REVIEWER)
    for stranger in (lu, reader):
        with pytest.raises(NotAllowed):
            make_fair(branch_a["county"], stranger)
    with pytest.raises(Invalid):
        fairs.plan(
            branch_a["county"],
            name="旧专场",
            place="x",
            held_on=timezone.localdate() - TOMORROW,
            by=chen,
        )


def test_an_open_wish_of_the_branch_is_offered_with_a_code_of_its_own(fair, wish, chen):
    placed = fairs.add_wish(fair, wish, by=chen)

    assert len(placed.code) == 24 and placed.code.isalnum()
    assert wish in Wish.objects.on_wall()


def test_a_wish_of_another_branch_does_not_exist_here(fair, chen, branch_b):
    with pytest.raises(Missing):
        fairs.add_wish(fair, make_wish(union=branch_b["own"]), by=chen)


def test_a_wish_that_is_claimed_or_hidden_is_not_offered(fair, chen, branch_a):
    hidden = make_wish(union=branch_a["own"], is_hidden=True)
    claimed = make_claim(make_wish(union=branch_a["own"])).wish
    for wish in (hidden, claimed):
        with pytest.raises(WishNotForFair):
            fairs.add_wish(fair, wish, by=chen)


def test_a_wish_is_offered_at_one_fair_only(fair, wish, chen, branch_a):
    fairs.add_wish(fair, wish, by=chen)
    another = make_fair(branch_a["own"], make_staff("经办", branch_a["own"], Role.CLERK))

    for again in (fair, another):
        with pytest.raises(AlreadyAtFair):
            fairs.add_wish(again, wish, by=chen)


def test_several_wishes_come_together_or_not_at_all(fair, wish, chen, branch_a):
    claimed = make_claim(make_wish(union=branch_a["own"])).wish

    with pytest.raises(WishNotForFair):
        fairs.add_wishes(fair, [wish, claimed], by=chen)
    assert not FairWish.objects.exists()
    with pytest.raises(Invalid):
        fairs.add_wishes(fair, [], by=chen)
    assert len(fairs.add_wishes(fair, [wish], by=chen)) == 1


def test_a_wish_that_leaves_may_go_to_another_fair(fair, wish, chen):
    fairs.remove_wish(fairs.add_wish(fair, wish, by=chen), by=chen)

    assert fairs.add_wish(fair, wish, by=chen).code
    gone = FairWish.objects.exclude(removed_at=None).get()
    with pytest.raises(WishNotForFair):
        fairs.remove_wish(gone, by=chen)


def test_a_claimed_wish_stays_where_its_giver_will_bring_it(fair, wish, chen):
    placed = fairs.add_wish(fair, wish, by=chen)
    make_claim(wish)

    with pytest.raises(WishNotForFair):
        fairs.remove_wish(placed, by=chen)


def test_each_thing_is_listed_once_and_restocked_in_its_line(fair, chen):
    stock = make_stock(fair, chen, bought=3)

    fairs.restock(stock, more=2, by=chen)

    stock.refresh_from_db()
    assert (stock.bought, stock.left) == (5, 5)
    with pytest.raises(StockListed):
        make_stock(fair, chen)
    for wrong in (
        lambda: fairs.restock(stock, more=0, by=chen),
        lambda: fairs.add_stock(fair, item="棉被", price_fen=0, bought=1, by=chen),
    ):
        with pytest.raises(Invalid):
            wrong()


def test_nobody_of_another_branch_touches_a_fair(offer, lu, branch_b):
    wish = make_wish(union=branch_b["own"])
    stock = Stock.objects.create(fair=offer.fair, item="被子", price_fen=1, bought=1)
    for touch in (
        lambda: fairs.add_wish(offer.fair, wish, by=lu),
        lambda: fairs.remove_wish(offer, by=lu),
        lambda: make_stock(offer.fair, lu),
        lambda: fairs.restock(stock, more=1, by=lu),
        lambda: fairs.start(offer.fair, by=lu),
        lambda: fairs.hand_out(offer, goods="x", by=lu),
        lambda: fairs.finish(offer.fair, by=lu),
        lambda: fairs.cancel(offer.fair, by=lu),
    ):
        with pytest.raises(NotAllowed):
            touch()


def test_a_fair_starts_on_its_day_and_once(fair, branch_a, chen):
    later = fairs.plan(
        branch_a["county"],
        name="下次",
        place="广场",
        held_on=timezone.localdate() + TOMORROW,
        by=chen,
    )
    with pytest.raises(FairNotToday):
        fairs.start(later, by=chen)
    fairs.start(fair, by=chen)
    with pytest.raises(WrongState):
        fairs.start(fair, by=chen)


# On the day


def test_who_scans_the_card_first_has_the_wish(offer):
    giver = make_giver()

    claim = fairs.claim_on_the_spot(offer, by=giver)

    assert (claim.kind, claim.giver) == ("person", giver)
    assert fairs.claim_on_the_spot(offer, by=giver) == claim  # the same thumb, twice
    with pytest.raises(WishTaken):
        fairs.claim_on_the_spot(offer, by=make_giver())


def test_a_card_is_dead_before_the_start_after_the_end_and_once_removed(fair, wish, chen):
    placed = fairs.add_wish(fair, wish, by=chen)
    with pytest.raises(FairNotRunning):
        fairs.claim_on_the_spot(placed, by=make_giver())
    fairs.start(fair, by=chen)
    fairs.remove_wish(placed, by=chen)
    with pytest.raises(FairNotRunning):
        fairs.claim_on_the_spot(placed_at(fair, wish), by=make_giver())
    fairs.finish(fair, by=chen)
    with pytest.raises(FairNotRunning):
        fairs.claim_on_the_spot(placed, by=make_giver())


def test_a_thing_of_the_stock_is_handed_over_in_one_step(offer, chen):
    stock = make_stock(offer.fair, chen)

    claim = fairs.hand_out(taken(offer), stock=stock, by=chen)

    claim.refresh_from_db()
    stock.refresh_from_db()
    parcel = Parcel.objects.get(claim=claim)
    assert (claim.state, stock.taken) == ("handed_over", 1)
    assert (parcel.mode, parcel.state, parcel.goods) == ("event", "passed", "电饭煲")
    assert placed_at(offer.fair, offer.wish).stock == stock


def test_so_is_what_the_giver_bought_there(offer, chen):
    claim = fairs.hand_out(taken(offer), goods="红色电饭煲一个", by=chen)

    assert Parcel.objects.get(claim=claim).goods == "红色电饭煲一个"
    with pytest.raises(Invalid):
        fairs.hand_out(offer, goods=" ", by=chen)


def test_without_a_claim_or_a_second_time_nothing_is_handed_out(offer, chen):
    with pytest.raises(NothingToHandOut):
        fairs.hand_out(offer, goods="电饭煲", by=chen)
    placed = taken(offer)
    fairs.hand_out(placed, goods="电饭煲", by=chen)
    with pytest.raises(NothingToHandOut):
        fairs.hand_out(placed, goods="电饭煲", by=chen)


def test_kin_of_the_family_leave_it_to_a_colleague(offer, chen):
    placed = taken(offer)
    Relative.objects.create(user=chen, relation="姐妹", id_index=offer.wish.holder.id_index)

    with pytest.raises(OwnCase):
        fairs.hand_out(placed, goods="电饭煲", by=chen)


def test_what_is_out_of_stock_changes_nothing(offer, chen):
    stock = make_stock(offer.fair, chen, bought=1)
    Stock.objects.update(taken=1)
    placed = taken(offer)

    with pytest.raises(OutOfStock):
        fairs.hand_out(placed, stock=stock, by=chen)
    assert Claim.objects.get().state == "claimed" and not Parcel.objects.exists()


def test_another_fairs_stock_is_not_touched(offer, chen, branch_a):
    foreign = make_stock(make_fair(branch_a["county"], chen), chen)

    with pytest.raises(OutOfStock):
        fairs.hand_out(taken(offer), stock=foreign, by=chen)


# Afterwards


def test_what_was_not_handed_out_goes_on_waiting(branch_a, chen):
    given, left = (make_wish(union=branch_a["own"]) for _ in range(2))
    fair = make_running(branch_a["county"], chen, given, left)
    fairs.claim_on_the_spot(placed_at(fair, given), by=make_giver())
    fairs.hand_out(placed_at(fair, given), goods="电饭煲", by=chen)

    fairs.finish(fair, by=chen)

    assert placed_at(fair, given).removed_at is None
    assert placed_at(fair, left).removed_at
    assert claims.claim(left, by=make_giver()).state == "claimed"


def test_a_cancelled_fair_lets_its_wishes_go(fair, wish, chen):
    fairs.add_wish(fair, wish, by=chen)

    fairs.cancel(fair, by=chen)

    assert not FairWish.objects.filter(removed_at=None).exists()
    for late in (
        lambda: fairs.add_wish(fair, wish, by=chen),
        lambda: make_stock(fair, chen),
    ):
        with pytest.raises(FairIsOver):
            late()


def test_a_fair_under_way_is_finished_not_cancelled(offer, chen):
    with pytest.raises(WrongState):
        fairs.cancel(offer.fair, by=chen)
    fairs.finish(offer.fair, by=chen)
    with pytest.raises(WrongState):
        fairs.finish(offer.fair, by=chen)


def test_the_day_after_the_clock_ends_what_nobody_ended(offer, branch_a, chen):
    never_begun = make_fair(branch_a["county"], chen)
    assert fairs.end_past() == 0

    with time_machine.travel(timezone.now() + TOMORROW):
        assert fairs.end_past() == 2
        assert fairs.end_past() == 0

    states = {row.pk: row.state for row in Fair.objects.all()}
    assert states == {offer.fair_id: "done", never_begun.pk: "cancelled"}


# At once


@pytest.mark.django_db(transaction=True)
def test_twenty_hands_take_no_more_than_is_there(branch_a, chen):
    fair, stock, offers = crowded(branch_a, chen)

    answers = press_at_once(takers(offers, stock, chen))

    stock.refresh_from_db()
    assert stock.taken == 3 and Claim.objects.filter(state="handed_over").count() == 3
    assert FairWish.objects.filter(fair=fair, stock=stock).count() == 3
    assert sum(isinstance(answer, OutOfStock) for answer in answers) == 17


@pytest.mark.django_db(transaction=True)
def test_with_the_guard_off_the_table_has_the_last_word(branch_a, chen, monkeypatch):
    _, stock, offers = crowded(branch_a, chen)
    monkeypatch.setattr(fairs, "_count_down", count_down_blindly)

    answers = press_at_once(takers(offers, stock, chen))

    stock.refresh_from_db()
    assert stock.taken == 3
    assert sum(isinstance(answer, OutOfStock) for answer in answers) == 17


def crowded(branch, clerk):
    """Twenty claimed wishes and three things."""
    wishes = [make_wish(union=branch["own"]) for _ in range(20)]
    fair = make_running(branch["county"], clerk, *wishes)
    stock = make_stock(fair, clerk)
    for wish in wishes:
        make_claim(wish)
    return fair, stock, [placed_at(fair, wish) for wish in wishes]


def takers(offers, stock, clerk):
    return [
        lambda placed=placed: fairs.hand_out(placed, stock=stock, by=clerk) for placed in offers
    ]


def count_down_blindly(fair, stock):
    """Without asking whether anything is left."""
    with refusing():
        Stock.objects.filter(pk=stock.pk).update(taken=F("taken") + 1)
