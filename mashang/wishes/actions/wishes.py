"""发布、修改、撤回心愿: by the worker on file, or by the union for them (代发) with a reason."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import live_consents
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.models import Case, Holder
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, WrongState
from mashang.core.numbers import fresh_number
from mashang.reference.workdays import add_workdays
from mashang.unions.roles import Permission
from mashang.wishes import wish_notices as notices
from mashang.wishes.actions import consents
from mashang.wishes.eligibility import case_of, check_words
from mashang.wishes.models import DeliveryMode, Wish
from mashang.wishes.queries.history import fulfilled_in
from mashang.wishes.refusals import AlreadyClaimed, NotAgreedToWall, NotOnFile, YearIsFull
from mashang.wishes.rules import WORKDAYS_TO_CHECK, rules_at
from mashang.wishes.words import WishWords

PREFIX = "XY"
SHORTEST_REASON = 4
# What moderation has written; a wish that is corrected goes through it anew.
UNMODERATED: dict[str, Any] = {
    "story": "",
    "age_band": "",
    "place": "",
    "region_code": "",
    "shown_for": "",
    "alike": None,
    "checked_by": None,
    "opened_by": None,
    "opened_at": None,
    "returned_why": "",
}


@action
def post(
    holder: Holder,
    *,
    words: WishWords,
    by: User,
    assist_reason: str = "",
    agrees_address: bool = False,
) -> Wish:
    """发布: one living wish per household (a constraint says so), two fulfilled a year, within the rules.

    `agrees_address` is the family's tick for this wish, without which nothing is sent to its home.
    """
    holder = Holder.objects.select_for_update(of=("self",)).get(pk=holder.pk)
    case = active_case(holder)
    assist_reason = _require_may_post(case, by, assist_reason)
    today = timezone.localdate()
    rules = rules_at(case.union, today)
    check_words(words, case, rules, today)
    require_consent(holder)
    consents.settle_address(holder, words.delivery_mode, agrees=agrees_address, by=by)
    _require_room_this_year(holder, rules.fulfilled_a_year, today)
    with refusing():
        wish = Wish.objects.create(
            holder=holder,
            union=case.union,
            union_path=case.union_path,
            number=fresh_number(Wish, "number", PREFIX),
            posted_by=by,
            assist_reason=assist_reason,
            **words.columns(),
        )
    _tell_posted(wish, by)
    record("wish.posted", wish, by=by, union=wish.union, category=wish.category)
    return wish


@action
def correct(
    wish: Wish,
    *,
    words: WishWords,
    by: User,
    assist_reason: str = "",
    agrees_address: bool = False,
) -> Wish:
    """修改: until somebody claims it. The new words are moderated from the first step on."""
    wish = lock(wish)
    if wish.state not in Wish.EDITABLE:
        raise AlreadyClaimed
    case = active_case(wish.holder)
    assist_reason = _require_may_post(case, by, assist_reason)
    today = timezone.localdate()
    check_words(words, case, rules_at(case.union, today), today)
    consents.settle_address(wish.holder, words.delivery_mode, agrees=agrees_address, by=by)
    _rewrite(wish, **words.columns(), **UNMODERATED, assist_reason=assist_reason, posted_by=by)
    _tell_posted(wish, by)
    record("wish.corrected", wish, by=by, union=wish.union, category=wish.category)
    return wish


@action
def withdraw(wish: Wish, *, by: User, assist_reason: str = "") -> None:
    """撤回: until somebody claims it; of two at once, one is told that the other came first."""
    wish = lock(wish)
    require_may_act_for(wish, by, assist_reason)
    try:
        wish.transition_to(Wish.State.WITHDRAWN)
    except WrongState as late:
        if late.facts["state"] == Wish.State.CLAIMED:
            raise AlreadyClaimed from late
        raise
    consents.end_address(wish.holder, by=by)
    record("wish.withdrawn", wish, by=by, union=wish.union)


def _rewrite(wish: Wish, **columns: Any) -> None:
    """The row is locked; a wish that waits for its first check stays where it is."""
    if wish.state != Wish.State.SUBMITTED:
        wish.transition_to(Wish.State.SUBMITTED, **columns)
        return
    for name, value in columns.items():
        setattr(wish, name, value)
    wish.save(update_fields=[*columns, "changed_at"])


def lock(wish: Wish) -> Wish:
    """The wish as it stands now, until the act is over."""
    rows = Wish.objects.filter(pk=wish.pk).select_related("holder__user", "union")
    return locked(rows).get()


def active_case(holder: Holder) -> Case:
    """Raises NotOnFile for a household that has no live file."""
    case = case_of(holder)
    if case is None:
        raise NotOnFile
    return case


def _require_may_post(case: Case, by: User, reason: str) -> str:
    """The reason as it is kept: empty for the worker's own post."""
    if case.holder.belongs_to(by):
        return ""
    require_no_conflict(by, Permission.WISH_ASSIST, case.holder, at=case.union)
    return _checked_reason(reason)


def require_may_act_for(wish: Wish, by: User, reason: str) -> None:
    if not wish.is_of(by):
        require_no_conflict(by, Permission.WISH_ASSIST, wish.holder, at=wish.union)
        _checked_reason(reason)


def _checked_reason(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(
            fields={
                "assist_reason": _("请写明为什么代办，至少 %(n)d 个字") % {"n": SHORTEST_REASON}
            }
        )
    return reason.strip()


def require_consent(holder: Holder) -> None:
    """Raises NotAgreedToWall unless consent ⑦ stands today."""
    if not live_consents(Consent.Purpose.WISH).filter(subject_id=holder.pk).exists():
        raise NotAgreedToWall


def _require_room_this_year(holder: Holder, most: int, today: date) -> None:
    if fulfilled_in(holder, today.year) >= most:
        raise YearIsFull


def _tell_posted(wish: Wish, by: User) -> None:
    notices.checkers_told(wish, add_workdays(timezone.localdate(), WORKDAYS_TO_CHECK))
    if wish.assist_reason:
        to_home = wish.delivery_mode == DeliveryMode.TO_HOME
        notices.family_told(wish, notices.ASSISTED_TO_HOME if to_home else notices.ASSISTED)
