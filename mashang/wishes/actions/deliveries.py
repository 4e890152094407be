"""送达: parcels on their way, checked on arrival, and handed over into the family's hands.

What goes straight to the family's home passes no counter: the family's own yes is the check.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of
from mashang.aid.models import AidProposal
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.notices import day_words
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, Missing
from mashang.reference.workdays import add_workdays
from mashang.screening.shared_words import check_shared
from mashang.unions.roles import Permission, require
from mashang.wishes import notices
from mashang.wishes.actions import locks
from mashang.wishes.models import Claim, DeliveryMode, Handover, Parcel
from mashang.wishes.queries.homes import is_going_home, may_go_home
from mashang.wishes.refusals import (
    GiverHandsOver,
    NothingReceived,
    NotSendable,
    NotToHome,
    ParcelOpen,
    SpendingNotConfirmed,
)
from mashang.wishes.rules import rules_at

State = Claim.State
TAKES_PARCELS = (State.CLAIMED, State.UNDER_WAY, State.RECEIVED)
BY_ITSELF = (DeliveryMode.SERVICE, DeliveryMode.TO_HOME)  # arrives without the union's counter
PASSED = {"matches": True, "is_new": True, "is_fresh": True}


@action
def send(
    claim: Claim, *, mode: str, goods: str, carrier: str = "", tracking: str = "", by: User
) -> Parcel:
    """寄出: from now on the claim is under way and can no longer be given up.

    The same parcel told twice stays one.
    """
    claim = locks.locked_claim(claim)
    _check_is_givers(claim, by)
    _check_takes_parcels(claim)
    check_shared(goods=goods)
    details = {
        "mode": DeliveryMode(mode),
        "goods": _goods(goods),
        "carrier": carrier.strip(),
        "tracking": tracking.strip(),
    }
    _check_can_be_traced(details)
    _check_may_go_home(claim, mode)
    if same := Parcel.objects.of_claim(claim).filter(state=Parcel.State.SENT, **details).first():
        return same
    parcel = Parcel.objects.create(claim=claim, **details)
    _settle(claim)
    record("parcel.sent", parcel, by=by, union=claim.union, mode=mode)
    notices.clerks_told(claim, notices.PARCEL_SENT)
    if mode == DeliveryMode.TO_HOME:
        notices.worker_told(claim, notices.SENT_HOME)
    return parcel


@action
def take_in(claim: Claim, *, mode: str, goods: str, by: User) -> Parcel:
    """现场收货: brought to the counter, or bought at a fair; received and checked in one."""
    check_shared(goods=goods)
    return receive(claim, mode=mode, goods=goods, by=by)


@action
def receive(claim: Claim, *, mode: str, goods: str, by: User) -> Parcel:
    """The goods themselves; their name has been checked, here or when a fair listed them in its stock."""
    require(by, Permission.CLAIM_MANAGE, at=claim.union)
    claim = locks.locked_claim(claim)
    _check_takes_parcels(claim)
    parcel = Parcel.objects.create(
        claim=claim,
        mode=DeliveryMode(mode),
        goods=_goods(goods),
        state=Parcel.State.PASSED,
        checked_by=by,
        checked_at=timezone.now(),
        **PASSED,
    )
    _settle(claim)
    record("parcel.taken_in", parcel, by=by, union=claim.union, mode=mode)
    notices.giver_told(claim, notices.PARCEL_PASSED)
    return parcel


@action
def hand_out(claim: Claim, *, goods: str, by: User) -> Handover:
    """现场发放: at a fair, taken in and handed over in one step."""
    take_in(claim, mode=DeliveryMode.FAIR, goods=goods, by=by)
    return hand_over(claim, handed_on=timezone.localdate(), by=by)


@action
def pass_parcel(parcel: Parcel, *, matches: bool, is_new: bool, is_fresh: bool, by: User) -> Parcel:
    """验收合格: what was wished, new, and not expired; each was looked at."""
    if not (matches and is_new and is_fresh):
        raise Invalid(
            message=N_("三项都符合才算合格；有一项不符合的，请登记为验收不合格并写明原因")
        )
    claim, parcel = _arrived(parcel, by)
    _check_takes_parcels(claim)
    _check_off(parcel, Parcel.State.PASSED, by=by, **PASSED)
    _settle(claim)
    record("parcel.passed", parcel, by=by, union=claim.union)
    notices.giver_told(claim, notices.PARCEL_PASSED)
    return parcel


@action
def reject_parcel(parcel: Parcel, *, why: str, by: User) -> Parcel:
    """验收不合格: the giver is told why, and has days enough to send the right thing."""
    if not why.strip():
        raise Invalid(fields={"why": N_("请写明哪里不符合，认领人要照着换")})
    check_shared(why=why, by_office=True)
    claim, parcel = _arrived(parcel, by)
    _check_off(parcel, Parcel.State.REJECTED, by=by, rejected_why=why.strip())
    if claim.state in TAKES_PARCELS:
        _settle(claim)
        notices.giver_told(claim, notices.PARCEL_REJECTED, day=day_words(claim.due_on))
    record("parcel.rejected", parcel, by=by, union=claim.union)
    return parcel


@action
def return_parcel(parcel: Parcel, *, by: User) -> Parcel:
    """退回: what was rejected has gone back to its sender."""
    claim, parcel = _arrived(parcel, by)
    parcel.transition_to(Parcel.State.RETURNED)
    record("parcel.returned", parcel, by=by, union=claim.union)
    return parcel


@action
def hand_over(claim: Claim, *, handed_on: date, words: str = "", by: User) -> Handover:
    """转交: into the family's hands. Whoever is kin of the family, or gave it, leaves it to a colleague."""
    claim = locks.locked_claim(claim)
    require_no_conflict(by, Permission.CLAIM_MANAGE, claim.wish.holder, at=claim.union)
    _check_is_not_givers(claim, by)
    _check_day(handed_on, claim)
    _check_spending(claim)
    if claim.state in TAKES_PARCELS:
        _check_goods_are_here(claim, by)
    if claim.state in (State.CLAIMED, State.UNDER_WAY):  # a service, at home, the union's purchase
        claim.transition_to(State.RECEIVED)
    claim.transition_to(State.HANDED_OVER)
    with refusing():
        handover = Handover.objects.create(
            claim=claim, handed_by=by, handed_on=handed_on, words=words.strip()
        )
    record("claim.handed_over", handover, by=by, union=claim.union, claim=claim)
    days = rules_at(claim.union, timezone.localdate()).days_to_confirm
    notices.told_of_handover(claim, days=days)
    notices.giver_told(claim, notices.ON_ITS_WAY)
    return handover


