"""Made-up households: the stories of households.json as filled-in application forms.

`households(count)` gives as many as wanted. The stories come round again with other people and other
sums, so a demo of ten thousand still looks like life. Days and ages are counted from today.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from mashang.cases.form import lists
from mashang.cases.form.conditions import is_sudden
from mashang.cases.form.forms import relevant
from mashang.cases.rules import COST_KINDS, INCOME_KINDS
from mashang.demo.made_up import BANKS, Person, make_card_number, make_name, make_person
from mashang.demo.unions import employers

TOLD_ON = date(2026, 11, 23)  # the day on which the stories were written down
PER_HOUSEHOLD = 10  # serial numbers of people that one household may use
PLACES = (
    "城南路23号3栋2单元501室",
    "解放路88号5栋402室",
    "新兴小区2栋1单元301室",
    "民生巷17号",
    "和平里6栋603室",
    "东风路职工宿舍4栋205室",
    "江滨路112号后座2楼",
    "大桥村5队31号",
)
_ETHNICITY = {word: code for code, word in lists.ETHNICITY.items()}
_AGE_AT_ENTRY = {
    "primary": (7, 6, "primary"),
    "junior": (13, 3, "junior"),
    "senior": (16, 3, "senior"),
    "vocational": (16, 3, "vocational"),
    "undergraduate": (19, 4, "bachelor"),
    "postgraduate": (23, 3, "master"),
}  # identity → age on entering, years of the course, education
_OF_THE_HOLDERS_NAME = ("father", "brother", "sister")
_ELDERS = ("father", "mother", "husband_father", "husband_mother", "grandmother")

Story = Mapping[str, Any]


@dataclass(frozen=True)
class DemoHousehold:
    serial: int
    key: str  # of its story
    kind: str  # Application.Kind
    union_code: str
    person: Person
    answers: dict[str, Any]  # as the form keeps them; money in fen


@cache
def stories() -> tuple[Story, ...]:
    book = (Path(__file__).parent / "households.json").read_text(encoding="utf-8")
    return tuple(json.loads(book)["households"])


def households(count: int, *, today: date) -> Iterator[DemoHousehold]:
    """The first `count` made-up households; the same each time on the same day."""
    return (make_household(serial, today=today) for serial in range(count))


def make_household(serial: int, *, today: date, at: str = "") -> DemoHousehold:
    """The household of that number; `at` moves a story that fits anywhere to another union."""
    story = stories()[serial % len(stories())]
    return _Telling(serial, {**story, "union": at or story["union"]}, today).household()


class _Telling:
    """One story, told about the people of one serial number."""

    def __init__(self, serial: int, story: Story, today: date) -> None:
        self.serial = serial
        self.story = story
        self.today = today
        self.dice = Random(f"household {serial}")  # noqa: S311 - made-up lives, not secrets
        self.is_first_telling = serial < len(stories())
        self.person = self._person(0, story, name=story["name"] if self.is_first_telling else "")

    def household(self) -> DemoHousehold:
        kind = self.story.get("form", "file")
        return DemoHousehold(
            serial=self.serial,
            key=self.story["key"],
            kind=kind,
            union_code=self.story["union"],
            person=self.person,
            answers=relevant(kind, self._answers()),
        )

    def _answers(self) -> dict[str, Any]:
        answers: dict[str, Any] = {
            **self._about(),
            **self._work(),
            **_condition(self.story),
            "medical_cover": "worker" if self._has_employer() else "resident",
            "members": [self._member(n, row) for n, row in enumerate(self.story["members"], 1)],
            **self._family(),
            **self._causes(),
            **self._money(),
            **self._home(),
            **self._property(),
            **self._bank(),
        }
        if is_sudden(answers):
            answers |= self._sudden()
        return answers

    # Who they are --------------------------------------------------------------------

    def _person(self, place: int, row: Story, *, name: str = "") -> Person:
        number = self._number(place)
        return make_person(number, row["sex"], self._birthday(number, row["born"]), name=name)

    def _number(self, place: int) -> int:
        return self.serial * PER_HOUSEHOLD + place

    def _birthday(self, number: int, year: int) -> date:
        """A day of that year; who was born this year was born in its first days."""
        dice = Random(f"birthday {number}")  # noqa: S311 - birthdays, not secrets
        day = dice.randrange(10 if year == TOLD_ON.year else 365)
        return date(year + self._years_since(), 1, 1) + timedelta(days=day)

    def _years_since(self) -> int:
        return self.today.year - TOLD_ON.year

    def _about(self) -> dict[str, Any]:
        return {
            "name": self.person.name,
            "id_number": self.person.id_number,
            "born_on": self.person.born_on.isoformat(),
            "sex": self.person.sex,
            "ethnicity": _ETHNICITY[self.story["ethnicity"]],
            "politics": "party" if self.dice.random() < 0.15 else "masses",
            "phone": self.person.phone,
            "marital": self.story.get("marital", "married"),
            "hukou_kind": self._hukou_kind(),
            "hukou_region": self._county(),
            "address_region": self._county(),
            "address": self.dice.choice(PLACES),
        }

    def _county(self) -> str:
        return str(self.story["union"])[:6]

    def _hukou_kind(self) -> str:
        built = self.story["housing"]["kind"] == "self_built"
        return "resident_village" if built else "resident_town"

    def _member(self, place: int, row: Story) -> dict[str, Any]:
        person = self._person(place, row)
        return {
            "key": str(place),
            "name": self._name_of(place, row, person),
            "relation": row["relation"],
            "id_number": person.id_number,
            "born_on": person.born_on.isoformat(),
            "sex": person.sex,
            "ethnicity": _ETHNICITY[self.story["ethnicity"]],
            "identity": row["identity"],
            **_condition(row),
            "medical_cover": "worker" if row["identity"] in lists.WORKING else "resident",
            "monthly_income": row.get("monthly", 0) * 100,
            "place": row.get("place"),
            **self._schooling(row),
            "model_worker": "none",
            "marital": _marital_of(row["relation"]),
            "politics": "league" if row["identity"] in lists.PAYING_STUDENTS else "masses",
            "hukou_kind": self._hukou_kind(),
        }

    def _name_of(self, place: int, row: Story, person: Person) -> str:
        surname = self._surname(row["relation"])
        return make_name(self._number(place), row["sex"], person.born_on, surname=surname)

    def _surname(self, relation: str) -> str:
        """Children bear the father's name; an empty one means: any."""
        own = self.person.name[0]
        if relation in _OF_THE_HOLDERS_NAME:
            return own
        if relation in ("son", "daughter", "grandchild"):
            return own if self.person.sex == "male" else self._husbands_name()
        return ""

    def _husbands_name(self) -> str:
        for place, row in enumerate(self.story["members"], 1):
            if row["relation"] == "spouse":
                return self._name_of(place, row, self._person(place, row))[0]
        return self.person.name[0]

    def _schooling(self, row: Story) -> dict[str, Any]:
        if row["identity"] not in _AGE_AT_ENTRY:
            return {}
        age, years, education = _AGE_AT_ENTRY[row["identity"]]
        entered = min(row["born"] + age, TOLD_ON.year) + self._years_since()
        return {"education": education, "entered_in": str(entered), "school_years": years}

    # Their work ----------------------------------------------------------------------

    def _has_employer(self) -> bool:
        return not self.story.get("no_employer", False)

    def _work(self) -> dict[str, Any]:
        work = {
            "person_kind": self.story.get("kind", "urban"),
            "work_state": self.story["work"],
            "first_worked_on": f"{self.story['born'] + 20}-07",
            "industry": self.story.get("industry"),
            "model_worker": "none",
            "has_employer": lists.YES if self._has_employer() else lists.NO,
        }
        return work | self._employer() if self._has_employer() else work

    def _employer(self) -> dict[str, Any]:
        employer = employers()[self.story["union"]]
        return {
            "employer": employer.name,
            "employer_kind": employer.kind,
            "employer_state": self.story.get("employer_state", "normal"),
            "industry": employer.industry,
        }

    def _family(self) -> dict[str, Any]:
        earners = [self.story["work"], *(row["identity"] for row in self.story["members"])]
        works = any(earner in ("at_work", "migrant", "sick_leave") for earner in earners)
        single = "single_parent" in self.story["causes"]
        return {
            "is_single_parent": _yes(single),
            "can_help_itself": _yes(works),
            "has_no_worker": _yes(not works),
            "costly_school": lists.NO,
        }

    # What happened, and the money ----------------------------------------------------

    def _causes(self) -> dict[str, Any]:
        main, *others = self.story["causes"]
        ordered = [code for code in lists.CAUSE if code in others]
        return {"main_cause": main, "other_causes": ordered, "story": self.story["story"]}

    def _sudden(self) -> dict[str, Any]:
        """Where the story names no sum, half of the bills was paid back."""
        paid = sum(self.story["costs"].get(kind, 0) for kind in ("illness", "disability", "other"))
        sudden = self.story.get("sudden") or {"on": "2025-06-18", "cost": paid * 2, "repaid": paid}
        ago = TOLD_ON - date.fromisoformat(sudden["on"])
        return {
            "sudden_on": (self.today - ago).isoformat(),
            "sudden_cost": self._fen(sudden["cost"]),
            "sudden_repaid": self._fen(sudden["repaid"]),
        }

    def _money(self) -> dict[str, Any]:
        income, costs = self.story["income"], self.story["costs"]
        allowance = self.story.get("allowance", 0)
        fen = {f"income_{kind}": self._fen(income.get(kind, 0)) for kind in INCOME_KINDS}
        return {
            **fen,
            **{f"cost_{kind}": self._fen(costs.get(kind, 0)) for kind in COST_KINDS},
            "own_monthly": fen["income_wage"] // 12 // 100 * 100,
            "income_total": sum(fen.values()),
            "gets_allowance": _yes(allowance > 0),
            "allowance_monthly": allowance * 100,
            "persons": 1 + len(self.story["members"]),
        }

    def _fen(self, yuan: int) -> int:
        """The story's own sum at its first telling, later one near it, in whole tens of yuan."""
        if self.is_first_telling:
            return yuan * 100
        return round(yuan * self.dice.uniform(0.85, 1.15) / 10) * 1000

    def _home(self) -> dict[str, Any]:
        home = self.story["housing"]
        facilities = "shared" if home["kind"] == "unit_rent" else "own"
        return {
            "housing": home["kind"],
            "floor_area": str(home["area"] or 12),
            "rent_monthly": home.get("rent", 0) * 100,
            "kitchen": facilities,
            "toilet": facilities,
        }

    def _property(self) -> dict[str, Any]:
        home = self.story["housing"]
        owned = {"affordable": "commodity"}.get(home["kind"], home["kind"])
        estates = [owned] if owned in lists.ESTATE else []
        return {
            "estates": estates,
            f"{owned}_count": self.story.get("flats", 1),
            f"{owned}_area": str(home["area"]),
            "runs_business": lists.NO,
            **self._vehicle(),
        }

    def _vehicle(self) -> dict[str, Any]:
        use = {"car": "ordinary", "driver": "exempt"}.get(self.story.get("vehicle", ""))
        if use is None:
            return {"vehicle": "none"}
        bought = str(2021 + self._years_since())
        return {"vehicle": "car", "vehicles": 1, "vehicle_year": bought, "vehicle_use": use}

    def _bank(self) -> dict[str, Any]:
        return {
            "bank_owner": self.person.name,
            "bank": self.dice.choice(BANKS),
            "bank_branch": "城中支行",
            "card_number": make_card_number(self.serial),
        }


def _yes(fact: bool) -> str:
    return lists.YES if fact else lists.NO


def _condition(row: Story) -> dict[str, Any]:
    """Health, and the disability's kind and grade where there is one."""
    health = {"health": row.get("health", "good")}
    if "disability" not in row:
        return health
    kind, grade = row["disability"]
    return health | {"disability_kind": kind, "disability_grade": grade}


def _marital_of(relation: str) -> str:
    if relation == "spouse":
        return "married"
    return "widowed" if relation in _ELDERS else "single"
