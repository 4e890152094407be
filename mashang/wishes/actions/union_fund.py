"""工会兜底: what nobody claimed, the union buys from its own fund; a second person stands behind the spending."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.aid import actions as ledger
from mashang.aid.models import AidProposal, Fund, Project
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid
from mashang.reference.workdays import add_workdays
from mashang.unions.roles import Permission, require
from mashang.wishes import notices
from mashang.wishes.actions import freed_wishes
from mashang.wishes.actions.claims import take
from mashang.wishes.actions.locks import locked_claim
from mashang.wishes.models import Claim, Wish
from mashang.wishes.refusals import NeedsOtherChecker, SpendingStands
from mashang.wishes.rules import rules_at

MOST_AT_ONCE = 50
TURNED_DOWN = N_("帮扶登记被退回")


@action
def fund(wishes: Iterable[Wish], *, by: User) -> list[Claim]:
    """工会兜底: each open wish becomes the union's own claim, and its price waits on the ledger.

    All or none: a wish that somebody claimed a moment ago stops the lot, so that nobody believes
    it was funded.
    """
    asked = [wish.pk for wish in wishes]
    if not 0 < len(asked) <= MOST_AT_ONCE:
        raise Invalid(message=_("请先选好要兜底的心愿，一次最多 %(n)d 个") % {"n": MOST_AT_ONCE})
    rows = Wish.objects.filter(pk__in=asked).order_by("pk")
    return [_fund(wish, by=by) for wish in rows.select_related("union", "holder__user")]


def _fund(wish: Wish, *, by: User) -> Claim:
    require(by, Permission.WISH_FUND, at=wish.union)
    if wish.is_posted_for_by(by):
        raise NeedsOtherChecker
    today = timezone.localdate()
    claim = take(
        wish,
        kind=Claim.Kind.UNION,
        by=by,
        proposal=on_the_ledger(wish, by=by),
        due_on=add_workdays(today, rules_at(wish.union, today).workdays_to_fulfil),
    )
    notices.worker_told(claim, notices.FUNDED)
    record("wish.funded", claim, by=by, union=wish.union, wish=wish, fen=wish.price_fen)
    return claim


def on_the_ledger(wish: Wish, *, by: User) -> AidProposal:
    """The price, from the union's own fund; anew where the line was sent back or taken back."""
    return ledger.propose(
        wish.holder,
        project=Project.GOODS,
        fund=Fund.OWN_UNION,
        given_on=timezone.localdate(),
        amount_fen=wish.price_fen,
        goods=f"微心愿 {wish.item}",
        by=by,
    )


@action
def put_back(claim: Claim, *, by: User) -> None:
    """放回心愿墙: the second person turned the spending down, so the wish waits for others again."""
    claim = locked_claim(claim)
    require(by, Permission.WISH_FUND, at=claim.union)
    turned_down = AidProposal.objects.filter(claim=claim, state=AidProposal.State.REJECTED)
    if not turned_down.exists():
        raise SpendingStands
    freed_wishes.hang_again(claim, by=by)  # the wish before its claim, as every act locks them
    claim.transition_to(Claim.State.REVOKED, ended_at=timezone.now(), ended_why=TURNED_DOWN)
    notices.worker_told_of_end(claim)
    record("wish.put_back", claim, by=by, union=claim.union, wish=claim.wish)