@action
def come_home(claim: Claim, *, by: User) -> None:
    """到家: the family, or its helper, says that what the giver sent straight to it is there.

    The claim is locked. One that is not on its way home is left as it is.
    """
    if not is_going_home(claim):
        return
    _check_off_at_home(claim, by)
    claim.transition_to(State.RECEIVED)
    claim.transition_to(State.HANDED_OVER)
    handover = Handover.objects.create(
        claim=claim, handed_by=claim.giver, handed_on=timezone.localdate()
    )
    record("claim.came_home", handover, by=by, union=claim.union, claim=claim)


@action
def is_wrong_at_home(claim: Claim, *, why: str, by: User) -> None:
    """送到家的不对: the union found it true, so that what was sent home counts as rejected.

    The claim is locked. The giver has days enough to send the right thing.
    """
    parcels = Parcel.objects.of_claim(claim)
    wrong = list(parcels.filter(state=Parcel.State.SENT, mode=DeliveryMode.TO_HOME))
    if claim.state != State.UNDER_WAY or not wrong:
        return
    for parcel in wrong:
        _check_off(parcel, Parcel.State.REJECTED, by=by, rejected_why=why)
        record("parcel.rejected", parcel, by=by, union=claim.union)
    _settle(claim)
    notices.giver_told(claim, notices.WRONG_AT_HOME, day=day_words(claim.due_on))


def _arrived(parcel: Parcel, by: User) -> tuple[Claim, Parcel]:
    """Both rows as they stand now, the claim locked, for a colleague who may receive goods."""
    claim = locks.locked_claim(parcel.claim)
    require(by, Permission.CLAIM_MANAGE, at=claim.union)
    return claim, Parcel.objects.get(pk=parcel.pk)


