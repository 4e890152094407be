"""认领: whoever presses first makes the wish come true; what ends a claim, and what brings it back.

Every act locks in one order: the giver (whose claims are counted), the wish, the claim.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models.functions import Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.actions.recusal import is_kin, require_no_conflict
from mashang.cases.notices import day_words
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.compiled import CompiledInsert, CompiledQuery, Param
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.givers.models import Giver, Organisation
from mashang.givers.refusals import NotApproved
from mashang.reference.workdays import add_workdays, workdays_between
from mashang.screening.shared_words import check_shared
from mashang.unions.roles import Permission
from mashang.wishes import notices
from mashang.wishes.actions import freed_wishes
from mashang.wishes.models import Claim, DeliveryPlan, Wish
from mashang.wishes.queries.claims import OWED
from mashang.wishes.queries.homes import may_go_home
from mashang.wishes.refusals import (
    GoodsUnderWay,
    HasOverdueClaim,
    NeedsGiver,
    NotExtended,
    NotReinstated,
    OwnWish,
    SpendingStands,
    StaffClaimAsPersons,
    TooManyClaims,
    TooManyGivenUp,
    WishOffWall,
    WishTaken,
)
from mashang.wishes.rules import WishRules, rules_at

_DATABASE_TODAY = TruncDate(Now())
NEW_CLAIM = CompiledInsert(Claim)
MOST_GIVEN_UP = 5  # by one giver in a day, before the next claim
REMINDERS = ((2, 1), (1, 5))  # the last first: (which reminder, working days that are left)


@action
def claim(
    wish: Wish,
    *,
    by: User,
    organisation: Organisation | None = None,
    delivery_plan: DeliveryPlan | None = None,
) -> Claim:
    """认领: first come, first served. The same giver pressing again gets the claim they have.

    The giver's row is locked before their claims are counted, so that two wishes at once exceed
    no limit; the wish is taken by compare-and-set, and `wish_has_one_live_claim` stands behind.
    """
    if is_kin(wish.holder, by):
        raise OwnWish
    today = timezone.localdate()
    rules = rules_at(wish.union, today)
    _lock_giver(by, organisation)
    recent = _recent_claims_of(by, organisation)
    live = [one for one in recent if one.state != Claim.State.GIVEN_UP]
    if own_claim := next((one for one in live if one.wish_id == wish.pk), None):
        return own_claim
    most = rules.claims_per_organisation if organisation else rules.claims_per_person
    _refuse_over_limit(live, most, today)
    if len(recent) - len(live) >= MOST_GIVEN_UP:
        raise TooManyGivenUp(MOST_GIVEN_UP)
    made = take(
        wish,
        kind=Claim.Kind.ORGANISATION if organisation else Claim.Kind.PERSON,
        by=by,
        organisation=organisation,
        delivery_plan=delivery_plan,
        due_on=add_workdays(today, rules.workdays_to_fulfil),
    )
    _tell_worker(made, today, rules)
    record("claim.made", made, by=by, union=made.union, wish=wish)
    return made


def take(wish: Wish, *, kind: str, by: User, **values: Any) -> Claim:
    """The wish is taken from the wall and the claim written; the last word of every way to claim.

    A wish that is no longer shown is left to the union: whoever hides it loses nothing.
    """
    if wish.is_hidden and kind != Claim.Kind.UNION:
        raise WishOffWall
    try:
        wish.transition_to(Wish.State.CLAIMED)
    except WrongState as late:
        raise _too_late(late) from late
    made = Claim(
        wish=wish, union=wish.union, union_path=wish.union_path, kind=kind, giver=by, **values
    )
    with refusing():
        NEW_CLAIM.insert_row(made)
    return made


@action
def give_up(claim: Claim, *, by: User) -> None:
    """放弃认领: until goods are under way; the wish hangs on the wall again, where it was."""
    _require_mine(claim, by)
    try:
        _end(claim, Claim.State.GIVEN_UP, by=by)
    except WrongState as late:
        raise GoodsUnderWay from late
    notices.worker_told_of_end(claim)
    record("claim.given_up", claim, by=by, union=claim.union)


@action
def extend(claim: Claim, *, by: User) -> None:
    """延期: once, before the last day has passed and before goods are under way."""
    _require_mine(claim, by)
    today = timezone.localdate()
    rules = rules_at(claim.union, today)
    due_on = add_workdays(claim.due_on, rules.workdays_of_extension)
    waiting = Claim.objects.filter(pk=claim.pk, state=Claim.State.CLAIMED, extended_at=None)
    reminded = min(claim.reminded, 1)  # the last reminder comes again before the new day
    extended = waiting.filter(due_on__gte=_DATABASE_TODAY).update(
        due_on=due_on, extended_at=timezone.now(), reminded=reminded
    )
    if not extended:
        raise NotExtended
    claim.refresh_from_db(fields=["due_on", "extended_at", "reminded"])
    _tell_worker(claim, today, rules)
    record("claim.extended", claim, by=by, union=claim.union, due_on=due_on)


@action
def revoke(claim: Claim, *, why: str, by: User) -> None:
    """撤销认领: by the union, with a reason that the giver reads."""
    require_no_conflict(by, Permission.CLAIM_MANAGE, claim.wish.holder, at=claim.union)
    if not why.strip():
        raise Invalid(fields={"why": N_("请写明撤销的原因，认领人会看到")})
    check_shared(why=why, by_office=True)
    _end(claim, Claim.State.REVOKED, by=by, ended_why=why.strip())
    notices.giver_told(claim, notices.REVOKED)
    notices.worker_told_of_end(claim)
    record("claim.revoked", claim, by=by, union=claim.union)


@action
def reinstate(claim: Claim, *, by: User) -> None:
    """恢复认领: what lapsed although the giver had kept their word; only while nobody else has it."""
    require_no_conflict(by, Permission.CLAIM_MANAGE, claim.wish.holder, at=claim.union)
    today = timezone.localdate()
    rules = rules_at(claim.union, today)
    due_on = add_workdays(today, rules.workdays_of_extension)
    if claim.wish.union_id != claim.union_id:  # the family has moved on with it
        raise NotReinstated
    try:
        claim.wish.transition_to(Wish.State.CLAIMED)
    except WrongState as late:
        raise NotReinstated from late
    with refusing():
        claim.transition_to(Claim.State.CLAIMED, due_on=due_on, ended_at=None, reminded=0)
    notices.giver_told(claim, notices.REINSTATED, day=day_words(due_on))
    _tell_worker(claim, today, rules)
    record("claim.reinstated", claim, by=by, union=claim.union, due_on=due_on)


def _tell_worker(claim: Claim, today: date, rules: WishRules) -> None:
    to_home = may_go_home(claim, today, rules)
    notices.worker_told_of_claim(claim, day_words(claim.due_on), to_home=to_home)


def lapse_overdue() -> int:
    """到期失效: claims whose last day is over on the database's clock; returns how many lapsed."""
    overdue = Claim.objects.filter(state=Claim.State.CLAIMED, due_on__lt=_DATABASE_TODAY)
    givers = overdue.exclude(kind=Claim.Kind.UNION)
    rows = givers.select_related("wish__holder__user", "union", "giver__data_key")
    return sum(_lapsed(claim) for claim in list(rows))


