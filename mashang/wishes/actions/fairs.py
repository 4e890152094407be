"""微心愿专场（解忧超市）: planned, stocked, held on its day; what is claimed there is handed over there."""

import secrets
from base64 import b32encode
from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.actions.recusal import refuse_kin
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.givers.models import Organisation
from mashang.screening.shared_words import check_shared
from mashang.unions.models import Union
from mashang.unions.roles import Permission, require
from mashang.wishes.actions import claims, deliveries
from mashang.wishes.models import Claim, DeliveryMode, Fair, FairWish, Stock, Wish
from mashang.wishes.refusals import (
    FairIsOver,
    FairNotRunning,
    FairNotToday,
    NothingToHandOut,
    OutOfStock,
    WishNotForFair,
)

CODE_BYTES = 15  # of a wish's card: 24 letters that nobody guesses, and a small symbol
SCREEN_BYTES = 24
MOST_AT_ONCE = 100


@action
def plan(union: Union, *, name: str, place: str, held_on: date, by: User) -> Fair:
    """筹备专场: a place and a day."""
    require(by, Permission.FAIR_MANAGE, at=union)
    if held_on < timezone.localdate():
        raise Invalid(fields={"held_on": N_("专场日期不能早于今天")})
    check_shared(name=name, place=place, may_tell=("address",))
    fair = Fair.objects.create(
        union=union,
        union_path=union.path,
        name=name,
        place=place,
        held_on=held_on,
        screen_key=secrets.token_urlsafe(SCREEN_BYTES),
        made_by=by,
    )
    record("event.planned", fair, by=by, union=union, held_on=held_on)
    return fair


@action
def add_wishes(fair: Fair, wishes: Iterable[Wish], *, by: User) -> list[FairWish]:
    """Several at once, all or none."""
    asked = sorted(wishes, key=lambda wish: wish.pk)
    if not 0 < len(asked) <= MOST_AT_ONCE:
        raise Invalid(
            message=_("请先选好要放入专场的心愿，一次最多 %(n)d 个") % {"n": MOST_AT_ONCE}
        )
    return [add_wish(fair, wish, by=by) for wish in asked]


@action
def add_wish(fair: Fair, wish: Wish, *, by: User) -> FairWish:
    """放入专场: an open wish of the branch; it stays on the wall, and its card carries a code."""
    fair = _lock_alive(fair, by)
    wish = _lock_open(wish)
    if not fair.union.is_above(wish.union):
        raise Missing
    with refusing():
        placed = FairWish.objects.create(fair=fair, wish=wish, code=_new_code())
    record("event.wish_added", placed, by=by, union=fair.union, wish=wish)
    return placed


@action
def remove_wish(placed: FairWish, *, by: User) -> None:
    """移出专场: its card is dead from now on; the wish goes on waiting on the wall."""
    fair = _lock_alive(placed.fair, by)
    _lock_open(placed.wish)
    if not _take_off(FairWish.objects.filter(pk=placed.pk)):
        raise WishNotForFair
    record("event.wish_removed", placed, by=by, union=fair.union, wish=placed.wish)


@action
def add_stock(fair: Fair, *, item: str, price_fen: int, bought: int, by: User) -> Stock:
    """登记库存: things that were bought ahead."""
    fair = _lock_alive(fair, by)
    if price_fen <= 0 or bought <= 0:
        raise Invalid(fields={"bought": N_("单价和数量都要大于零")})
    check_shared(item=item)
    with refusing():
        stock = Stock.objects.create(fair=fair, item=item, price_fen=price_fen, bought=bought)
    record("event.stocked", stock, by=by, union=fair.union, bought=bought, fen=price_fen)
    return stock


@action
def restock(stock: Stock, *, more: int, by: User) -> None:
    """补货: more of the same at the same price."""
    fair = _lock_alive(stock.fair, by)
    if more <= 0:
        raise Invalid(fields={"more": N_("补货数量要大于零")})
    Stock.objects.filter(pk=stock.pk).update(bought=F("bought") + more)
    record("event.restocked", stock, by=by, union=fair.union, more=more)


@action
def start(fair: Fair, *, by: User) -> None:
    """开始专场: on its day; from now on its cards can be scanned."""
    require(by, Permission.FAIR_MANAGE, at=fair.union)
    if fair.held_on != timezone.localdate():
        raise FairNotToday
    fair.transition_to(Fair.State.RUNNING)
    record("event.started", fair, by=by, union=fair.union)


@action
def claim_on_the_spot(
    placed: FairWish, *, by: User, organisation: Organisation | None = None
) -> Claim:
    """现场认领: the giver has scanned the wish's card; first come, first served, as everywhere."""
    _refuse_unless_running(placed)
    return claims.claim(placed.wish, by=by, organisation=organisation)


