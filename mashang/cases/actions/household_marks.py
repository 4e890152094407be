"""比对标记: by which account and at which door a household is known, kept beside the sealed answers that tell it."""

from collections.abc import Mapping
from typing import Any

from mashang.cases.addresses import exact_address
from mashang.cases.models import Application, Case, CaseVersion, Holder, HouseholdMark
from mashang.core.db.action import action
from mashang.core.privacy.keys import blind_index
from mashang.reference.queries import lineage

SPELLING = 1  # count up when `exact_address` spells otherwise: every household is then marked anew
Kind = HouseholdMark.Kind


def mark(holder: Holder, answers: Mapping[str, Any]) -> None:
    """As the answers tell it now. What they say nothing of stays as it was (one-off aid may name no home)."""
    wanted = {(Kind.ACCOUNT, index) for index in _accounts(holder, answers)}
    told = {Kind.ACCOUNT}
    if "address" in answers:
        told.add(Kind.HOME)
        wanted |= {(Kind.HOME, index) for index in _homes(answers)}
    _replace(holder, told, wanted)


def note_payee(holder: Holder) -> None:
    """The account to which is paid from now on, beside those that the file tells of."""
    if holder.payee_index:
        HouseholdMark.objects.get_or_create(
            holder=holder, kind=Kind.ACCOUNT, index=holder.payee_index
        )


def _accounts(holder: Holder, answers: Mapping[str, Any]) -> set[str]:
    card = answers.get("card_number")
    return {holder.payee_index, blind_index("account", card) if card else ""} - {""}


def _homes(answers: Mapping[str, Any]) -> set[str]:
    region = str(answers.get("address_region") or "")
    places = [place.name for place in lineage(region)] if region else []
    home = exact_address(str(answers["address"] or ""), region=region, places=places)
    return {blind_index("home", home)} if home else set()


def _replace(holder: Holder, told: set[Kind], wanted: set[tuple[Kind, str]]) -> None:
    rows = HouseholdMark.objects.filter(holder=holder)
    known = {(row.kind, row.index): row.pk for row in rows}
    gone = [
        pk for (kind, index), pk in known.items() if kind in told and (kind, index) not in wanted
    ]
    if gone:
        rows.filter(pk__in=gone).delete()
    for kind, index in wanted - set(known):
        HouseholdMark.objects.get_or_create(holder=holder, kind=kind, index=index)
    if holder.marked_as != SPELLING:
        holder.marked_as = SPELLING
        holder.save(update_fields=["marked_as"])


@action
def mark_old_households(most: int = 200) -> int:
    """补记标记: of households that were entered before there were any, or under another spelling of homes;
    returns how many this time."""
    rows = Holder.objects.unscoped(why="the clock; only blind indexes are kept")
    rows = rows.exclude(marked_as=SPELLING).exclude(id_index="").filter(data_key__destroyed_at=None)
    for holder in (found := list(rows.select_related("data_key")[:most])):
        mark(holder, _answers_of(holder))
    return len(found)


def _answers_of(holder: Holder) -> dict[str, Any]:
    """What the household's file says, else what its last application said; nothing of a form half filled in."""
    case = Case.objects.filter(holder=holder).first()
    version = case and CaseVersion.objects.filter(case=case, number=case.version).first()
    if version:
        return dict(version.body.reveal())
    handed_in = Application.objects.filter(holder=holder).exclude(submitted_at=None)
    newest = handed_in.order_by("-submitted_at").first()
    return dict(newest.answers.reveal()) if newest else {}
