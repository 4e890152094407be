"""What a form is made of: steps, fields, and the condition under which each is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.translation import gettext_noop as N_

from mashang.cases.form.lists import YES, YES_NO, Choices

Answers = Mapping[str, Any]
Condition = Callable[[Answers], bool]
MOST_FIELDS = 7  # a step never shows more


class Kind(Enum):
    TEXT = "text"
    LONG = "long"
    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    CARD = "card"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    MONEY = "money"
    COUNT = "count"
    AREA = "area"
    ONE = "one"
    MANY = "many"
    REGION = "region"


class Level(Enum):
    """How sensitive an answer is (docs/security.md): P4 is masked wherever it is not being typed."""

    P3 = "P3"
    P4 = "P4"


@dataclass(frozen=True)
class When:
    """Asked only if another answer has one of these values. Plain data, so that the page can follow it."""

    field: str
    values: tuple[str, ...] = (YES,)

    def __call__(self, answers: Answers) -> bool:
        given = answers.get(self.field)
        if isinstance(given, (list, tuple)):
            return any(value in self.values for value in given)
        return given in self.values


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    kind: Kind = Kind.TEXT
    choices: Choices = field(default_factory=dict)
    hint: str = ""
    required: bool = True
    when: Condition | None = None
    level: Level = Level.P3
    most: int = 40  # characters of a text, ticks of a choice, or the largest number
    unit: str = ""
    autocomplete: str = ""

    def is_asked(self, answers: Answers) -> bool:
        return self.when is None or self.when(answers)


class Page(Enum):
    """Which page shows a step: the plain form, or one of its own."""

    FORM = "form"
    WHERE = "where"
    MEMBERS = "members"
    PAPERS = "papers"
    CONSENTS = "consents"
    SIGN = "sign"
    CHECK = "check"


@dataclass(frozen=True)
class Step:
    key: str
    title: str
    lead: str = ""
    fields: tuple[Field, ...] = ()
    when: Condition | None = None
    page: Page = Page.FORM
    check: Callable[[Answers], dict[str, str]] | None = None

    def is_asked(self, answers: Answers) -> bool:
        return self.when is None or self.when(answers)


def one(name: str, label: str, choices: Choices, **more: Any) -> Field:
    return Field(name, label, Kind.ONE, choices, **more)


def yes_no(name: str, label: str, choices: Choices = YES_NO, **more: Any) -> Field:
    return Field(name, label, Kind.ONE, choices, **more)


def money(name: str, label: str, **more: Any) -> Field:
    return Field(name, label, Kind.MONEY, unit=N_("元"), **more)