def remind() -> int:
    """提醒: five working days before the last day, and again on the day before it."""
    return sum(_remind(number, days) for number, days in REMINDERS)


def _lapsed(claim: Claim) -> bool:
    try:
        _lapse(claim)
    except WrongState:  # given up, sent or extended at this very moment
        return False
    return True


@action
def _lapse(claim: Claim) -> None:
    _end(claim, Claim.State.LAPSED, by=None)
    if not Claim.objects.filter(pk=claim.pk, due_on__lt=_DATABASE_TODAY).exists():
        raise WrongState
    notices.giver_told(claim, notices.LAPSED)
    notices.worker_told_of_end(claim)
    record("claim.lapsed", claim, by=None, union=claim.union)


def _remind(number: int, days: int) -> int:
    today = timezone.localdate()
    waiting = Claim.objects.filter(state=Claim.State.CLAIMED, reminded__lt=number)
    near = waiting.filter(due_on__gte=today, due_on__lte=add_workdays(today, days))
    givers = near.exclude(kind=Claim.Kind.UNION).select_related("union", "giver__data_key")
    return sum(_reminded(claim, number, today) for claim in list(givers))


@action
def _reminded(claim: Claim, number: int, today: date) -> bool:
    waiting = Claim.objects.filter(pk=claim.pk, state=Claim.State.CLAIMED, reminded__lt=number)
    if not waiting.update(reminded=number):
        return False
    left = workdays_between(today, claim.due_on)
    words = notices.REMINDED_AGAIN if claim.extended_at else notices.REMINDED
    notices.giver_told(claim, words, day=day_words(claim.due_on), days=left)
    return True


