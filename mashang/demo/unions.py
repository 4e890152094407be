"""演示工会: Guangxi's union tree for the demo and the tests of big pages.

The province, its 14 cities and all their counties are real places; below them stand made-up bodies
(tree.json) under made-up credit codes: no organisation's number begins XXXX.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from mashang.core.privacy.identity import credit_check_digit
from mashang.reference.models import Region
from mashang.reference.queries import children, region
from mashang.unions.actions import tree as tree_actions
from mashang.unions.actions.tree import Particulars
from mashang.unions.models import Union

PROVINCE = "450000"
_BOOK = Path(__file__).parent / "tree.json"
_FIRST_PHONE = 990_000_000  # behind the phones of the demo's households


@dataclass(frozen=True)
class Seedling:
    """One union body as the demo founds it; the province has no parent."""

    key: str  # region code, or the body's own code below the counties
    parent: str
    kind: str
    particulars: Particulars


@dataclass(frozen=True)
class Employer:
    """Where the members of a grass-roots union work."""

    name: str
    industry: str
    kind: str


def build_tree(*, on: date) -> dict[str, Union]:
    """Found every body of the demo, parents first; the regions must be loaded.

    The keys are region codes down to the counties, and the codes of tree.json below.
    """
    tree: dict[str, Union] = {}
    for seedling in seedlings(on):
        tree[seedling.key] = _founded(seedling, tree.get(seedling.parent))
    return tree


def seedlings(on: date) -> Iterator[Seedling]:
    """The bodies of the demo in an order in which each one's parent comes before it."""
    rows = [*_governed(on), *_entered("towns", "town"), *_entered("grassroots", "grassroots")]
    return (_seedling(serial, row) for serial, row in enumerate(rows))


def _seedling(serial: int, row: dict[str, str]) -> Seedling:
    particulars = Particulars(
        name=row["name"],
        region_code=row["key"][:6],
        credit_code=_credit_code(row["kind"], row["key"][:6], serial),
        address=row["address"],
        contact_name=row["contact"],
        contact_phone=f"12{_FIRST_PHONE + serial:09}",
    )
    return Seedling(row["key"], row["parent"], row["kind"], particulars)


def _founded(seedling: Seedling, parent: Union | None) -> Union:
    particulars = seedling.particulars
    if parent is None:
        return tree_actions.found_province(particulars)
    own_code = seedling.key if "-" in seedling.key else ""
    return tree_actions.found(parent, seedling.kind, particulars, by=None, code=own_code)


@cache
def employers() -> dict[str, Employer]:
    """The firms behind the demo's grass-roots unions, by the union's code."""
    return {
        row["code"]: Employer(
            row["name"].removesuffix("工会"), row["industry"], row["employer_kind"]
        )
        for row in _book()["grassroots"]
    }


def _governed(on: date) -> Iterator[dict[str, str]]:
    """The bodies that follow the map: province, cities, counties."""
    province = region(PROVINCE, on)
    if province is None:
        raise LookupError("load the regions first: mashang load-reference")
    yield _of_region(province, "", "province")
    for city in children(PROVINCE, on):
        yield _of_region(city, PROVINCE, "city")
    for county in Region.objects.on(on).filter(level="county", code__startswith=PROVINCE[:2]):
        yield _of_region(county, county.parent_code, "county")


def _of_region(place: Region, parent: str, kind: str) -> dict[str, str]:
    return {
        "key": place.code,
        "parent": parent,
        "kind": kind,
        "name": f"{place.name}总工会",
        "address": f"{place.name}职工服务中心",
        "contact": "帮扶中心",
    }


def _entered(level: str, kind: str) -> Iterator[dict[str, str]]:
    return ({**row, "key": row["code"], "kind": kind} for row in _book()[level])


def _credit_code(kind: str, region_code: str, serial: int) -> str:
    """81 for a grass-roots union, 89 for every other body of the unions (GB 32100)."""
    first_17 = f"8{1 if kind == 'grassroots' else 9}{region_code}XXXX{serial:05}"
    return first_17 + credit_check_digit(first_17)


@cache
def _book() -> dict[str, Any]:
    book: dict[str, Any] = json.loads(_BOOK.read_text(encoding="utf-8"))
    return book
