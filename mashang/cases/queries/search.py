"""查找: households within the scope, by number of application or file, name, phone, or last four digits.

Dots, blanks, full width and invisible characters are forgiven; of a name with a dot the second part is enough.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, Value
from django.db.models.functions import Replace

from mashang.accounts.models import User
from mashang.cases.models import Application, Case, Holder
from mashang.cases.queries.access import leads_on
from mashang.core.privacy.identity import normalise_phone
from mashang.core.privacy.keys import blind_index
from mashang.core.privacy.masks import Masked, mask_name
from mashang.core.typed import one_name, squeezed

MOST = 20
_TAIL = re.compile(r"\d{3}[\dXx]")
_NUMBER = re.compile(r"[A-Za-z]{1,3}\d{4,}")
_PHONE = re.compile(r"1\d{10}")
_DOT = "·"


@dataclass(frozen=True)
class Found:
    """One household: enough to be recognised, the newest application and the file to go on to, where they lead on."""

    name: Masked
    id_tail: str
    union: str
    holder_id: UUID
    application_id: UUID | None
    application_number: str
    application_state: str
    case_no: str
    leads_on: bool


def find(user: User, words: str) -> list[Found]:
    """At most twenty; the shape of the words says what they are. Nothing outside the scope exists."""
    matching = _matching(user, words)
    if matching is None:
        return []
    holders = Holder.objects.known_to(user).alias(undotted=Replace("name", Value(_DOT), Value("")))
    holders = holders.filter(matching, merged_into=None)
    page = list(holders.select_related("union").order_by("name", "pk")[:MOST])
    return _with_newest(user, page)


def _matching(user: User, words: str) -> Q | None:
    """None where nothing is left of the words."""
    number, name = squeezed(words).upper(), one_name(words)
    if _TAIL.fullmatch(number):
        return Q(id_tail=number) | Q(phone_tail=number)
    if _PHONE.fullmatch(phone := normalise_phone(words)):
        return Q(phone_index=blind_index("phone", phone))
    if _NUMBER.fullmatch(number):
        applications = Application.objects.visible_to(user).filter(number=number)
        cases = Case.objects.visible_to(user).filter(case_no=number)
        return Q(pk__in=applications.values("holder_id")) | Q(pk__in=cases.values("holder_id"))
    return _named(name) if name else None


def _named(name: str) -> Q:
    """From the beginning, from the part behind a dot, or typed without the dot."""
    return (
        Q(name__startswith=name)
        | Q(name__contains=_DOT + name)
        | Q(undotted__startswith=name.replace(_DOT, ""))
    )


def _with_newest(user: User, holders: list[Holder]) -> list[Found]:
    applications = Application.objects.visible_to(user).filter(holder__in=holders)
    submitted = applications.exclude(state=Application.State.DRAFT).defer("answers")
    newest = {row.holder_id: row for row in submitted.order_by("submitted_at")}
    cases = {row.holder_id: row for row in Case.objects.visible_to(user).filter(holder__in=holders)}
    leading = leads_on(user, holders)
    return [_found(h, newest.get(h.pk), cases.get(h.pk), h.pk in leading) for h in holders]


def _found(
    holder: Holder, application: Application | None, case: Case | None, leads: bool
) -> Found:
    return Found(
        name=mask_name(holder.name),
        id_tail=holder.id_tail,
        union=holder.union.name,
        holder_id=holder.pk,
        application_id=application.pk if application else None,
        application_number=(application.number or "") if application else "",
        application_state=application.get_state_display() if application else "",
        case_no=case.case_no if case else "",
        leads_on=leads,
    )
