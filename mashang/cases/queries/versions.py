"""档案版本: what a file says now, what changed from one version to the next, side by side and masked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.accounts.queries import has_withdrawn
from mashang.cases.form import forms, lists
from mashang.cases.form.checks import choices_of
from mashang.cases.form.conditions import is_child
from mashang.cases.form.fields import Field, Kind, Level
from mashang.cases.form.parse import say
from mashang.cases.models import Case, CaseVersion, ChangeRequest, Member
from mashang.cases.queries.places import region_choices
from mashang.core.privacy.masks import VEIL, mask_id, mask_name, mask_phone
from mashang.core.wording import unaddressed

Answers = Mapping[str, Any]
Row = tuple[str, str, str]  # label, before, after
_WORDS = {
    "members": N_("家庭成员"),
    "members_note": N_("家里人的变化"),
    "lives_alone": N_("一个人住"),
}
_NUMBERS = (Kind.ID_NUMBER, Kind.PHONE, Kind.CARD)
_SHOWN = {"main_cause", "other_causes"}  # they stand in the six facts


@dataclass(frozen=True)
class VersionRow:
    holder_id: UUID
    case_no: str  # of the file that was merged into this one, for its versions; else empty
    number: int
    at: datetime
    who: str
    why: str
    changed: str


@dataclass(frozen=True)
class Person:
    """Somebody of the household as the desk reads it."""

    pk: str
    relation: str
    name: str
    number: str
    does: str
    is_holder: bool


def answers_of(case: Case) -> Answers:
    """What the file says now, in plain."""
    rows = CaseVersion.objects.of_case(case).filter(number=case.version)
    newest = rows.select_related("case__holder__data_key").first()
    return newest.body.reveal() if newest else {}


def versions_of(case: Case) -> list[VersionRow]:
    """Newest first, those of merged files too; what the versions say is not opened for this."""
    rows = CaseVersion.objects.of_household(case.holder).select_related("by", "case").defer("body")
    return [_version(row, case) for row in rows.order_by("-created_at", "-number")]


def _version(row: CaseVersion, case: Case) -> VersionRow:
    return VersionRow(
        holder_id=row.case.holder_id,
        case_no=row.case.case_no if row.case_id != case.pk else "",
        number=row.number,
        at=row.created_at,
        who=row.by.name,
        why=row.why,
        changed=_labels(row.changed),
    )


def compared(case: Case, number: int) -> list[Row]:
    """What version `number` changed, beside the version before it."""
    rows = CaseVersion.objects.of_case(case).filter(number__in=(number - 1, number))
    bodies = {
        row.number: row.body.reveal() for row in rows.select_related("case__holder__data_key")
    }
    before, after = bodies.get(number - 1, {}), bodies.get(number, {})
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return _rows(names, before, after)


def asked_for(case: Case, request: ChangeRequest, now: Answers) -> list[Row]:
    """What the worker reports, beside what the file says now."""
    changes = request.changes.reveal()
    return _rows(changes, now, changes)


@dataclass(frozen=True)
class Hidden:
    """Something of the household that the desk shows masked."""

    key: str
    label: str
    mask: str


def hidden_of(case: Case) -> list[Hidden]:
    """What stands masked in the head of a file."""
    holder = case.holder
    phone = str(mask_phone(holder.phone.reveal())) if holder.phone else ""
    rows = [
        Hidden("phone", N_("手机号"), phone),
        Hidden("id_number", N_("身份证号"), str(mask_id(holder.id_number.reveal()))),
        Hidden("address", N_("住址"), VEIL),
    ]
    if request := open_request(case):
        changes = request.changes.reveal()
        veiled = [
            _fields()[name] for name in changes if name in _fields() and _is_veiled(_fields()[name])
        ]
        rows += [
            Hidden(
                f"new-{f.name}",
                _("申报的%(label)s") % {"label": _(unaddressed(f.label))},
                VEIL,
            )
            for f in veiled
        ]
    return [row for row in rows if row.mask]


def plain_of(case: Case, key: str, now: Answers) -> str:
    """The plain words behind one of `hidden_of`."""
    holder = case.holder
    if key in ("phone", "id_number"):
        return str(getattr(holder, key).reveal())
    if key == "address":
        return str(now.get("address") or N_("没有填"))
    request = open_request(case)
    return str(request.changes.reveal().get(key.removeprefix("new-"), "")) if request else ""


def open_request(case: Case) -> ChangeRequest | None:
    rows = ChangeRequest.objects.of_case(case).filter(state=ChangeRequest.State.ASKED)
    return rows.select_related("case__holder__data_key", "case__union", "asked_by").first()


def people_of(case: Case) -> list[Person]:
    """Those who live with the holder now, the holder first; names and numbers masked."""
    members = Member.objects.of_holder(case.holder).filter(left_on=None)
    hides = has_withdrawn(case.holder_id, Consent.Purpose.CHILDREN)
    rows = [_person(member, hides) for member in members.select_related("holder__data_key")]
    return sorted(rows, key=lambda row: not row.is_holder)


def _person(member: Member, hides_children: bool) -> Person:
    """One line; of a child nothing but the relation, where the family took its consent back."""
    if hides_children and is_child(member.details.reveal()):
        relation = lists.RELATION.get(member.relation, N_("家人"))
        return Person(str(member.pk), relation, VEIL, VEIL, "", is_holder=False)
    is_holder = member.relation == Member.SELF
    relation = N_("本人") if is_holder else lists.RELATION.get(member.relation, N_("家人"))
    does = lists.IDENTITY.get(member.details.reveal().get("identity", ""), "")
    number = str(mask_id(member.id_number.reveal()))
    name = str(mask_name(member.name.reveal()))
    return Person(str(member.pk), relation, name, number, does, is_holder)


def _rows(names: Iterable[str], before: Answers, after: Answers) -> list[Row]:
    return [(_label(name), _said(name, before), _after(name, before, after)) for name in names]


def _after(name: str, before: Answers, after: Answers) -> str:
    """Two veiled values look the same: then it is said that they are not."""
    shown = _said(name, after)
    hides = shown == _said(name, before) and before.get(name) != after.get(name)
    return _("%(shown)s（有变化）") % {"shown": shown} if hides else shown


def _labels(names: Iterable[str]) -> str:
    return "、".join(_label(name) for name in names)


def _label(name: str) -> str:
    field = _fields().get(name)
    return unaddressed(field.label) if field else _WORDS.get(name, name)


def _said(name: str, answers: Answers) -> str:
    value, field = answers.get(name), _fields().get(name)
    if name == "members":
        return "、".join(_of_member(member) for member in value or []) or N_("只有本人")
    if value in (None, "", []):
        return N_("没有填")
    if field is None:
        return str(value)
    if _is_veiled(field):
        return VEIL
    return say(field, value, choices_of(field, _regions(field)))


def _is_veiled(field: Field) -> bool:
    return field.level is Level.P4 and field.kind not in _NUMBERS and field.name not in _SHOWN


def _of_member(member: Answers) -> str:
    relation = lists.RELATION.get(member.get("relation", ""), N_("家人"))
    return f"{relation} {mask_name(member.get('name', ''))}"


def _regions(field: Field) -> lists.Choices:
    return region_choices() if field.kind is Kind.REGION else {}


@cache
def _fields() -> dict[str, Field]:
    return {field.name: field for step in forms.FORMS["file"] for field in step.fields}