@action
def hand_out(placed: FairWish, *, stock: Stock | None = None, goods: str = "", by: User) -> Claim:
    """现场发放: a thing of the stock, or what the giver bought there; handed over in one step.

    Stock is counted down by one guarded UPDATE; `stock_is_never_below_nothing` stands behind it.
    """
    require(by, Permission.FAIR_MANAGE, at=placed.fair.union)
    refuse_kin(placed.wish.holder, by)
    _refuse_unless_running(placed)
    thing = stock.item if stock else goods.strip()
    if not thing:
        raise Invalid(fields={"goods": N_("请选库存里的物品，或者写明给了什么")})
    if not stock:
        check_shared(goods=thing)
    claim = _waiting_claim(placed.wish)
    deliveries.receive(claim, mode=DeliveryMode.FAIR, goods=thing, by=by)
    _mark_given(placed, stock)
    if stock:
        _count_down(placed.fair, stock)
    deliveries.hand_over(claim, handed_on=timezone.localdate(), words=N_("专场现场发放"), by=by)
    record("event.handed_out", placed, by=by, union=placed.fair.union, claim=claim)
    return claim


@action
def finish(fair: Fair, *, by: User) -> None:
    """结束专场: what was not handed out there is delivered, or waits, as everywhere."""
    require(by, Permission.FAIR_MANAGE, at=fair.union)
    _end(fair, Fair.State.DONE, by)


@action
def cancel(fair: Fair, *, by: User) -> None:
    """取消专场: all of its wishes go on waiting on the wall."""
    require(by, Permission.FAIR_MANAGE, at=fair.union)
    _end(fair, Fair.State.CANCELLED, by)


def end_past() -> int:
    """过期收场: the day after, a fair that ran is finished, one that never began is cancelled."""
    past = Fair.objects.filter(held_on__lt=timezone.localdate(), state__in=Fair.ALIVE)
    return sum(_ended(fair) for fair in list(past.select_related("union")))


def _ended(fair: Fair) -> bool:
    ran = fair.state == Fair.State.RUNNING
    try:
        _end(fair, Fair.State.DONE if ran else Fair.State.CANCELLED, None)
    except WrongState:  # somebody ended it at this very moment
        return False
    return True


@action
def _end(fair: Fair, state: str, by: User | None) -> None:
    fair.transition_to(state)
    left = _take_off(FairWish.objects.filter(fair=fair))
    record(f"event.{state}", fair, by=by, union=fair.union, left=left)


def _lock_alive(fair: Fair, by: User) -> Fair:
    """The fair, locked against its end; for a colleague who manages it."""
    require(by, Permission.FAIR_MANAGE, at=fair.union)
    locked = Fair.objects.select_for_update(of=("self",)).select_related("union")
    fair = locked.get(pk=fair.pk)
    if fair.state not in Fair.ALIVE:
        raise FairIsOver
    return fair


def _lock_open(wish: Wish) -> Wish:
    """The wish, locked against being claimed; only one that everybody may see."""
    locked = Wish.objects.select_for_update(of=("self",)).select_related("union")
    wish = locked.get(pk=wish.pk)
    if wish.state != Wish.State.OPEN or wish.is_hidden:
        raise WishNotForFair
    return wish


def _take_off(rows: QuerySet[FairWish]) -> int:
    waiting = rows.filter(removed_at=None, handed_at=None)
    return waiting.update(removed_at=timezone.now())


def _refuse_unless_running(placed: FairWish) -> None:
    is_running = Fair.objects.filter(
        pk=placed.fair_id, state=Fair.State.RUNNING, held_on=timezone.localdate()
    )
    if placed.removed_at or not is_running.exists():
        raise FairNotRunning


def _waiting_claim(wish: Wish) -> Claim:
    """The claim whose goods nobody has brought or sent yet."""
    claims = Claim.objects.filter(wish=wish, state=Claim.State.CLAIMED)
    claim = claims.select_related("wish__holder__user", "union", "giver").first()
    if claim is None:
        raise NothingToHandOut
    return claim


def _mark_given(placed: FairWish, stock: Stock | None) -> None:
    waiting = FairWish.objects.filter(pk=placed.pk, removed_at=None, handed_at=None)
    if not waiting.update(handed_at=timezone.now(), stock=stock):
        raise NothingToHandOut


def _count_down(fair: Fair, stock: Stock) -> None:
    left = Stock.objects.filter(pk=stock.pk, fair=fair, taken__lt=F("bought"))
    if not left.update(taken=F("taken") + 1):
        raise OutOfStock


def _new_code() -> str:
    return b32encode(secrets.token_bytes(CODE_BYTES)).decode()
