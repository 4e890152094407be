"""心愿初审、终审: the file's union checks, the county opens; two people, neither of them kin."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.accounts.queries import live_consents
from mashang.cases.actions.recusal import refuse_kin, require_no_conflict
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, WrongState
from mashang.core.seen import require_seen
from mashang.reference.workdays import add_workdays
from mashang.screening.shared_words import told_in
from mashang.screening.told import without
from mashang.unions.roles import Permission, permissions_at
from mashang.unions.second_person import require_two
from mashang.wishes import wall_changes
from mashang.wishes import wish_notices as notices
from mashang.wishes.actions import consents
from mashang.wishes.actions.wishes import active_case, lock, require_consent
from mashang.wishes.eligibility import check_story
from mashang.wishes.models import Wish
from mashang.wishes.offices import office_of
from mashang.wishes.queries.descriptions import (
    Counter,
    Description,
    counted,
    generalised,
    least_for,
    rungs_for,
)
from mashang.wishes.refusals import NeedsOtherChecker, NotOnWall, TooFewAlike
from mashang.wishes.rules import WORKDAYS_TO_CHECK, rules_at
from mashang.wishes.words import words_shown


@action
def check(wish: Wish, *, by: User, seen: str | None = None) -> None:
    """初审: the file's union knows the family. `seen` is the mark of the words that were read."""
    require_no_conflict(by, Permission.WISH_CHECK, wish.holder, at=wish.union)
    wish = _locked_as_seen(wish, seen)
    _refuse_poster(wish, by)
    wish.transition_to(Wish.State.CHECKED, checked_by=by)
    notices.openers_told(wish, add_workdays(timezone.localdate(), WORKDAYS_TO_CHECK))
    record("wish.checked", wish, by=by, union=wish.union)


@action
def open_on_wall(
    wish: Wish,
    *,
    by: User,
    story: str = "",
    rung: int | None = None,
    is_common: bool = False,
    seen: str | None = None,
) -> None:
    """终审: by the county, somebody else than the checker. From now on everybody may read it.

    `story` is what the public reads of the reason; without one, what is left of it when all is out that
    those who know the family would know it by. `is_common`: by this it would not be known, enough
    households could say the same; kept in the trail. `rung` is how broadly the family is described
    (see `describing.ladder`); without it, the narrowest that fits enough households.
    """
    require_no_conflict(by, Permission.WISH_OPEN, wish.holder, at=office_of(wish.union))
    wish = _locked_as_seen(wish, seen)
    if (
        wish.state != Wish.State.CHECKED
    ):  # a claimed wish too may go back to the wall, not from here
        raise WrongState(message=N_("这个心愿现在不是待终审，请刷新后再看"))
    _refuse_poster(wish, by)
    if wish.checked_by:
        require_two(wish.checked_by, by, NeedsOtherChecker)
    require_consent(wish.holder)
    rules = rules_at(wish.union, timezone.localdate())
    story = story.strip() or without(wish.reason)
    check_story(story, active_case(wish.holder), rules, is_common=is_common)
    described = _described(wish, rung, least_for(story, rules.least_alike))
    with refusing():
        wish.transition_to(
            Wish.State.OPEN,
            story=story,
            opened_by=by,
            opened_at=timezone.now(),
            is_hidden=False,
            hidden_why="",
            **described.columns,
        )
    notices.family_told(wish, notices.OPENED, days=rules.days_unclaimed)
    told = len(told_in(story))
    record("wish.opened", wish, by=by, union=wish.union, alike=wish.alike, told=told)


@action
def send_back(wish: Wish, *, why: str, by: User, seen: str | None = None) -> None:
    """退回修改: with what to mend, in words that the worker reads."""
    wish = _locked_as_seen(wish, seen)
    _require_step(wish, by)
    words = _said(why, N_("请写明要改哪里，职工会照着改"))
    wish.transition_to(Wish.State.RETURNED, returned_why=words, checked_by=None)
    notices.family_told(wish, notices.RETURNED)
    record("wish.returned", wish, by=by, union=wish.union)


