"""反映问题: “not received”, “something is wrong”; a case for the union, answered within working days."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.notices import day_words
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, Missing
from mashang.core.seen import Parts, require_seen
from mashang.core.visible import visible
from mashang.reference.workdays import add_workdays
from mashang.screening.shared_words import check_shared
from mashang.unions.roles import Permission
from mashang.wishes import notices
from mashang.wishes.actions import deliveries, locks
from mashang.wishes.actions.confirmations import is_helper
from mashang.wishes.models import Claim, Complaint, Handover, Wish
from mashang.wishes.refusals import NotOnWall, NotTheOneWhoHandedOver
from mashang.wishes.rules import rules_at

MAY_BE_WRONG = (*Claim.LIVE, Claim.State.FULFILLED)
OF_GOODS = (Complaint.Kind.NOT_RECEIVED, Complaint.Kind.WRONG_GOODS)


@action
def raise_complaint(claim: Claim, *, kind: str, words: str = "", by: User) -> Complaint:
    """反映问题: by the family, its helper or the giver. Until the answer no clock confirms anything."""
    claim = locks.locked_claim(claim)
    if claim.state not in MAY_BE_WRONG or not _is_concerned(claim, by):
        raise Missing
    today = timezone.localdate()
    with refusing():
        complaint = Complaint.objects.create(
            wish=claim.wish,
            claim=claim,
            kind=Complaint.Kind(kind),
            words=words.strip(),
            raised_by=by,
            due_on=add_workdays(today, rules_at(claim.union, today).workdays_to_answer),
        )
    record("problem.raised", complaint, by=by, union=claim.union, kind=kind, claim=claim)
    page, day = f"/desk/problems/{complaint.pk}/", day_words(complaint.due_on)
    notices.clerks_told(claim, notices.COMPLAINT_RAISED, url=page, day=day)
    return complaint


@action
def report(wish: Wish, *, kind: str, words: str = "") -> Complaint:
    """举报: what a reader of the wall finds wrong with its words; no name is asked for, nobody's kept.

    What is said of one wish on one day is one entry for the union, with a count, and another where that one is full:
    no number of reports hides another wish or an earlier word, and none is refused because others came before.
    """
    check_shared(words=words)
    on_wall = Wish.objects.on_wall().filter(pk=wish.pk).select_related("union")
    wish_now = locked(on_wall).first()  # whoever reports at the same moment waits
    if wish_now is None:
        raise NotOnWall
    told = [str(Complaint.Kind(kind)), visible(words).strip()]
    if entry := _entry_that_takes(told, _entries_of_today(wish_now)):
        return _say_again(entry, told)
    today = timezone.localdate()
    complaint = Complaint.objects.create(
        wish=wish,
        kind=Complaint.Kind(kind),
        words=words.strip(),
        due_on=add_workdays(today, rules_at(wish.union, today).workdays_to_answer),
    )
    record("problem.reported", complaint, by=None, union=wish.union, kind=kind, wish=wish)
    page, day = f"/desk/problems/{complaint.pk}/", day_words(complaint.due_on)
    notices.clerks_told(wish, notices.WISH_REPORTED, url=page, day=day)
    return complaint


def _entries_of_today(wish: Wish) -> list[Complaint]:
    """What readers have said of this wish since midnight, while nobody has answered it; the first one first."""
    said = Complaint.objects.filter(wish=wish, raised_by=None, state=Complaint.State.OPEN)
    said = said.filter(created_at__date=timezone.localdate())
    return list(locked(said.order_by("created_at").select_related("wish__union")))


def _entry_that_takes(told: list[str], entries: list[Complaint]) -> Complaint | None:
    """The one that says so already, else one with room; None: what is new begins another."""
    heard = (entry for entry in entries if _is_heard(told, entry))
    with_room = (entry for entry in entries if len(entry.also_said) < Complaint.MOST_SAID)
    return next(heard, None) or next(with_room, None)


def _is_heard(told: list[str], entry: Complaint) -> bool:
    """Word for word; a mere kind, without words, once anybody named it."""
    known = [[entry.kind, entry.words], *entry.also_said]
    return told in known or (not told[1] and any(kind == told[0] for kind, _ in known))


def _say_again(entry: Complaint, told: list[str]) -> Complaint:
    """Counted; what is new in it is kept, so that a true word does not drown in empty ones."""
    if not _is_heard(told, entry):
        entry.also_said = [*entry.also_said, told]
    entry.times += 1
    entry.save(update_fields=["times", "also_said"])
    wish = entry.wish
    record("problem.reported", entry, by=None, union=wish.union, kind=told[0], wish=wish)
    return entry


@action
def answer(
    complaint: Complaint,
    *,
    words: str,
    is_accepted: bool = False,
    by: User,
    seen: str | None = None,
) -> Complaint:
    """答复: where the union finds it true, the goods are handed over, or sent to the home, anew.

    Never by the colleague who handed over, nor by kin. `seen` is the mark of `complaint_shown`: what readers have
    said meanwhile is not settled unread. Raises ChangedMeanwhile.
    """
    if not words.strip():
        raise Invalid(fields={"words": N_("请写明核实的情况和怎么处理，反映人会看到")})
    if _is_from_giver(complaint):
        check_shared(words=words, by_office=True)
    wish = complaint.wish
    require_no_conflict(by, Permission.CLAIM_MANAGE, wish.holder, at=wish.union)
    claim = locks.locked_claim(complaint.claim) if complaint.claim else None
    _check_another_answers(claim, by)
    complaint = locked(
        Complaint.objects.filter(pk=complaint.pk).select_related("wish__union")
    ).get()
    require_seen(seen, complaint_shown(complaint))
    complaint.transition_to(
        Complaint.State.ANSWERED,
        answer=words.strip(),
        is_accepted=is_accepted,
        answered_by=by,
        answered_at=timezone.now(),
    )
    if claim and is_accepted:
        _mend(claim, complaint, by)
    record("problem.answered", complaint, by=by, union=wish.union, accepted=int(is_accepted))
    if complaint.raised_by:
        notices.raiser_told(complaint, complaint.raised_by, notices.COMPLAINT_ANSWERED)
    return complaint


def complaint_shown(complaint: Complaint) -> Parts:
    """What whoever answers has read; of a mere count nothing hangs."""
    told = [complaint.kind, complaint.words, complaint.also_said]
    return {N_("又有访客反映了新的情况"): told}


def _is_from_giver(complaint: Complaint) -> bool:
    """A giver must not learn from an answer where the family lives; the family may be told who was called."""
    if complaint.claim is None or complaint.raised_by is None:
        return False
    return Claim.objects.of_giver(complaint.raised_by).filter(pk=complaint.claim.pk).exists()


def _is_concerned(claim: Claim, by: User) -> bool:
    if claim.wish.is_of(by) or is_helper(claim.wish, by):
        return True
    return Claim.objects.of_giver(by).filter(pk=claim.pk).exists()


def _check_another_answers(claim: Claim | None, by: User) -> None:
    if (
        claim
        and Handover.objects.of_claim(claim)
        .filter(handed_by__in=accounts_of(by), undone_at=None)
        .exists()
    ):
        raise NotTheOneWhoHandedOver


def _mend(claim: Claim, complaint: Complaint, by: User) -> None:
    if claim.state == Claim.State.HANDED_OVER:
        _undo_handover(claim)
    elif complaint.kind in OF_GOODS:
        why = f"家里反映：{complaint.get_kind_display()}"
        deliveries.is_wrong_at_home(claim, why=why, by=by)


def _undo_handover(claim: Claim) -> None:
    claim.transition_to(Claim.State.RECEIVED)
    Handover.objects.of_claim(claim).filter(undone_at=None).update(undone_at=timezone.now())
    notices.giver_told(claim, notices.HANDED_OVER_AGAIN)
