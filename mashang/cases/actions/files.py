"""建档、销档、返困恢复、合并: how a file begins, ends, comes back and absorbs its duplicate."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import facts
from mashang.cases.actions import household_marks
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.models import Application, Case, CaseVersion, Fact, Hardship, Holder, Member
from mashang.cases.queries.shown import case_shown, facts_shown
from mashang.cases.refusals import AlreadyOnFile, CaseClosed, FileChanged
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.numbers import fresh_number
from mashang.core.seen import require_seen
from mashang.unions.roles import Permission, require

CASE_PREFIX = "D"


@action
def open_case(application: Application, *, category: str, level: str, by: User) -> Case:
    """建档: the approved application becomes the household's file, or revives the old one.

    Raises MemberOnAnotherFile if a person of the household is on another live file (一户一档,
    总工办发〔2016〕36号); AlreadyOnFile if this household has a live file.
    """
    require(by, Permission.CASE_CHANGE, at=application.union)
    holder = Holder.objects.select_for_update().get(pk=application.holder_id)
    application.transition_to(Application.State.FILED, ended_at=timezone.now())
    list_members(holder)
    case = _new_or_revived(holder, application, category=Hardship(category), level=level)
    answers = write_version(case, application.answers.reveal(), why=N_("建档"), by=by)
    for key, body in _first_facts(answers).items():
        write_fact(case, key, body, by=by)
    record("case.opened", case, by=by, union=case.union)
    return case


def _new_or_revived(holder: Holder, application: Application, **columns: Any) -> Case:
    now = {"application": application, "filed_on": timezone.localdate(), **columns}
    place = {"union": application.union, "union_path": application.union_path}
    case = Case.objects.filter(holder=holder).first()
    if case is None:
        case_no = fresh_number(Case, "case_no", CASE_PREFIX)
        return Case.objects.create(holder=holder, case_no=case_no, version=0, **place, **now)
    if case.state == Case.State.ACTIVE:
        raise AlreadyOnFile
    case.transition_to(Case.State.ACTIVE, closed_on=None, close_reason="", **place, **now)
    return case


def list_members(holder: Holder) -> None:
    """Put everybody of the household, the holder too, on this live file and on no other."""
    holder.members.get_or_create(
        relation=Member.SELF,
        defaults={
            "name": holder.name,
            "id_number": holder.id_number.reveal(),
            "id_index": holder.id_index,
            "details": {},
        },
    )
    with refusing():
        holder.members.filter(left_on=None).update(is_on_live_file=True)


def _first_facts(answers: dict[str, Any]) -> dict[str, Any]:
    unknown = {facts.HELPER: facts.no_helper_body(), facts.PLAN: facts.no_plan_body()}
    return facts.facts_in(answers) | unknown


def write_version(case: Case, answers: dict[str, Any], *, why: str, by: User) -> dict[str, Any]:
    """The whole file after a change, as its next version; returns what it says.

    `Case.version` is compared and set, so that of two who change at once one is told so.
    """
    before = current_answers(case)
    after = answers | {"members": members_of(case.holder)}
    number = case.version + 1
    if not Case.objects.filter(pk=case.pk, version=case.version).update(version=number):
        raise FileChanged
    case.version = number
    changed = _changed(before, after) if before else []
    if not before or set(changed) & {"address", "address_region", "card_number"}:
        household_marks.mark(case.holder, after)
    CaseVersion.objects.create(
        case=case, number=number, body=after, changed=changed, why=why, by=by
    )
    return after


def members_of(holder: Holder) -> list[dict[str, Any]]:
    """The people who live with the holder now, in plain; for sealing into a version."""
    return [
        {
            "id": str(member.pk),
            "relation": member.relation,
            "name": member.name.reveal(),
            "id_number": member.id_number.reveal(),
            **member.details.reveal(),
        }
        for member in holder.members.filter(left_on=None).exclude(relation=Member.SELF)
    ]


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def write_fact(case: Case, key: str, body: dict[str, Any], *, by: User) -> None:
    """Set one of the six facts and the day on which it was seen to be so: today."""
    fact = Fact.objects.filter(case=case, key=key).first() or Fact(case=case, key=key)
    fact.body, fact.checked_on, fact.checked_by = body, timezone.localdate(), by
    fact.save()


@action
def check_fact(case: Case, key: str, *, by: User, seen: str | None = None) -> None:
    """核实: someone looked again and it is still so. `seen` is the mark of what they found to be so."""
    case = lock_case(case, Permission.CASE_CHANGE, by=by)
    require_seen(seen, facts_shown(case)[key])
    fact = Fact.objects.select_for_update().get(case=case, key=key)
    fact.checked_on, fact.checked_by = timezone.localdate(), by
    fact.save(update_fields=["checked_on", "checked_by"])
    record("case.fact_checked", case, by=by, union=case.union, key=key)


def current_answers(case: Case) -> dict[str, Any]:
    """What the file says now: the answers of its newest version."""
    newest = CaseVersion.objects.filter(case=case, number=case.version).first()
    answers: dict[str, Any] = newest.body.reveal() if newest else {}
    return answers


def lock_now(case: Case) -> Case:
    """The file as it stands now, locked until the end of the action."""
    return locked(Case.objects.filter(pk=case.pk).select_related("holder", "union")).get()


def lock_case(case: Case, permission: Permission, *, by: User, seen: str | None = None) -> Case:
    """The same; then `by` is asked for the permission at the union that keeps it now, and for what they saw.

    Raises NotAllowed, ChangedMeanwhile.
    """
    case = lock_now(case)
    require_no_conflict(by, permission, case.holder, at=case.union)
    require_seen(seen, case_shown(case))
    return case


def lock_active(case: Case, permission: Permission, *, by: User, seen: str | None = None) -> Case:
    """The same for what is done on living files alone. Raises CaseClosed."""
    case = lock_case(case, permission, by=by, seen=seen)
    require_active(case)
    return case


def require_active(case: Case) -> None:
    if case.state != Case.State.ACTIVE:
        raise CaseClosed
