"""档案怎么看: the six facts, who looked, what is unusual; plain rows for pages."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import is_withdrawn
from mashang.cases.facts import without_health
from mashang.cases.models import Case, Fact, Holder, Member, Pairing
from mashang.core.db.compiled import CompiledQuery, Param

STALE_AFTER = timedelta(days=365)  # older facts are marked “to be verified” (facts of the field, E)


@dataclass(frozen=True)
class FactRow:
    """One of the six facts, ready to be read."""

    key: str
    title: str
    lines: list[tuple[str, str]]
    checked_on: date
    is_stale: bool


# Behind every helper's scan, so it is compiled once.
FACTS_OF_CASE: CompiledQuery[Fact] = CompiledQuery(
    lambda: (
        Fact.objects.unscoped(why="found by the file or by the household that the caller has")
        .filter(case=Param("case", Case._meta.pk))
        .annotate(hides_health=is_withdrawn("case__holder_id", Consent.Purpose.HEALTH))
    )
)


def six_facts(case: Case) -> list[FactRow]:
    """The six facts in the order of Baise's card; one query."""
    today = timezone.localdate()
    facts = {fact.key: fact for fact in FACTS_OF_CASE.all(case=case.pk)}
    for fact in facts.values():
        fact.case = case  # and so they know its key
    return [_row(facts[key], today) for key in Fact.Key.values if key in facts]


def _row(fact: Fact, today: date) -> FactRow:
    lines = [(label, text) for label, text in fact.body.reveal()["lines"]]
    if fact.key == Fact.Key.CAUSE and fact.hides_health:  # type: ignore[attr-defined]
        lines = without_health(lines)
    is_stale = today - fact.checked_on > STALE_AFTER
    return FactRow(fact.key, fact.get_key_display(), lines, fact.checked_on, is_stale)


def is_helper(user: User | AnonymousUser) -> bool:
    """Whether somebody is paired with a family today."""
    return user.is_authenticated and Pairing.objects.own(user).live().exists()


def is_on_file(user: User | AnonymousUser) -> bool:
    """Whether this worker's household has a live file today."""
    if not user.is_authenticated:
        return False
    return Case.objects.own(user).filter(state=Case.State.ACTIVE).exists()


@dataclass(frozen=True)
class Duplicate:
    """Another household with one of these people: enough to know whom to ask, nothing about them."""

    relation: str
    union_name: str  # the nearest union above both, where the question can be settled
    is_on_live_file: bool


def duplicates_of(holder: Holder) -> list[Duplicate]:
    """People of this household who also stand in another one, by blind index.

    Says in which relation the person stands *here* and which common upper union can settle it;
    of the other household it shows nothing, whoever asks.
    """
    own_members = {m.id_index: m for m in Member.objects.of_holder(holder) if m.id_index}
    others = (
        Member.objects.unscoped(why="found by the file or by the household that the caller has")
        .filter(id_index__in=own_members, left_on=None)
        .exclude(holder=holder)
    )
    others = others.filter(holder__merged_into=None).select_related("holder__union")
    return [
        Duplicate(
            relation=own_members[other.id_index].relation,
            union_name=_common_union(holder, other.holder),
            is_on_live_file=other.is_on_live_file,
        )
        for other in others
    ]


def _common_union(one: Holder, other: Holder) -> str:
    union: Any = one.union
    while union and not other.union_path.startswith(union.path):
        union = union.parent
    return union.name if union else N_("上级工会")
