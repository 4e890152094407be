"""感谢的话: never asked for, at most 100 characters, read by the union before the giver reads them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.screening.shared_words import check_shared
from mashang.unions.roles import Permission, require
from mashang.wishes import notices
from mashang.wishes.actions import locks
from mashang.wishes.models import Claim, Thanks
from mashang.wishes.refusals import AlreadyThanked

MOST = 100
MAY_BE_THANKED = (Claim.State.HANDED_OVER, Claim.State.FULFILLED)


@action
def write(claim: Claim, *, words: str, by: User) -> Thanks:
    """写句感谢: by the worker, once; what could lead a stranger to the family is refused."""
    claim = locks.locked_claim(claim)
    if not claim.wish.is_of(by):
        raise Missing
    if claim.state not in MAY_BE_THANKED:
        raise WrongState(message=N_("收到心愿以后，再写感谢的话"))
    if Thanks.objects.filter(claim=claim).exists():
        raise AlreadyThanked
    thanks = Thanks.objects.create(claim=claim, words=_fit(words))
    record("thanks.written", thanks, by=by, union=claim.union, claim=claim)
    return thanks


@action
def show(thanks: Thanks, *, by: User) -> Thanks:
    """送达感谢: the giver reads it from now on."""
    _decide(thanks, Thanks.State.SHOWN, by)
    notices.giver_told(thanks.claim, notices.THANKED)
    return thanks


@action
def hold_back(thanks: Thanks, *, by: User) -> Thanks:
    """不采用: nobody but the worker and the union reads it."""
    return _decide(thanks, Thanks.State.HELD_BACK, by)


def _decide(thanks: Thanks, state: str, by: User) -> Thanks:
    union = thanks.claim.union
    require(by, Permission.CLAIM_MANAGE, at=union)
    thanks.transition_to(state, decided_by=by)
    record(f"thanks.{state}", thanks, by=by, union=union)
    return thanks


def _fit(words: str) -> str:
    words = words.strip()
    if not words or len(words) > MOST:
        raise Invalid(fields={"words": _("请写一到 %(n)d 个字；不写也没关系") % {"n": MOST}})
    check_shared(words=words)
    return words
