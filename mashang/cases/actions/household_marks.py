"""比对标记: by which account and at which door a household is known, kept beside the sealed answers that tell it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from mashang.cases.addresses import exact_address
from mashang.cases.models import Application, Case, CaseVersion, Holder, HouseholdMark
from mashang.core.db.action import action
from mashang.core.db.locks import locked
from mashang.core.each import each_by_itself
from mashang.core.privacy.keys import blind_index
from mashang.reference.queries import lineage

SPELLING = 1  # count up when `exact_address` spells otherwise: every household is then marked anew
Kind = HouseholdMark.Kind
Mark = tuple[str, str]  # kind, blind index


def add(holder: Holder, answers: Mapping[str, Any]) -> None:
    """What an application tells, beside what the file tells: nobody has confirmed yet that it takes its place."""
    if holder.marked_as < SPELLING:
        mark(holder, _answers_of(holder))  # or the clock would take the household for marked
    _, wanted = _told(holder, answers)
    _keep(holder, wanted)


def mark(holder: Holder, answers: Mapping[str, Any]) -> None:
    """As the file tells it now. What the answers say nothing of stays as it was."""
    told, wanted = _told(holder, answers)
    rows = HouseholdMark.objects.filter(holder=holder, kind__in=told)
    gone = [row.pk for row in rows if (row.kind, row.index) not in wanted]
    if gone:
        rows.filter(pk__in=gone).delete()
    _keep(holder, wanted)


def note_payee(holder: Holder) -> None:
    """The account to which is paid from now on, beside those that the file tells of."""
    if holder.payee_index:
        HouseholdMark.objects.get_or_create(
            holder=holder, kind=Kind.ACCOUNT, index=holder.payee_index
        )


def _told(holder: Holder, answers: Mapping[str, Any]) -> tuple[set[Kind], set[Mark]]:
    """The kinds of which the answers speak, and the marks that follow from them."""
    told: set[Kind] = set()
    accounts, homes = {holder.payee_index}, set[str]()
    if "card_number" in answers:
        told.add(Kind.ACCOUNT)
        card = answers["card_number"]
        accounts.add(blind_index("account", card) if card else "")
    if "address" in answers:
        told.add(Kind.HOME)
        homes = _homes(answers)
    marks = [(Kind.ACCOUNT, one) for one in accounts if one] + [(Kind.HOME, one) for one in homes]
    return told, {(str(kind), index) for kind, index in marks}


def _homes(answers: Mapping[str, Any]) -> set[str]:
    region = str(answers.get("address_region") or "")
    places = [place.name for place in lineage(region)] if region else []
    home = exact_address(str(answers["address"] or ""), region=region, places=places)
    return {blind_index("home", home)} if home else set()


def _keep(holder: Holder, wanted: set[Mark]) -> None:
    known = set(HouseholdMark.objects.filter(holder=holder).values_list("kind", "index"))
    for kind, index in wanted - known:
        HouseholdMark.objects.get_or_create(holder=holder, kind=kind, index=index)
    if holder.marked_as != SPELLING:
        holder.marked_as = SPELLING
        holder.save(update_fields=["marked_as"])


def mark_old_households(most: int = 200) -> int:
    """补记标记: of households that were entered before there were any, or under another spelling of homes;
    returns how many this time."""
    return each_by_itself(_mark_old, list(_unmarked().order_by("marked_as", "pk")[:most]))


def _unmarked() -> QuerySet[Holder]:
    rows = Holder.objects.unscoped(why="the clock; only blind indexes are kept")
    rows = rows.filter(marked_as__lt=SPELLING, data_key__destroyed_at=None)
    return rows.exclude(id_index="")


@action
def _mark_old(holder: Holder) -> bool:
    """Locked first: whoever hands in at that moment is waited for, or waits."""
    found = locked(_unmarked().filter(pk=holder.pk).select_related("data_key")).first()
    if found is not None:
        mark(found, _answers_of(found))
    return found is not None


def _answers_of(holder: Holder) -> dict[str, Any]:
    """What the household's file says, else what its last application said; nothing of a form half filled in."""
    case = Case.objects.filter(holder=holder).first()
    version = case and CaseVersion.objects.filter(case=case, number=case.version).first()
    if version:
        return dict(version.body.reveal())
    handed_in = Application.objects.filter(holder=holder).exclude(submitted_at=None)
    newest = handed_in.order_by("-submitted_at").first()
    return dict(newest.answers.reveal()) if newest else {}
