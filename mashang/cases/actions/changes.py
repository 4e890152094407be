"""变更: address, phone, employer and members change; every change is a version, the code stays."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import facts, notices
from mashang.cases.actions import channel_effects, channels
from mashang.cases.actions.files import (
    current_answers,
    lock_active,
    lock_case,
    lock_now,
    require_active,
    write_fact,
    write_version,
)
from mashang.cases.form import contradictions
from mashang.cases.models import Case, ChangeRequest, ChannelChange, Holder, Member
from mashang.cases.queries.shown import change_request_shown, facts_shown
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.core.privacy.keys import blind_index
from mashang.core.seen import require_seen
from mashang.unions.roles import Permission


@action
def change(
    case: Case,
    changes: dict[str, Any],
    *,
    why: str,
    by: User,
    is_sure: bool = False,
    seen: str | None = None,
) -> None:
    """变更档案: the union sets what is different now; the facts that show it are checked anew.

    `seen` here and below is the mark of the file that was read (`queries.shown`). Raises ChangedMeanwhile, and
    AskedBack for what does not fit the rest of the file, unless it is said to be so.
    """
    case = lock_active(case, Permission.CASE_CHANGE, by=by, seen=seen)
    _change(case, changes, why=why, by=by, is_sure=is_sure)
    notices.holder_told(case, notices.CHANGED)


def _change(case: Case, changes: dict[str, Any], *, why: str, by: User, is_sure: bool) -> None:
    before = current_answers(case)
    if not any(before.get(name) != value for name, value in changes.items()):
        raise Invalid(message=N_("没有要变更的内容，请先改好再提交"))
    contradictions.ask_back_step(before, before | changes, set(changes), is_sure=is_sure)
    if phone := changes.get("phone"):
        changes = _follow_phone(case.holder, phone, changes, why=why, by=by)
    if not changes:
        return
    after = write_version(case, before | changes, why=why, by=by)
    _renew_facts(case, before, after, by=by)
    record("case.changed", case, by=by, union=case.union, fields=sorted(changes))


def _follow_phone(
    holder: Holder, phone: str, changes: dict[str, Any], *, why: str, by: User
) -> dict[str, Any]:
    """What is left to change now. The account keeps its own number; where the contact phone would open
    the household, a new one waits for a second person. Raises ChannelChangeOpen."""
    if channels.index_of(ChannelChange.Kind.CONTACT, phone) == holder.phone_index:
        return changes
    if channels.opens_household(holder):
        channels.ask(
            holder,
            ChannelChange.Kind.CONTACT,
            phone,
            old=holder.phone.reveal(),
            why=why or channels.TOLD_SO,
            by=by,
        )
        return {name: value for name, value in changes.items() if name != "phone"}
    channel_effects.enter_phone(holder, phone)
    holder.save(update_fields=["phone", "phone_index", "phone_tail"])
    return changes


@action
def add_member(
    case: Case,
    person: dict[str, Any],
    *,
    why: str,
    by: User,
    is_sure: bool = False,
    seen: str | None = None,
) -> Member:
    """新增家庭成员: a birth, a marriage, a parent who moves in. Raises AskedBack like `change`."""
    case = lock_active(case, Permission.CASE_CHANGE, by=by, seen=seen)
    before = current_answers(case)
    contradictions.ask_back_member({}, person, before, set(person), is_sure=is_sure)
    with refusing():
        member = _member(case, person)
    after = write_version(case, before, why=why, by=by)
    _renew_facts(case, before, after, by=by)
    record("case.member_added", case, by=by, union=case.union, member=str(member.pk))
    notices.holder_told(case, notices.CHANGED)
    return member


def _member(case: Case, person: dict[str, Any]) -> Member:
    details = {key: value for key, value in person.items() if key not in PERSON_COLUMNS}
    number = person.get("id_number", "")
    return Member.objects.create(
        holder=case.holder,
        relation=person["relation"],
        name=person["name"],
        id_number=number,
        id_index=blind_index("id", number) if number else "",
        details=details,
        is_on_live_file=True,
    )


PERSON_COLUMNS = {"relation", "name", "id_number"}


@action
def remove_member(
    case: Case, member: Member, *, why: str, by: User, seen: str | None = None
) -> None:
    """家庭成员离开: moved out, married away or died; the row stays, the person is free again."""
    case = lock_active(case, Permission.CASE_CHANGE, by=by, seen=seen)
    before = current_answers(case)
    others = case.holder.members.filter(left_on=None).exclude(relation=Member.SELF)
    if not others.filter(pk=member.pk).update(left_on=timezone.localdate(), is_on_live_file=False):
        raise WrongState(message=N_("这位家人已经移出，或者不在这户，请刷新后再看"))
    after = write_version(case, before, why=why, by=by)
    _renew_facts(case, before, after, by=by)
    record("case.member_left", case, by=by, union=case.union, member=str(member.pk))
    notices.holder_told(case, notices.CHANGED)


def _renew_facts(case: Case, before: dict[str, Any], after: dict[str, Any], *, by: User) -> None:
    old = facts.facts_in(before)
    for key, body in facts.facts_in(after).items():
        if body != old[key]:
            write_fact(case, key, body, by=by)


@action
def set_plan(
    case: Case,
    *,
    measures: list[str],
    text: str,
    target_on: date,
    progress: str,
    by: User,
    seen: str | None = None,
) -> None:
    """解困脱困计划: measures, target date and progress, as the union sees them now. `seen` is that of the plan."""
    case = lock_active(case, Permission.CASE_CHANGE, by=by)
    require_seen(seen, facts_shown(case)[facts.PLAN])
    write_fact(case, facts.PLAN, facts.plan_body(measures, text, target_on, progress), by=by)
    record("case.plan_set", case, by=by, union=case.union)


@action
def report_change(case: Case, changes: dict[str, Any], *, why: str, by: User) -> ChangeRequest:
    """申报变动: the worker says what is different; nothing changes until the union has checked."""
    if not case.holder.belongs_to(by):
        raise NotAllowed(message=N_("只能申报自己家庭的变动"))
    case = lock_now(case)
    require_active(case)
    with refusing():
        request = ChangeRequest.objects.create(case=case, changes=changes, why=why, asked_by=by)
    record("case.change_reported", case, by=by, union=case.union, request=str(request.pk))
    notices.change_reported(case)
    return request


@action
def accept_change(request: ChangeRequest, *, by: User, seen: str | None = None) -> None:
    """采纳变动: the union has checked it; the file changes and the worker is told."""
    case = lock_active(request.case, Permission.CASE_CHANGE, by=by)
    require_seen(seen, change_request_shown(request, case))
    request.transition_to(ChangeRequest.State.DONE, **_answered(by, N_("已核实并变更")))
    _change(case, request.changes.reveal(), why=N_("职工申报变动"), by=by, is_sure=True)
    notices.holder_told(case, notices.CHANGE_DONE, url="/own/change/")


@action
def decline_change(
    request: ChangeRequest, *, answer: str, by: User, seen: str | None = None
) -> None:
    """不采纳变动: with the sentence that the worker reads."""
    case = lock_case(request.case, Permission.CASE_CHANGE, by=by)
    require_seen(seen, change_request_shown(request, case))
    if not answer.strip():
        raise Invalid(fields={"answer": N_("请写明不采纳的原因，职工会看到")})
    request.transition_to(ChangeRequest.State.DECLINED, **_answered(by, answer))
    record("case.change_declined", request.case, by=by, union=request.case.union)
    notices.holder_told(request.case, notices.CHANGE_DECLINED, url="/own/change/")


def _answered(by: User, answer: str) -> dict[str, Any]:
    return {"answered_by": by, "answered_at": timezone.now(), "answer": answer}