def _lock_giver(by: User, organisation: Organisation | None) -> None:
    """Whoever's claims are counted is locked first; who is nobody may not claim."""
    if organisation is None:
        if LOCKED_GIVER.first(user=by.pk) is None:
            raise NeedsGiver
        return
    if by.is_colleague:
        raise StaffClaimAsPersons
    locked = Organisation.objects.select_for_update().filter(pk=organisation.pk)
    if not Organisation.objects.of_member(by).filter(pk=organisation.pk).exists():
        raise Missing
    if locked.values_list("state", flat=True).get() != Organisation.State.APPROVED:
        raise NotApproved


def _locked_giver() -> Any:
    user: Any = Param("user", User._meta.pk)
    return Giver.objects.select_for_update().filter(user=user)


LOCKED_GIVER: CompiledQuery[Any] = CompiledQuery(_locked_giver)


def _recent_claims_of(by: User, organisation: Organisation | None) -> list[Claim]:
    """Those under way, and those given up in the last day: each told a family that its wish comes, and then not."""
    since = timezone.now() - timedelta(days=1)
    if organisation:
        return list(Claim.objects.recent(since).filter(organisation=organisation))
    return RECENT_CLAIMS.all(giver=by.pk, since=since)


def _recent_claims() -> Any:
    giver: Any = Param("giver", User._meta.pk)
    since: Any = Param("since", Claim._meta.get_field("ended_at"))
    rows = Claim.objects.unscoped(why="the giver's own").recent(since)
    return rows.filter(giver=giver, kind=Claim.Kind.PERSON)


RECENT_CLAIMS: CompiledQuery[Any] = CompiledQuery(_recent_claims)


def _refuse_over_limit(live: list[Claim], most: int, today: date) -> None:
    owed = [one for one in live if one.state in OWED]
    if any(one.due_on < today for one in owed):
        raise HasOverdueClaim
    if len(owed) >= most:
        raise TooManyClaims(most)


def _too_late(late: WrongState) -> WishTaken | WishOffWall:
    taken = late.facts["state"] in (Wish.State.CLAIMED, Wish.State.FULFILLED)
    return WishTaken() if taken else WishOffWall()


def _require_mine(claim: Claim, by: User) -> None:
    if not Claim.objects.of_giver(by).filter(pk=claim.pk).exists():
        raise Missing


def _end(claim: Claim, state: str, *, by: User | None, **also: Any) -> None:
    """The claim ends and the wish is free again; both, or neither."""
    if claim.kind == Claim.Kind.UNION:
        raise SpendingStands
    freed_wishes.hang_again(claim, by=by)
    claim.transition_to(state, ended_at=timezone.now(), **also)
