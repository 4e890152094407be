"""怎么说才认不出是谁家: the public words of a family, and how many households they fit (k).

A description is an age band, a place and for whom. The narrowest is tried first; while it fits fewer
than `least_alike` households on file, a broader one is taken: town → county → city, a wider age band,
no age, then the whole family instead of a relation, and in the end nothing at all. What the words beside
it say of the family makes it broader still (`least_for`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from mashang.cases.models import Case, Holder, Member
from mashang.core.errors import DomainError
from mashang.core.privacy.identity import parse_id_number
from mashang.screening.told import commonplaces
from mashang.unions import queries as unions
from mashang.unions.models import Union
from mashang.unions.scope import in_branches
from mashang.wishes.models import ForWhom

MOST_COUNTED = 50  # beyond, it is enough to know “fifty or more”
MORE_THAN_COUNTED = MOST_COUNTED + 1  # only the last rung, which says nothing, is broad enough
CHILD_UNDER = 14  # 个保法第二十八条: everything about them is sensitive
_BODIES = ("总工会", "街道工会", "工会委员会", "工会")
_TOWNS = ("镇", "乡", "街道")
_RELATIONS = {
    ForWhom.SPOUSE: ("spouse",),
    ForWhom.CHILD: ("son", "daughter", "grandchild", "daughter_child"),
    ForWhom.PARENT: (
        "father",
        "mother",
        "wife_father",
        "wife_mother",
        "husband_father",
        "husband_mother",
    ),
}


@dataclass(frozen=True)
class Place:
    """A part of the map as the public reads it, and the branch whose households live in it."""

    name: str
    region_code: str
    path: str


@dataclass(frozen=True)
class Description:
    """What a stranger reads about the family. `ages` are the first and the last year of the band."""

    place: Place
    ages: tuple[int, int] | None
    shown_for: str
    alike: int = 0

    @property
    def age_band(self) -> str:
        if self.ages is None:
            return ""
        first, last = self.ages
        return f"{first}岁以上" if last >= _OLDEST else f"{first}–{last}岁"

    @property
    def columns(self) -> dict[str, Any]:
        """As moderation keeps it in the wish."""
        return {
            "age_band": self.age_band,
            "place": self.place.name,
            "region_code": self.place.region_code,
            "shown_for": self.shown_for,
            "alike": self.alike,
        }


NOWHERE = Place("", "", "")
_OLDEST = 150


# The ladder, and how far one must climb: pure ---------------------------------------------


def ladder(places: list[Place], years: int | None, for_whom: str) -> list[Description]:
    """From the narrowest description to none; each one fits every household of the one before."""
    widest, family = places[-1], str(ForWhom.FAMILY)
    narrow, wide = (None, None) if years is None else (_decade(years), _score(years))
    rungs = [Description(place, narrow, for_whom) for place in places]
    rungs += [Description(widest, wide, for_whom), Description(widest, None, for_whom)]
    rungs += [Description(widest, None, family), Description(NOWHERE, None, family)]
    return list(dict.fromkeys(rungs))


def generalised(
    rungs: list[Description], count: Callable[[Description], int], least: int
) -> list[Description]:
    """The rungs as far as needed, with their counts: the last one fits `least` households or is the end."""
    climbed: list[Description] = []
    for rung in rungs:
        climbed.append(counted(rung, count))
        if climbed[-1].alike >= least:
            break
    return climbed


def least_for(story: str, least: int) -> int:
    """How many families the description has to fit beside these words, for k to hold for both.

    Of five families in a town one sweeps the streets: each thing that the words say of the family makes
    the circle smaller, so it is drawn wider first; beside two such things nothing else is said.
    """
    said = len(commonplaces(story))
    if said == 0:
        return least
    return max(least, MOST_COUNTED) if said == 1 else MORE_THAN_COUNTED


def counted(rung: Description, count: Callable[[Description], int]) -> Description:
    return replace(rung, alike=count(rung))


def _decade(years: int) -> tuple[int, int]:
    if years >= 70:
        return 70, _OLDEST
    return (16, 29) if years < 30 else (years // 10 * 10, years // 10 * 10 + 9)


def _score(years: int) -> tuple[int, int]:
    if years >= 50:
        return 50, _OLDEST
    return (16, 29) if years < 30 else (30, 49)


# What the files say -----------------------------------------------------------------------


def rungs_for(holder: Holder, union: Union, for_whom: str) -> list[Description]:
    """Every way in which this household may be described, the narrowest first."""
    asked = for_whom
    if for_whom == ForWhom.CHILD and has_young_child(holder):
        asked = ForWhom.FAMILY
    return ladder(places_of(union), years_of(holder), str(asked))


def describe(holder: Holder, union: Union, for_whom: str, *, least: int) -> Description:
    """The narrowest description that fits at least so many households on file."""
    return generalised(rungs_for(holder, union, for_whom), Counter().count, least)[-1]


class Counter:
    """How many households on active file fit a description. Of their numbers only a count leaves here."""

    def __init__(self) -> None:
        self._years: dict[Any, int | None] = {}

    def count(self, description: Description) -> int:
        fitting = (case for case in _candidates(description) if self._fits(case, description))
        return sum(1 for _ in islice(fitting, MOST_COUNTED))

    def _fits(self, case: Case, description: Description) -> bool:
        if description.ages is None:
            return True
        if case.holder_id not in self._years:
            self._years[case.holder_id] = years_of(case.holder)
        years = self._years[case.holder_id]
        return years is not None and description.ages[0] <= years <= description.ages[1]


def _candidates(description: Description) -> Iterator[Case]:
    cases = Case.objects.unscoped(why="counts how many households the words fit").filter(
        state=Case.State.ACTIVE
    )
    cases = cases.filter(in_branches([description.place.path], "union_path"))
    if relations := _RELATIONS.get(ForWhom(description.shown_for)):
        kin = Member.objects.unscoped(why="counts how many households the words fit").filter(
            holder=OuterRef("holder"), left_on=None
        )
        cases = cases.filter(Exists(kin.filter(relation__in=relations)))
    return cases.select_related("holder__data_key").iterator(chunk_size=200)


def places_of(union: Union) -> list[Place]:
    """Town, county, city of a union, as far as it has them; at least the nearest of the map."""
    places = [place for one in unions.line(union) if (place := _place(one))]
    return places[::-1] or [NOWHERE]


def _place(union: Union) -> Place | None:
    if union.kind == Union.Kind.TOWN:
        return _town(union)
    if union.kind in (Union.Kind.COUNTY, Union.Kind.CITY):
        return Place(bare_name(union.name), union.region_code, union.path)
    return None


def _town(union: Union) -> Place | None:
    """An industry's union is no place: its name would tell the employer."""
    name = bare_name(union.name)
    if not name.endswith(_TOWNS):
        return None
    county = union.parent and bare_name(union.parent.name)
    shown = name if not county or name.startswith(county) else f"{county}{name}"
    return Place(shown, union.region_code, union.path)


