"""确认收到: the family's yes, the helper's with a photo, or the clock's; then the wish has come true."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import has_withdrawn
from mashang.aid import actions as ledger
from mashang.aid.models import AidProposal, Fund, Project
from mashang.cases.models import Pairing
from mashang.core.audit.trail import record
from mashang.core.db.action import action, savepoint
from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.core.privacy.photos import Photo
from mashang.wishes import notices, pictures
from mashang.wishes.actions import certificates, consents, deliveries, goods_photos, locks
from mashang.wishes.actions.union_fund import on_the_ledger
from mashang.wishes.models import Claim, Complaint, Handover, Wish
from mashang.wishes.queries.deliveries import familys_refusal, helpers_refusal
from mashang.wishes.refusals import AnotherAnswers, ComplaintStands
from mashang.wishes.rules import defaults, rules_at

Answered = Handover.AnsweredBy


def confirm(claim: Claim, *, by: User, photo: bytes = b"") -> Claim:
    """确认收到: by the worker; or by the paired helper, who adds a photo (BadPhoto if it is none) unless
    the family took back its consent to photos."""
    return _confirm(claim, pictures.take(photo, by=by) if photo else None, by=by)


@action
def _confirm(claim: Claim, photo: Photo | None, *, by: User) -> Claim:
    claim = locks.locked_claim(claim)
    answered_by = _who_answers(claim.wish, by)
    if answered_by == Answered.WORKER and (refusal := familys_refusal(claim)):
        raise refusal
    if answered_by == Answered.HELPER:
        _check_is_second_person(claim, by)
        _check_no_complaint_stands(claim)
        _keep_proof(claim, photo, by)
    deliveries.come_home(claim, by=by)
    return _fulfil(claim, answered_by, by=by)


def confirm_by_clock() -> int:
    """到期自动确认: nobody spoke within the days of the rules and no complaint stands. How many."""
    shortest = timedelta(days=defaults()["days_to_confirm"]["least"])
    waiting = Handover.objects.filter(
        confirmed_at=None, undone_at=None, created_at__lte=timezone.now() - shortest
    )
    return sum(_confirm_due(handover) for handover in waiting.select_related("claim__union"))


def _confirm_due(handover: Handover) -> bool:
    days = rules_at(handover.claim.union, timezone.localdate()).days_to_confirm
    if timezone.now() - handover.created_at < timedelta(days=days):
        return False
    try:
        _confirm_silent(handover.claim)
    except (WrongState, AnotherAnswers):
        # Somebody spoke in this moment, a complaint stands, or silence is no answer yet.
        return False
    return True


@action
def _confirm_silent(claim: Claim) -> Claim:
    claim = locks.locked_claim(claim)
    _check_no_complaint_stands(claim)
    if refusal := familys_refusal(claim):
        raise refusal
    return _fulfil(claim, Answered.CLOCK, by=None)


@action
def enter_ledger(claim: Claim, *, by: User) -> None:
    """登记帮扶: what the family received becomes a line of its aid, once a second person confirms.

    The union's own purchase stands there already. One that was sent back, or taken back, is entered anew: what
    a giver brought as a gift, what the union bought as money of its own.
    """
    claim = locks.locked_claim(claim)
    if claim.state != Claim.State.FULFILLED:
        raise WrongState(message=N_("这个心愿还没有实现，实现以后再登记帮扶"))
    if claim.proposal and claim.proposal.state != AidProposal.State.REJECTED:
        return
    is_bought = claim.kind == Claim.Kind.UNION
    claim.proposal = on_the_ledger(claim.wish, by=by) if is_bought else _as_gift(claim, by)
    claim.save(update_fields=["proposal"])


def _as_gift(claim: Claim, by: User) -> AidProposal:
    handover = Handover.objects.of_claim(claim).get(undone_at=None)
    return ledger.propose(
        claim.wish.holder,
        project=Project.GOODS,
        fund=Fund.DONATION,
        given_on=handover.handed_on,
        goods=f"微心愿：{claim.wish.item}",
        by=by,
    )


def _who_answers(wish: Wish, by: User) -> str:
    if wish.is_of(by):
        return Answered.WORKER
    if is_helper(wish, by):
        return Answered.HELPER
    raise Missing


def is_helper(wish: Wish, user: User) -> bool:
    """Whether this person is paired with the family right now."""
    return Pairing.objects.own(user).live().filter(case__holder=wish.holder_id).exists()


def _check_is_second_person(claim: Claim, helper: User) -> None:
    if refusal := helpers_refusal(claim, helper):
        raise refusal


def _check_no_complaint_stands(claim: Claim) -> None:
    """What the family says is wrong stops everybody's yes but its own; a reader of the wall stops none."""
    complaints = Complaint.objects.filter(wish=claim.wish_id, raised_by__isnull=False)
    if complaints.filter(state=Complaint.State.OPEN).exists():
        raise ComplaintStands


def wants_photo(wish: Wish) -> bool:
    """The helper shows the goods at home; of a family that took back its yes to photos none is taken."""
    return not has_withdrawn(wish.holder_id, Consent.Purpose.PHOTOS)


def _keep_proof(claim: Claim, photo: Photo | None, by: User) -> None:
    if not wants_photo(claim.wish):
        return
    if photo is None:
        raise Invalid(fields={"photo": N_("请拍一张物品已经送到家里的照片（不要拍到孩子的脸）")})
    goods_photos.keep(claim, photo, by=by)


def _fulfil(claim: Claim, answered_by: str, *, by: User | None) -> Claim:
    now = timezone.now()
    claim.transition_to(Claim.State.FULFILLED, fulfilled_at=now)
    claim.wish.transition_to(Wish.State.FULFILLED, fulfilled_at=now)
    consents.end_address(claim.wish.holder, by=by)
    handover = Handover.objects.of_claim(claim).get(undone_at=None)
    handover.confirmed_at, handover.answered_by, handover.confirmed_by = now, answered_by, by
    handover.save(update_fields=["confirmed_at", "answered_by", "confirmed_by"])
    if claim.kind != Claim.Kind.UNION:
        _thank(claim, handover)
    record("claim.fulfilled", claim, by=by, union=claim.union, answered_by=answered_by)
    return claim


def _thank(claim: Claim, handover: Handover) -> None:
    """The certificate for the giver, and the line for the family's aid."""
    certificates.issue(claim, by=handover.confirmed_by)
    notices.giver_told(claim, notices.FULFILLED)
    if not _is_entered(claim, handover):
        record("claim.awaits_ledger", claim, by=None, union=claim.union)


def _is_entered(claim: Claim, handover: Handover) -> bool:
    """Else the desk lists it: a giver proposes no aid, and who handed over may have left or be kin."""
    if handover.is_by_giver:
        return False
    try:
        with savepoint():
            enter_ledger(claim, by=handover.handed_by)
    except NotAllowed:
        return False
    return True
