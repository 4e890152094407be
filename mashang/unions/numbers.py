"""规则数: numbers which unions set by dated cards over the defaults that a room ships as data."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import DateField, Q
from django.utils.translation import gettext as _

from mashang.core.db.compiled import CompiledQuery, Param
from mashang.core.errors import Invalid
from mashang.core.money import yuan
from mashang.unions.models import RuleCard, Union

_LEVELS = 10  # as deep as a path of the tree may be


@dataclass(frozen=True)
class Numbers:
    """The numbers of one room: `kind` of its cards, `data` with label, value, least and most of each code."""

    kind: str
    data: Path

    def defaults(self) -> dict[str, Any]:
        """The bundled numbers: code → {label, value, least, most}."""
        numbers: dict[str, Any] = _bundled(self.data)["numbers"]
        return numbers

    def source(self) -> str:
        """Where the bundled numbers come from."""
        return str(_bundled(self.data)["source"])

    def unchanged(self) -> dict[str, int]:
        """What holds where no union has set anything."""
        return {name: int(spec["value"]) for name, spec in self.defaults().items()}

    def at(self, union: Union, on: date) -> dict[str, int]:
        """Those in force at a union; of several cards the nearest union's newest decides. One query."""
        numbers = self.unchanged()
        for card in _cards(self.kind, union, on):
            if card.code in numbers:
                numbers[card.code] = int(card.body["value"])
        return numbers

    def body(self, code: str, value: int) -> dict[str, Any]:
        """A number as a card keeps it. Raises Invalid outside the bounds that every union must keep."""
        spec = self.defaults()[code]
        if not spec["least"] <= value <= spec["most"]:
            bounds = {name: said_value(code, spec[name]) for name in ("least", "most")}
            raise Invalid(fields={"value": _("要在 %(least)s 到 %(most)s 之间") % bounds})
        return {"value": value, "label": spec["label"]}

    def label_of(self, code: str) -> str:
        """What a number decides, as people read it: in yuan where it is kept in fen."""
        return str(self.defaults()[code]["label"])


def is_money(code: str) -> bool:
    """Kept in fen; people read and type yuan."""
    return code.endswith("_fen")


def said_value(code: str, value: int) -> str:
    return yuan(value) if is_money(code) else str(value)


@cache
def _bundled(path: Path) -> dict[str, Any]:
    rules: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return rules


def _cards(kind: str, union: Union, on: date) -> list[RuleCard]:
    """From the province down, so that the nearest comes last."""
    above = {f"above{level}": union.path[: 2 + 4 * level] for level in range(_LEVELS)}
    cards = CARDS_IN_FORCE.all(kind=kind, on=on, **above)
    return sorted(cards, key=lambda card: (len(card.union.path), card.valid_from))


def _cards_in_force() -> Any:
    path, on = Union._meta.get_field("path"), Param("on", DateField())
    kind: Any = Param("kind", RuleCard._meta.get_field("kind"))
    above = [Param(f"above{level}", path) for level in range(_LEVELS)]
    cards = RuleCard.objects.filter(kind=kind, union__path__in=above, valid_from__lte=on)
    return cards.filter(Q(valid_to=None) | Q(valid_to__gte=on)).select_related("union")


CARDS_IN_FORCE: CompiledQuery[Any] = CompiledQuery(_cards_in_force)