@action
def close(wish: Wish, *, why: str, by: User, seen: str | None = None) -> None:
    """下架: for a reason, before or after it hung on the wall; a claimed one is revoked first."""
    wish = _locked_as_seen(wish, seen)
    _require_step(wish, by)
    if wish.state == Wish.State.CLAIMED:
        raise WrongState(message=N_("这个心愿已有人认领，请先撤销认领，再下架"))
    wish.transition_to(Wish.State.CLOSED, closed_why=_said(why, N_("请写明下架的原因，职工会看到")))
    consents.end_address(wish.holder, by=by)
    notices.family_told(wish, notices.CLOSED)
    record("wish.closed", wish, by=by, union=wish.union)


@action
def hide(wish: Wish, *, why: str, by: User, seen: str | None = None) -> None:
    """撤下: nobody reads it on the wall any more, in whatever state it hangs there.

    By whoever checks wishes at the file's union, at once, or by the county; never by kin. A claim
    goes on, and what has come true stays true.
    """
    wish = _locked_as_seen(wish, seen)
    _require_watch(wish, by)
    if wish.state not in Wish.ON_WALL or wish.hidden_why:
        raise NotOnWall
    words = _said(why, N_("请写明撤下的原因，职工会看到"), "hidden_why")
    Wish.objects.filter(pk=wish.pk).update(is_hidden=True, hidden_why=words)
    wall_changes.note()
    notices.family_told(wish, notices.HIDDEN)
    record("wish.hidden", wish, by=by, union=wish.union)


@action
def show_again(wish: Wish, *, by: User, seen: str | None = None) -> None:
    """恢复公开: by the county, as with 终审; without the family's consent it stays unread."""
    wish = _locked_as_seen(wish, seen)
    require_no_conflict(by, Permission.WISH_OPEN, wish.holder, at=office_of(wish.union))
    if not wish.hidden_why:
        raise WrongState(message=N_("这个心愿没有被工会撤下，请刷新后再看"))
    agreed = live_consents(consents.PURPOSE).filter(subject_id=wish.holder_id).exists()
    Wish.objects.filter(pk=wish.pk).update(is_hidden=not agreed, hidden_why="")
    wall_changes.note()
    notices.family_told(wish, notices.SHOWN_AGAIN)
    record("wish.shown_again", wish, by=by, union=wish.union)


def _described(wish: Wish, rung: int | None, least: int) -> Description:
    """The chosen rung, or the first that fits enough; the last one says nothing and always fits."""
    rungs, counter = rungs_for(wish.holder, wish.union, wish.for_whom), Counter()
    if rung is None:
        return generalised(rungs, counter.count, least)[-1]
    if not 0 <= rung < len(rungs):
        raise TooFewAlike
    chosen = counted(rungs[rung], counter.count)
    if chosen.alike < least and rung < len(rungs) - 1:
        raise TooFewAlike
    return chosen


def _locked_as_seen(wish: Wish, seen: str | None) -> Wish:
    """Raises ChangedMeanwhile if the worker has corrected the wish since the page was drawn."""
    wish = lock(wish)
    require_seen(seen, words_shown(wish))
    return wish


def _require_step(wish: Wish, by: User) -> None:
    """Who checks may send back and close until it is checked; from then on the county."""
    _refuse_poster(wish, by)
    if wish.state in (Wish.State.SUBMITTED, Wish.State.RETURNED):
        require_no_conflict(by, Permission.WISH_CHECK, wish.holder, at=wish.union)
    else:
        require_no_conflict(by, Permission.WISH_OPEN, wish.holder, at=office_of(wish.union))


def _refuse_poster(wish: Wish, by: User) -> None:
    """代发心愿: whoever told it for the worker does not moderate it, at neither step."""
    if wish.is_posted_for_by(by):
        raise NeedsOtherChecker


def _require_watch(wish: Wish, by: User) -> None:
    if Permission.WISH_CHECK in permissions_at(by, wish.union):
        refuse_kin(wish.holder, by)
    else:
        require_no_conflict(by, Permission.WISH_OPEN, wish.holder, at=office_of(wish.union))


def _said(why: str, asked: str, field: str = "why") -> str:
    if not why.strip():
        raise Invalid(fields={field: asked})
    return why.strip()
