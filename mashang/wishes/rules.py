"""规则: the numbers of the wish service, as dated cards of the unions over the defaults of the field."""

import json
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import DateField, Q
from django.utils.translation import gettext as _

from mashang.core.db.compiled import CompiledQuery, Param
from mashang.core.errors import Invalid
from mashang.core.money import yuan
from mashang.reference.workdays import add_workdays
from mashang.unions.models import RuleCard, Union

CARD_KIND = "wish"
WORKDAYS_TO_CHECK = 3  # each of the two steps of moderation
_LEVELS = 10  # as deep as a path of the tree may be
_DATA = Path(__file__).parent / "data/rules.json"


@dataclass(frozen=True)
class WishRules:
    """What holds at one union on one day (hardship facts D3). Money in fen."""

    cap_fen: int
    phone_up_to_fen: int
    fulfilled_a_year: int
    same_category_months: int
    workdays_to_fulfil: int
    workdays_of_extension: int
    claims_per_person: int
    claims_per_organisation: int
    days_unclaimed: int
    days_to_confirm: int
    least_alike: int
    workdays_to_answer: int
    may_go_home: int  # 1 or 0


def arrives_by(rules: WishRules, today: date) -> date:
    """The last day by which a wish of today is here if all takes as long as it may and one claims at once."""
    return add_workdays(today, 2 * WORKDAYS_TO_CHECK + rules.workdays_to_fulfil)


@cache
def _bundled() -> dict[str, Any]:
    rules: dict[str, Any] = json.loads(_DATA.read_text())
    return rules


def defaults() -> dict[str, Any]:
    """The bundled numbers: code → {label, value, least, most}."""
    numbers: dict[str, Any] = _bundled()["numbers"]
    return numbers


def default_source() -> str:
    """Where the bundled numbers come from."""
    return str(_bundled()["source"])


def rules_at(union: Union, on: date) -> WishRules:
    """The rules in force at a union; of several cards the nearest union's newest decides. One query."""
    numbers = {name: spec["value"] for name, spec in defaults().items()}
    for card in _cards(union, on):
        if card.code in numbers:
            numbers[card.code] = int(card.body["value"])
    return WishRules(**{field.name: numbers[field.name] for field in fields(WishRules)})


def card_body(code: str, value: int) -> dict[str, Any]:
    """A number as a card keeps it. Raises Invalid outside the bounds that every union must keep."""
    spec = defaults()[code]
    if not spec["least"] <= value <= spec["most"]:
        bounds = {name: said_value(code, spec[name]) for name in ("least", "most")}
        raise Invalid(fields={"value": _("要在 %(least)s 到 %(most)s 之间") % bounds})
    return {"value": value, "label": spec["label"]}


def is_money(code: str) -> bool:
    """Kept in fen; people read and type yuan."""
    return code.endswith("_fen")


def label_of(code: str) -> str:
    """What a number decides, as people read it: in yuan where it is kept in fen."""
    return str(defaults()[code]["label"])


def said_value(code: str, value: int) -> str:
    return yuan(value) if is_money(code) else str(value)


def _cards(union: Union, on: date) -> list[RuleCard]:
    """From the province down, so that the nearest comes last."""
    above = {f"above{level}": union.path[: 2 + 4 * level] for level in range(_LEVELS)}
    cards = CARDS_IN_FORCE.all(on=on, **above)
    return sorted(cards, key=lambda card: (len(card.union.path), card.valid_from))


def _cards_in_force() -> Any:
    path, on = Union._meta.get_field("path"), Param("on", DateField())
    above = [Param(f"above{level}", path) for level in range(_LEVELS)]
    cards = RuleCard.objects.filter(kind=CARD_KIND, union__path__in=above, valid_from__lte=on)
    return cards.filter(Q(valid_to=None) | Q(valid_to__gte=on)).select_related("union")


CARDS_IN_FORCE: CompiledQuery[Any] = CompiledQuery(_cards_in_force)