def bare_name(name: str) -> str:
    """青山镇总工会 → 青山镇; 城西街道工会 → 城西街道."""
    for body in _BODIES:
        if name.endswith(body):
            bare = name.removesuffix(body)
            return f"{bare}街道" if body.startswith("街道") else bare
    return name


def years_of(holder: Holder) -> int | None:
    """In whole years, today; None where the file has no number."""
    return _years_by(holder.id_number.reveal())


def has_young_child(holder: Holder) -> bool:
    """A child under fourteen: then a wish for “the child” is shown as the family's."""
    relations = _RELATIONS[ForWhom.CHILD]
    children = Member.objects.of_holder(holder).filter(relation__in=relations, left_on=None)
    return any(_is_young(child) for child in children.select_related("holder__data_key"))


def _is_young(child: Member) -> bool:
    """Unknown counts as young: to show too little harms nobody."""
    if born_on := child.details.reveal().get("born_on"):
        years: int | None = _years_since(date.fromisoformat(born_on))
    else:
        years = _years_by(child.id_number.reveal())
    return years is None or years < CHILD_UNDER


def _years_by(number: str) -> int | None:
    try:
        return _years_since(parse_id_number(number).born_on)
    except DomainError:
        return None


def _years_since(born_on: date) -> int:
    today = timezone.localdate()
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