def _check_is_givers(claim: Claim, by: User) -> None:
    if not Claim.objects.of_giver(by).filter(pk=claim.pk).exists():
        raise Missing


def _check_is_not_givers(claim: Claim, by: User) -> None:
    if claim.kind != Claim.Kind.UNION and claim.giver_id in accounts_of(by):
        raise GiverHandsOver


def _check_takes_parcels(claim: Claim) -> None:
    if claim.state not in TAKES_PARCELS:
        raise NotSendable


def _goods(words: str) -> str:
    if not words.strip():
        raise Invalid(fields={"goods": N_("请写明是什么物品或服务")})
    return words.strip()


def _check_can_be_traced(details: dict[str, str]) -> None:
    if details["mode"] != DeliveryMode.COURIER:
        return
    asked = {"carrier": N_("请填写快递公司"), "tracking": N_("请填写快递单号，工会好查收")}
    missing = {name: words for name, words in asked.items() if not details[name]}
    if missing:
        raise Invalid(fields=missing)


def _check_may_go_home(claim: Claim, mode: str) -> None:
    if mode == DeliveryMode.TO_HOME and not may_go_home(claim, timezone.localdate()):
        raise NotToHome


def _check_off_at_home(claim: Claim, by: User) -> None:
    """What no counter sees, seen by whoever says that it has arrived."""
    for parcel in Parcel.objects.of_claim(claim).filter(
        state=Parcel.State.SENT, mode__in=BY_ITSELF
    ):
        _check_off(parcel, Parcel.State.PASSED, by=by, **PASSED)


def _check_off(parcel: Parcel, state: str, *, by: User, **values: object) -> None:
    parcel.transition_to(state, checked_by=by, checked_at=timezone.now(), **values)


def _settle(claim: Claim) -> None:
    """Where the claim stands follows from its parcels: any on the way, else any passed, else none."""
    wanted = _stand_of(claim)
    if wanted == claim.state:
        return
    anew = {"due_on": _time_to_replace(claim)} if wanted == State.CLAIMED else {}
    claim.transition_to(wanted, **anew)


def _stand_of(claim: Claim) -> str:
    states = set(Parcel.objects.of_claim(claim).values_list("state", flat=True))
    if Parcel.State.SENT in states:
        return State.UNDER_WAY
    return State.RECEIVED if Parcel.State.PASSED in states else State.CLAIMED


def _time_to_replace(claim: Claim) -> date:
    """Nobody's claim lapses because the union had to send something back."""
    today = timezone.localdate()
    days = rules_at(claim.union, today).workdays_of_extension
    return max(claim.due_on, add_workdays(today, days))


def _check_day(handed_on: date, claim: Claim) -> None:
    if handed_on > timezone.localdate():
        raise Invalid(fields={"handed_on": N_("转交日期不能晚于今天；请在交到家里以后再登记")})
    if handed_on < timezone.localdate(claim.created_at):
        raise Invalid(fields={"handed_on": N_("转交日期不能早于认领的那一天，请核对")})


def _check_spending(claim: Claim) -> None:
    """What the union bought is handed over once a second person stands behind the spending."""
    if claim.kind != Claim.Kind.UNION:
        return
    if not AidProposal.objects.filter(claim=claim, state=AidProposal.State.CONFIRMED).exists():
        raise SpendingNotConfirmed


def _check_goods_are_here(claim: Claim, by: User) -> None:
    """No parcel open, and one that passed; a service is checked by taking place, a home by the family."""
    _check_off_at_home(claim, by)
    states = set(Parcel.objects.of_claim(claim).values_list("state", flat=True))
    if Parcel.State.SENT in states:
        raise ParcelOpen
    if Parcel.State.PASSED not in states and not _needs_no_parcel(claim):
        raise NothingReceived


def _needs_no_parcel(claim: Claim) -> bool:
    """Services, and what the union bought itself (its claim went through the ledger)."""
    is_service = claim.wish.delivery_mode == DeliveryMode.SERVICE
    return is_service or claim.kind == Claim.Kind.UNION
