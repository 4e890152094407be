"""销档、返困恢复、合并: the halves of this room; `workflows` call them."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import has_withdrawn
from mashang.cases import facts, notices
from mashang.cases.actions import channels
from mashang.cases.actions.files import (
    current_answers,
    list_members,
    lock_case,
    write_fact,
    write_version,
)
from mashang.cases.actions.merges import check_mergeable, lock_both, require_both
from mashang.cases.models import Case, Holder, Member, Merge
from mashang.cases.parts import loose_ends
from mashang.cases.refusals import SamePerson
from mashang.core.audit.trail import record
from mashang.core.errors import NotAllowed, WrongState
from mashang.unions.roles import Permission
from mashang.unions.second_person import require_two

ABSORBED = N_("与重复档案合并")
CHILDREN = ("son", "daughter", "grandchild", "daughter_child")


def close_case(case: Case, *, reason: str, by: User, seen: str | None = None) -> None:
    """销档: out of hardship, moved away, died, or not qualified; nothing is deleted."""
    end_case(lock_case(case, Permission.CASE_CHANGE, by=by, seen=seen), reason=reason, by=by)


def end_case(case: Case, *, reason: str, by: User) -> None:
    """The file as it stands now, locked, ends; so do pairings and everybody's place on it."""
    case.transition_to(Case.State.CLOSED, closed_on=timezone.localdate(), close_reason=reason)
    case.holder.members.update(is_on_live_file=False)
    loose_ends.end_with_file(case, pairings_why=N_("销档"), by=by)
    record("case.closed", case, by=by, union=case.union)
    notices.holder_told(case, notices.CLOSED)


def reopen_case(case: Case, *, why: str, by: User, seen: str | None = None) -> None:
    """返困恢复: the household is back in hardship; the same file and the same code go on."""
    case = lock_case(case, Permission.CASE_CHANGE, by=by, seen=seen)
    if case.holder.merged_into_id:
        raise WrongState(message=N_("这份档案已经与另一份合并，请在合并后的那份档案上办理"))
    if has_withdrawn(case.holder_id, Consent.Purpose.FILE):
        raise NotAllowed(message=N_("本人撤回了建档的授权，不能恢复档案；请本人先在手机上重新同意"))
    case.transition_to(Case.State.ACTIVE, closed_on=None, close_reason="")
    list_members(case.holder)
    write_version(case, current_answers(case), why=why, by=by)
    # Whoever helped before the file was closed does not any more.
    write_fact(case, facts.HELPER, facts.no_helper_body(), by=by)
    record("case.reopened", case, by=by, union=case.union)
    notices.holder_told(case, notices.REOPENED)


def merge(merge: Merge, *, by: User) -> None:
    """合并: the second person agrees; two files of one household become one, and nobody is lost."""
    duplicate, into = lock_both(merge.duplicate, merge.into)
    require_both(duplicate, into, by=by)
    require_two(merge.asked_by, by, SamePerson)
    check_mergeable(duplicate, into, merge.stands_as)
    merge.transition_to(Merge.State.DONE, answered_by=by, answered_at=timezone.now())
    _close_absorbed(duplicate, by)
    _bring_people(duplicate, into, merge.stands_as)
    channels.lapse_with(duplicate, by=by)
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    Holder.objects.filter(merged_into=duplicate).update(merged_into=into)  # no chains
    _hand_on_account(duplicate, into)
    _note_in_file(into, by)
    record("holder.merged", duplicate, by=by, union=into.union, into=str(into.pk))


def _close_absorbed(duplicate: Holder, by: User) -> None:
    """What waits on it goes with it: it is closed for good, also if it was so before."""
    duplicate.members.update(is_on_live_file=False)
    loose_ends.end_merges_into(duplicate, is_absorbed=True, by=by)
    case = Case.objects.filter(holder=duplicate, state=Case.State.ACTIVE).first()
    if case is None:
        return
    case.transition_to(Case.State.CLOSED, closed_on=timezone.localdate(), close_reason=ABSORBED)
    loose_ends.end_with_file(case, pairings_why=ABSORBED, by=by)


def _bring_people(duplicate: Holder, into: Holder, stands_as: str) -> None:
    """Who lived in the other file and is not known in this one lives in this one from now on."""
    known = {_who(member) for member in into.members.filter(left_on=None)} | {into.id_index}
    others = duplicate.members.filter(left_on=None)
    if stands_as == Merge.SAME:
        others = others.exclude(relation=Member.SELF)
    for member in others:
        if _who(member) not in known:
            _bring(member, into, stands_as)


def _who(member: Member) -> str:
    return member.id_index or f"{member.relation} {member.name.reveal()}"


def _bring(member: Member, into: Holder, stands_as: str) -> None:
    is_applicant = member.relation == Member.SELF
    into.members.create(
        relation=stands_as if is_applicant else _seen_from(into, member.relation, stands_as),
        name=member.name.reveal(),
        id_number=member.id_number.reveal(),
        id_index=member.id_index,
        details=member.details.reveal(),
    )


def _seen_from(into: Holder, relation: str, stands_as: str) -> str:
    """Husband and wife have the same children; other ways round, somebody has to look."""
    if stands_as == Merge.SAME or (stands_as == "spouse" and relation in CHILDREN):
        return relation
    return "other"


def _note_in_file(into: Holder, by: User) -> None:
    """The next version of the file that goes on says who is in it now, and so does its first fact; what the other
    half lives on is for somebody to look into."""
    case = Case.objects.filter(holder=into, state=Case.State.ACTIVE).first()
    if case is None:
        return
    list_members(into)
    after = write_version(case, current_answers(case), why=N_("与另一份档案合并"), by=by)
    write_fact(case, facts.HOUSEHOLD, facts.facts_in(after)[facts.HOUSEHOLD], by=by)
    notices.holder_told(case, notices.MERGED)


def _hand_on_account(duplicate: Holder, into: Holder) -> None:
    """The worker signs in as before and finds the file that goes on."""
    worker = duplicate.user
    if worker is None or into.user is not None:
        return
    duplicate.user, into.user = None, worker
    duplicate.save(update_fields=["user"])
    into.save(update_fields=["user"])
