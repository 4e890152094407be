"""户: the holder and the people of the household, as the application tells of them."""

from collections.abc import Container
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User
from mashang.cases.actions import channels, household_marks
from mashang.cases.form.conditions import members_of
from mashang.cases.form.consents import VERSION
from mashang.cases.form.fields import Answers
from mashang.cases.models import Application, Attachment, Case, Holder, Member
from mashang.core.db.action import action
from mashang.core.privacy import store
from mashang.core.privacy.keys import blind_index

SELF = "self"
_COLUMNS = ("key", "name", "id_number", "relation")


def sync(
    application: Application, answers: dict[str, Any], *, changed: Container[str], by: User
) -> None:
    """Bring holder and members up to what was told. One-off aid tells of the holder only.

    `changed` names the answers that this act brought; a phone or account that others would be reached
    or paid by waits for a second person (`channels`).
    """
    holder = application.holder
    if live_case(holder) is None:  # without a file it belongs where it last applied
        holder.union, holder.union_path = application.union, application.union_path
    _enter_holder(holder, answers)
    channels.follow_answers(application, holder, answers, changed=changed, by=by)
    holder.save()
    household_marks.add(holder, answers)
    people: list[Answers] = [{**answers, "relation": SELF}]
    if application.kind == Application.Kind.FILE:
        people += [member for member in members_of(answers) if "id_number" in member]
    _enter_members(holder, people, is_whole=application.kind == Application.Kind.FILE)


def live_case(holder: Holder) -> Case | None:
    """The household's file, if one is live."""
    cases = Case.objects.filter(holder=holder, state=Case.State.ACTIVE)
    return cases.select_related("union").first()


def drop_papers(application: Application) -> None:
    """Photos of a draft that ends: the rows say that there were some, the bytes go."""
    papers = application.attachments.filter(removed_at=None)
    forget_papers(papers)


def forget_papers(papers: QuerySet[Attachment]) -> None:
    """The rows stay, marked; the bytes go when the act is sure."""
    for name in papers.values_list("blob", flat=True):
        transaction.on_commit(partial(store.remove, name))
    papers.update(removed_at=timezone.now())


def keep_consents(
    application: Application, ticks: dict[str, bool], *, by: User, way: str = Consent.Way.SELF
) -> None:
    """The ticks of the household, each a row of its own."""
    consents.set_all(
        application.holder_id, ticks, version=VERSION, by=by, way=way, union=application.union
    )


def _enter_holder(holder: Holder, answers: dict[str, Any]) -> None:
    holder.name = answers["name"]
    holder.id_number, holder.id_index = answers["id_number"], _index(answers["id_number"])
    holder.id_tail = answers["id_number"][-4:]


@action
def note_phone_tails(most: int = 500) -> int:
    """补记尾号: of households that were entered before it was kept; returns how many this time."""
    rows = Holder.objects.unscoped(why="the clock; only the last four digits are kept")
    rows = rows.filter(phone_tail="").exclude(phone_index="").select_related("data_key")
    rows = rows.filter(data_key__destroyed_at=None)
    for holder in (found := list(rows[:most])):
        rows.filter(pk=holder.pk).update(phone_tail=holder.phone.reveal()[-4:])
    return len(found)


def _enter_members(holder: Holder, people: list[Answers], *, is_whole: bool) -> None:
    here = {m.id_index: m for m in holder.members.filter(left_on=None)}
    for person in people:
        index = _index(person["id_number"])
        known = here.pop(index) if index in here else None
        _enter_member(known or Member(holder=holder, id_index=index), person)
    if is_whole and not any(member.is_on_live_file for member in here.values()):
        holder.members.filter(pk__in=[m.pk for m in here.values()]).update(
            left_on=timezone.localdate()
        )


def _enter_member(member: Member, person: Answers) -> None:
    member.name, member.id_number = person["name"], person["id_number"]
    member.relation = person["relation"]
    is_self = person["relation"] == SELF
    member.details = {} if is_self else _details(person)
    member.save()


def _details(person: Answers) -> dict[str, Any]:
    return {name: value for name, value in person.items() if name not in _COLUMNS}


def _index(number: str) -> str:
    return blind_index("id", number)
